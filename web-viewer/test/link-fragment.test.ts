// SPDX-License-Identifier: Apache-2.0
// Links: what is taken out of them, and what is put in.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isLoopback, linkWithToken, takeToken } from '../src/core/link-fragment';

describe('a fragment', () => {
  test('gives its token away and keeps nothing of it', () => {
    assert.deepEqual(takeToken('#token=ab.c-d_e.f'), { token: 'ab.c-d_e.f', rest: '' });
    assert.deepEqual(takeToken('#view=wide&token=abc'), { token: 'abc', rest: '#view=wide' });
  });

  test('without a token stays as it is', () => {
    assert.deepEqual(takeToken('#top'), { rest: '#top' });
    assert.deepEqual(takeToken(''), { rest: '' });
  });

  test('with an empty token brings none', () => {
    assert.deepEqual(takeToken('#token='), { rest: '' });
  });
});

describe('a link', () => {
  test('leads to the camera where it opens only one', () => {
    assert.equal(linkWithToken('https://porch:8443', 'jwt', ['front door']),
      'https://porch:8443/?camera=front+door#token=jwt');
    assert.equal(linkWithToken('https://porch', 'jwt', ['a', 'b']), 'https://porch/#token=jwt');
    assert.equal(linkWithToken('https://porch', 'jwt', undefined), 'https://porch/#token=jwt');
  });

  test('is of no use to others from an address of this machine alone', () => {
    for (const name of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'fanlight.localhost']) {
      assert.equal(isLoopback(name), true, name);
    }
    for (const name of ['porch.local', '192.168.1.5', '127.example.org']) assert.equal(isLoopback(name), false, name);
  });
});
