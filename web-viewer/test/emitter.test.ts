// SPDX-License-Identifier: Apache-2.0
// Events and their ends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Emitter } from '../src/core/emitter';

describe('an emitter', () => {
  test('tells every listener of the name, until it unsubscribes', () => {
    const emitter = new Emitter<{ one: number; other: number }>();
    const heard: number[] = [];
    const unsubscribe = emitter.on('one', (value) => heard.push(value));
    emitter.on('other', (value) => heard.push(-value));

    emitter.emit('one', 1);
    unsubscribe();
    unsubscribe();
    emitter.emit('one', 2);

    assert.deepEqual(heard, [1]);
  });

  test('does not call a listener that another one has just removed', () => {
    const emitter = new Emitter<{ one: void }>();
    const heard: string[] = [];
    let removeSecond = () => {};
    emitter.on('one', () => removeSecond());
    removeSecond = emitter.on('one', () => heard.push('second'));

    emitter.emit('one', undefined);

    assert.deepEqual(heard, []);
  });

  test('lets one function listen twice and go once', () => {
    const emitter = new Emitter<{ one: void }>();
    let count = 0;
    const listener = () => void (count += 1);
    const unsubscribe = emitter.on('one', listener);
    emitter.on('one', listener);

    unsubscribe();
    emitter.emit('one', undefined);

    assert.equal(count, 1);
  });
});
