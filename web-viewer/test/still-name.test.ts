// SPDX-License-Identifier: Apache-2.0
// File names out of camera names, whatever those are.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stillName } from '../src/core/still-name';

const date = new Date(2026, 10, 2, 9, 5, 7);

describe('the file of a still', () => {
  test('is named for its camera and its time', () => {
    assert.equal(stillName('Front door', date, 'jpg'), 'Front door 2026-11-02 09.05.07.jpg');
    assert.equal(stillName('현관', date, 'jpg'), '현관 2026-11-02 09.05.07.jpg');
  });

  test('has nothing in its name that a file system, or a reader, would take for something else', () => {
    assert.equal(stillName('../../etc/passwd', date, 'jpg'), 'etc passwd 2026-11-02 09.05.07.jpg');
    assert.equal(stillName('a\u202egpj.exe\u0000\n b', date, 'jpg'), 'a gpj.exe b 2026-11-02 09.05.07.jpg');
    assert.equal(stillName('C:\\con|*?"<>', date, 'jpg'), 'C con 2026-11-02 09.05.07.jpg');
  });

  test('has a name where the camera has none that can be written', () => {
    assert.equal(stillName(' ... ', date, 'jpg'), 'Fanlight 2026-11-02 09.05.07.jpg');
  });

  test('is not too long, and no character is cut in two', () => {
    const name = stillName('🦉'.repeat(200), date, 'jpg');
    assert.equal(name, `${'🦉'.repeat(50)} 2026-11-02 09.05.07.jpg`);
    assert.ok(new TextEncoder().encode(name).length <= 255);
  });
});
