// SPDX-License-Identifier: Apache-2.0
// The lines that bring a camera into other programs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { elsewhereLines, type Elsewhere } from '../src/core/elsewhere';
import { languages } from '../src/text/text';

const lines = elsewhereLines('https://cam.example:8443', 'abc.DEF_-9', 'front-door');

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

  test('have words in every language', () => {
    for (const { elsewhere } of Object.values(languages)) {
      assert.deepEqual(Object.keys(elsewhere.uses).sort(), lines.map(({ use }) => use).sort());
    }
  });
});
