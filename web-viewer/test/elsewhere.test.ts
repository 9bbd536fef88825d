// SPDX-License-Identifier: Apache-2.0
// The lines that bring a camera into other programs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { elsewhereLines, type Elsewhere } from '../src/core/elsewhere';
import { languages } from '../src/text/text';

const device = 'https://cam.example:8443';
const lines = elsewhereLines(device, 'abc.DEF_-9', { id: 'front-door', name: 'Tom & "Jo" <front>' });

function line(use: Elsewhere): string {
  return lines.find((each) => each.use === use)?.text ?? '';
}

describe('the lines for elsewhere', () => {
  test('are addresses with the key in their path', () => {
    assert.equal(line('whep'), 'https://cam.example:8443/k/abc.DEF_-9/whep/front-door');
    assert.equal(line('snapshot'), 'https://cam.example:8443/k/abc.DEF_-9/cameras/front-door/snapshot.jpg');
  });

  test('are one command for a shell, whose quotes stand around what a shell would take apart', () => {
    const words = line('gstreamer').split(' ');

    assert.deepEqual(words.slice(0, 3), ['gst-launch-1.0', 'whepsrc', `whep-endpoint=${line('whep')}`]);
    assert.match(line('gstreamer'), /^[^"]*"[^" ]*"[^"]*$/);
    assert.ok(!line('gstreamer').includes('\n'));
  });

  test('open the page for programs and frames with the key behind the number sign, where no server sees it', () => {
    assert.equal(line('obs'), `${device}/?camera=front-door&embed#key=abc.DEF_-9`);
  });

  test('are HTML in which a name stays a name', () => {
    const name = 'Tom &amp; &quot;Jo&quot; &lt;front&gt;';

    assert.equal(line('element'), `<script type="module" src="${device}/fanlight-camera.js"></script>\n`
      + `<fanlight-camera src="${device}" camera="front-door" key="abc.DEF_-9" name="${name}"></fanlight-camera>`);
    assert.equal(line('frame'), `<iframe src="${device}/?camera=front-door&amp;embed#key=abc.DEF_-9" title="${name}" `
      + 'width="640" height="360" allow="fullscreen"></iframe>');
  });

  test('have words in every language', () => {
    for (const { elsewhere } of Object.values(languages)) {
      assert.deepEqual(Object.keys(elsewhere.uses).sort(), lines.map(({ use }) => use).sort());
    }
  });
});
