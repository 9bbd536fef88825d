// SPDX-License-Identifier: Apache-2.0
// How this browser is checked: what it asks, of whom, for how long, and what it never tells.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BrowserCheck, kLinkPatience, kMostServers, type BrowserCheckParts } from '../src/core/browser-check';
import type { PeerConnection } from '../src/core/peer-session';
import { kServerPatience } from '../src/core/server-trial';
import type { IceServer } from '../src/core/signaling-messages';
import { FakePeer, LinkBench, settle } from './fakes';

const stun = { urls: ['stun:stun.example'] };
const turn = {
  urls: ['turn:turn.example', 'turns:turn.example?transport=tcp'], username: '1790000000:viewer', credential: 'c2VjcmV0',
};
const found = (kind: string) => `candidate:1 1 udp 1 203.0.113.5 40000 typ ${kind} generation 0`;

class CheckBench extends LinkBench {
  readonly peers: FakePeer[] = [];
  preparePeer: (peer: FakePeer) => void = () => {};
  readonly check: BrowserCheck;

  constructor(lack?: BrowserCheckParts['lack']) {
    super();
    const connect = (configuration: RTCConfiguration) => {
      const peer = new FakePeer(configuration);
      this.preparePeer(peer);
      this.peers.push(peer);
      return peer as unknown as PeerConnection;
    };
    this.check = new BrowserCheck({ link: this.link, connect, clock: this.clock, lack });
  }

  /** To where it asks the servers. */
  async begin(...iceServers: IceServer[]): Promise<void> {
    this.link.open();
    this.greet({ iceServers });
    this.check.begin();
    await settle();
  }

  peer(url: string): FakePeer {
    const peer = this.peers.find(({ configuration }) => configuration.iceServers?.[0]?.urls === url);
    assert.ok(peer, `${url} is not asked`);
    return peer;
  }

  /** The browser finds something for itself by that URL, or is done. */
  async trickle(url: string, candidate: string | null): Promise<void> {
    this.peer(url).trickle(candidate);
    await settle();
  }

  get told() {
    return this.check.findings.map(({ what, verdict, cause }) => [what, verdict, ...(cause ? [cause] : [])].join(' '));
  }
}

describe('a check-up of this browser', () => {
  test('begins with what needs no server', async () => {
    const bench = new CheckBench();
    await bench.begin();

    assert.deepEqual(bench.told, ['browser ok', 'signaling ok', 'servers ok no-servers']);
    assert.equal(bench.check.state, 'done');
  });

  test('asks each URL by itself, with its credentials, and a relay for a relay alone', async () => {
    const bench = new CheckBench();
    await bench.begin(stun, turn);

    const login = { username: turn.username, credential: turn.credential };
    assert.deepEqual(bench.peers.map(({ configuration }) => configuration), [
      { iceServers: [{ urls: 'stun:stun.example' }], iceTransportPolicy: 'all' },
      { iceServers: [{ urls: 'turn:turn.example', ...login }], iceTransportPolicy: 'relay' },
      { iceServers: [{ urls: 'turns:turn.example?transport=tcp', ...login }], iceTransportPolicy: 'relay' },
    ]);
    assert.deepEqual(bench.peers[0]?.calls, ['createDataChannel check', 'createOffer', 'setLocalDescription']);
  });

  test('tells of each as it comes, then of UDP, and closes every connection', async () => {
    const bench = new CheckBench();
    await bench.begin(stun, turn);
    await bench.trickle('turns:turn.example?transport=tcp', found('relay'));
    await bench.trickle('stun:stun.example', found('host'));
    await bench.trickle('stun:stun.example', found('srflx'));
    bench.peer('turn:turn.example').onicecandidateerror?.({ url: '', errorCode: 401, errorText: 'Unauthorized' });
    await settle();
    assert.equal(bench.check.state, 'running');
    await bench.trickle('turn:turn.example', null);

    assert.deepEqual(bench.told.slice(2), ['turn ok', 'stun ok', 'turn broken relay-credentials', 'udp ok']);
    assert.equal(bench.check.state, 'done');
    for (const { calls } of bench.peers) assert.equal(calls.filter((call) => call === 'close').length, 1);
  });

  test('ends by itself where no server answers', async () => {
    const bench = new CheckBench();
    await bench.begin(stun, turn);
    await bench.clock.advance(kServerPatience);

    assert.deepEqual(bench.told.slice(2), [
      'stun broken unanswered', 'turn broken unanswered', 'turn broken unanswered', 'udp untried udp-unknown',
    ]);
  });

  test('asks three at a time and eight in all, and says that there are more', async () => {
    const bench = new CheckBench();
    await bench.begin({ urls: Array.from({ length: kMostServers + 2 }, (_, number) => `stun:${number}.example`) });
    assert.equal(bench.peers.length, 3);
    await bench.trickle('stun:1.example', found('srflx'));
    assert.equal(bench.peers.length, 4);
    await bench.clock.advance(3 * kServerPatience);

    assert.equal(bench.peers.length, kMostServers);
    assert.deepEqual(bench.told.slice(-3), ['stun untried too-many', 'stun untried too-many', 'udp ok']);
    assert.equal(bench.check.state, 'done');
  });

  test('goes on where the browser does not take a server', async () => {
    const bench = new CheckBench();
    bench.preparePeer = ({ configuration }) => {
      if (configuration.iceTransportPolicy !== 'relay') return;
      throw new DOMException(`not a good one: ${turn.credential}`, 'InvalidAccessError');
    };
    await bench.begin(turn, stun);
    await bench.trickle('stun:stun.example', found('srflx'));

    assert.deepEqual(bench.told.slice(2), ['turn broken unusable', 'turn broken unusable', 'stun ok', 'udp ok']);
    assert.equal(bench.check.findings[2]?.evidence, 'InvalidAccessError');
  });

  test('tells no credentials, whatever the browser repeats of them', async () => {
    const bench = new CheckBench();
    await bench.begin(turn);
    for (const [index, secret] of [turn.username, turn.credential].entries()) {
      const peer = bench.peers[index];
      peer?.onicecandidateerror?.({ url: '', errorCode: 401, errorText: `no such user: ${secret}` });
      peer?.trickle(null);
    }
    await settle();

    const said = JSON.stringify(bench.check.findings);
    assert.ok(!said.includes(turn.username) && !said.includes(turn.credential));
    assert.deepEqual(bench.check.findings.slice(2, 4).map(({ evidence }) => evidence), ['401', '401']);
  });

  test('says that this browser cannot show video, and asks no server where it could not', async () => {
    const without = new CheckBench('no-webrtc');
    await without.begin(stun);
    assert.deepEqual([without.told, without.peers.length], [['browser broken no-webrtc', 'signaling ok'], 0]);
    const withOther = new CheckBench('no-h264');
    await withOther.begin(stun);

    assert.equal(withOther.peers.length, 1);
  });
});

describe('a device that does not answer this browser', () => {
  test('is waited for a while, and asked at once', async () => {
    const bench = new CheckBench();
    bench.link.open();
    for (let failure = 0; failure < 4; failure += 1) {
      bench.channel.lose();
      await bench.clock.advance(0);
    }
    const before = bench.channels.length;
    bench.check.begin();
    assert.equal(bench.channels.length, before + 1);
    bench.greet({ iceServers: [stun] });
    await settle();

    assert.deepEqual([bench.told, bench.peers.length], [['browser ok', 'signaling ok'], 1]);
  });

  test('is all that can be said where it stays so', async () => {
    const bench = new CheckBench();
    bench.link.open();
    bench.check.begin();
    await bench.clock.advance(kLinkPatience);

    assert.deepEqual([bench.told, bench.check.state], [['browser ok', 'signaling broken unreachable'], 'done']);
  });

  test('is another than one that does not let it in', async () => {
    const bench = new CheckBench();
    bench.link.open();
    bench.channel.open();
    bench.channel.deliver({ type: 'error', code: 'clock-unset', message: '' });
    bench.check.begin();
    await bench.clock.advance(kLinkPatience);

    assert.deepEqual(bench.told, ['browser ok', 'signaling broken not-let-in']);
  });
});

describe('a check-up that nobody looks at any more', () => {
  test('closes its connections and says nothing', async () => {
    const bench = new CheckBench();
    await bench.begin(stun, turn);
    const count = bench.check.findings.length;
    bench.check.close();
    for (const peer of bench.peers) peer.trickle(found('srflx'));
    await bench.clock.advance(60_000);

    assert.deepEqual(bench.peers.map(({ calls }) => calls.at(-1)), ['close', 'close', 'close']);
    assert.deepEqual([bench.check.state, bench.check.findings.length, bench.peers.length], ['idle', count, 3]);
  });

  test('lets go of an offer that is being made', async () => {
    const bench = new CheckBench();
    let offer = () => {};
    bench.preparePeer = (peer) => (peer.offerGate = new Promise((resolve) => (offer = resolve)));
    await bench.begin(stun);
    bench.check.close();
    offer();
    await settle();

    assert.deepEqual(bench.peers[0]?.calls, ['createDataChannel check', 'createOffer', 'close']);
  });

  test('stops waiting for the link', async () => {
    const bench = new CheckBench();
    bench.link.open();
    const before = bench.clock.pending;
    bench.check.begin();
    bench.check.close();
    await settle();
    bench.greet({ iceServers: [stun] });
    await settle();

    assert.deepEqual([bench.peers.length, bench.check.findings.length, bench.clock.pending], [0, 1, before]);
  });

  test('is made anew when somebody looks again', async () => {
    const bench = new CheckBench();
    await bench.begin(stun);
    bench.check.close();
    bench.check.begin();
    await settle();
    bench.peers[1]?.trickle(found('srflx'));
    await settle();

    assert.deepEqual(bench.told, ['browser ok', 'signaling ok', 'stun ok', 'udp ok']);
  });
});
