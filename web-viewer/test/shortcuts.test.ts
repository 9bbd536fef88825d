// SPDX-License-Identifier: Apache-2.0
// Keys and what they ask for.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toShortcut } from '../src/page/shortcuts';

function press(key: string, code: string, more: Partial<KeyboardEvent> = {}) {
  const modifiers = { ctrlKey: false, metaKey: false, altKey: false };
  const alone = { ...modifiers, composedPath: () => [], isComposing: false, repeat: false };
  return toShortcut({ key, code, ...alone, ...more } as KeyboardEvent);
}

describe('a key', () => {
  test('asks for what its letter stands for', () => {
    assert.equal(press('f', 'KeyF'), 'fullScreen');
    assert.equal(press('M', 'KeyM'), 'sound');
    assert.equal(press('s', 'KeyS'), 'details');
    assert.equal(press('p', 'KeyP'), 'pictureInPicture');
    assert.equal(press('c', 'KeyC'), 'still');
    assert.equal(press('t', 'KeyT'), 'talk');
    assert.equal(press('Escape', 'Escape'), 'escape');
  });

  test('looks closer at the picture, and along it, also when it is held', () => {
    assert.equal(press('+', 'BracketRight'), 'zoomIn');
    assert.equal(press('=', 'Equal'), 'zoomIn');
    assert.equal(press('-', 'NumpadSubtract', { repeat: true }), 'zoomOut');
    assert.equal(press('0', 'Digit0'), 'zoomReset');
    assert.equal(press('ArrowLeft', 'ArrowLeft', { repeat: true }), 'left');
    assert.equal(press('+', 'Equal', { ctrlKey: true }), undefined);
    assert.equal(press('Escape', 'Escape', { repeat: true }), undefined);
  });

  test('counts by its letter, wherever a layout puts that', () => {
    assert.equal(press('s', 'Semicolon'), 'details');
    assert.equal(press('o', 'KeyS'), undefined);
  });

  test('counts by its place where it writes another script', () => {
    assert.equal(press('ㄴ', 'KeyS'), 'details');
    assert.equal(press('Process', 'KeyF'), 'fullScreen');
  });

  test('is text in a field, where only Escape means what it says', () => {
    const field = { composedPath: () => [{ tagName: 'INPUT', type: 'text' } as unknown as EventTarget] };
    assert.equal(press('f', 'KeyF', field), undefined);
    assert.equal(press('0', 'Digit0', field), undefined);
    assert.equal(press('Escape', 'Escape', field), 'escape');
    assert.equal(press('Escape', 'Escape', { ...field, isComposing: true }), undefined);
  });

  test('is left to the browser together with Ctrl, Alt or Command, and when it is held', () => {
    assert.equal(press('s', 'KeyS', { ctrlKey: true }), undefined);
    assert.equal(press('f', 'KeyF', { metaKey: true }), undefined);
    assert.equal(press('f', 'KeyF', { altKey: true }), undefined);
    assert.equal(press('f', 'KeyF', { repeat: true }), undefined);
    assert.equal(press('t', 'KeyT', { repeat: true }), undefined);
  });

  test('is nothing where it stands for nothing', () => {
    assert.equal(press('x', 'KeyX'), undefined);
    assert.equal(press('constructor', ''), undefined);
  });
});
