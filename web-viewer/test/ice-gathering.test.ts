// SPDX-License-Identifier: Apache-2.0
// What a search for ways that was in vain says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { IceGathering } from '../src/core/ice-gathering';

const stun = { urls: ['stun:stun.example'] };
const turn = { urls: ['turn:turn.example', 'turns:turn.example?transport=tcp'], username: 'u', credential: 'c' };
const byTcp = { urls: ['turn:turn.example:443?transport=tcp'], username: 'u', credential: 'c' };
const candidate = (kind: string) => ({ candidate: `candidate:1 1 udp 1 192.0.2.1 4444 typ ${kind} generation 0` });
const refusal = { url: 'turn:turn.example', errorCode: 401 };
const silence = { url: 'stun:stun.example', errorCode: 701 };

describe('a connection that finds no way', () => {
  test('is just that where both ends have what servers can give', () => {
    const gathering = new IceGathering([stun]);
    gathering.take(candidate('host'));
    gathering.take(candidate('srflx'));

    assert.equal(gathering.problem, 'no-path');
  });

  test('is the relay’s doing where that refuses, and no other relays', () => {
    const gathering = new IceGathering([stun, turn]);
    gathering.take(candidate('srflx'));
    gathering.takeError(refusal);
    assert.equal(gathering.problem, 'turn-refused');
    gathering.take(candidate('relay'));

    assert.equal(gathering.problem, 'no-path');
  });

  test('is UDP’s where no server answers by it', () => {
    const asking = new IceGathering([stun]);
    asking.take(candidate('host'));
    asking.takeRemote(candidate('srflx'));
    assert.equal(asking.problem, 'udp-blocked');
    asking.takeError(silence);
    asking.take(null);

    assert.equal(asking.problem, 'udp-blocked');
  });

  test('is not UDP’s where the device is not told of itself by a server either: it may be the servers', () => {
    const gathering = new IceGathering([stun]);
    gathering.takeRemote(candidate('host'));
    gathering.takeError(silence);

    assert.equal(gathering.problem, 'no-path');
  });

  test('is not UDP’s where another transport is silent', () => {
    const gathering = new IceGathering([stun, byTcp]);
    gathering.takeRemote(candidate('srflx'));
    gathering.takeError({ url: 'turn:turn.example:443?transport=tcp', errorCode: 701 });
    gathering.take(null);

    assert.equal(gathering.problem, 'no-path');
  });

  test('is not UDP’s where the browser is done with asking, or asks nobody by it', () => {
    const atHome = new IceGathering([stun]);
    atHome.take(candidate('host'));
    atHome.takeRemote(candidate('srflx'));
    atHome.take({ candidate: '' });
    assert.equal(atHome.problem, 'no-path');
    for (const servers of [[], [byTcp]]) assert.equal(new IceGathering(servers).problem, 'no-path');
  });

  test('is not the relay’s where a STUN server complains', () => {
    const gathering = new IceGathering([stun]);
    gathering.takeError({ ...silence, errorCode: 400 });
    gathering.take(null);

    assert.equal(gathering.problem, 'no-path');
  });
});
