// SPDX-License-Identifier: Apache-2.0
// Access that ends while somebody watches by it: the picture stops, they are told why, and nobody else notices.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { Admin } from '../support/admin.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { withLimit } from '../support/events.mjs';
import { Fleet, now } from '../support/fleet.mjs';
import { keyMustNotBeSeen, tokenMustNotBeSeen } from '../support/secrets.mjs';
import { createKey, fetchWith, runToken, tokenOf } from '../support/sign_in.mjs';
import { ask } from './http_raw.mjs';

const suite = 'component';
const camera = 'front-door';
const ways = /** @type {const} */ (['websocket', 'requests', 'whep', 'key']);
/** @typedef {typeof ways[number]} Way */
/** A session of WHEP, whatever opened it. @param {Way} way */
const isWhep = (way) => way === 'whep' || way === 'key';

/** What the device promises: so long after access has ended nothing of it goes on. */
const endLimitMs = 5000;
/** Of a token that runs out under a viewer, who must have a picture before. */
const shortLifeSeconds = 5;
/** About half a second of pictures. */
const enoughPackets = 50;
/** UDP may lose one under load even here. */
const fewPackets = 3;

const fleet = new Fleet();
/** Milliseconds since 1970, as the viewers' process counts. */
const clock = () => performance.timeOrigin + performance.now();
const seconds = (/** @type {number} */ from, /** @type {number} */ to) => `${((to - from) / 1000).toFixed(2)} s`;

/** @typedef {import('../load/viewer_host.mjs').RemoteViewer} RemoteViewer */
/** @typedef {import('../support/daemon.mjs').Daemon} Daemon */

/** @param {string} name */
function start(name) {
  return startDaemon({ suite, name, config: testConfig({ access: { fleet_keys: [fleet.publicKey] } }) });
}

/** A daemon, and those who watch its camera. */
class Audience {
  /** @param {Daemon} daemon @param {ViewerHost} host */
  constructor(daemon, host) {
    this.daemon = daemon;
    this.host = host;
  }

  /** Somebody who sees the picture. @param {string} token @param {Way} signaling */
  async join(token, signaling) {
    const byKey = { url: this.daemon.url, camera, key: token, signaling: /** @type {const} */ ('whep') };
    const viewer = this.host.open(signaling === 'key' ? byKey : { url: this.daemon.linkTo('/', token), camera, signaling });
    await viewer.waitFor('packet');
    const { session } = (await viewer.waitFor('answered')).detail;
    return { viewer, session, signaling };
  }

  /** @param {RemoteViewer} viewer */
  async packetsOf(viewer) {
    return /** @type {import('../load/viewer_host.mjs').Packets} */ ((await this.host.figures()).get(viewer.id));
  }

  /** Until so many more have come; each answer is what the next question waits for. @param {RemoteViewer} viewer */
  async seesMore(viewer) {
    const wanted = (await this.packetsOf(viewer)).received + enoughPackets;
    const seen = async () => {
      while ((await this.packetsOf(viewer)).received < wanted);
    };
    await withLimit(seen(), endLimitMs, `${enoughPackets} further packets of viewer ${viewer.id}`);
  }

  /** The session's own address, as WHEP has it. @param {string} session @param {string} [method] */
  askForSession(session, method = 'OPTIONS') {
    return ask(this.daemon.url, method, `/whep/${camera}/${session}`);
  }
}

/** @typedef {Awaited<ReturnType<Audience['join']>>} Watching */

/** When its end is in the log. @param {Audience} audience @param {Watching} watching @param {string} reason */
async function hasEnded({ daemon }, { session }, reason, timeout = endLimitMs) {
  // The log says no more of it: who knows all of one of WHEP can end it.
  await daemon.waitForLog(new RegExp(`session: '${session.slice(0, 8)}' of camera '${camera}' ended: ${reason}$`), { timeout });
  return clock();
}

/**
 * They are told why it ended, as their way of signaling has it, and nothing is left of it.
 * @param {Audience} audience @param {Watching} watching @param {string} reason
 */
async function isTold(audience, { viewer, session, signaling }, reason) {
  const endedAt = await hasEnded(audience, { viewer, session, signaling }, reason);
  if (isWhep(signaling)) {
    for (const method of ['OPTIONS', 'PATCH', 'DELETE']) assert.equal((await audience.askForSession(session, method)).status, 404, method);
    return endedAt;
  }
  const left = await viewer.waitFor('socket-closed', { timeout: endLimitMs });
  const told = viewer.told.filter(({ event }) => ['bye', 'error', 'socket-closed'].includes(event));
  assert.deepEqual(told.map(({ event, detail }) => [event, detail?.reason ?? detail?.code]),
    [['bye', reason], ['error', reason], ['socket-closed', undefined]]);
  assert.match(told[1].detail.message, /: ask the owner for a new link$/);
  return left.at;
}

/**
 * No packet comes any more, while another viewer gets theirs.
 * @param {Audience} audience @param {Watching} watching @param {RemoteViewer} other
 */
async function seesNothingMore(audience, { viewer }, other) {
  // What was on its way comes first.
  await audience.seesMore(other);
  const before = await audience.packetsOf(viewer);
  await audience.seesMore(other);
  const { received, lastAt } = await audience.packetsOf(viewer);
  assert.equal(received, before.received);
  return lastAt;
}

describe('access that ends while somebody watches', () => {
  /** @type {Audience} */
  let audience;
  /** @type {Admin} */
  let admin;
  /** Watches all the time, by a token of its own. @type {RemoteViewer} */
  let bystander;
  let shares = 0;

  before(async () => {
    audience = new Audience(await start('revocation-daemon'), await ViewerHost.start());
    admin = await Admin.open(audience.daemon.link);
    bystander = (await audience.join((await share()).token, 'websocket')).viewer;
  });
  after(async () => {
    admin?.close();
    await audience?.host.stop();
    await audience?.daemon.stop();
  });

  /** @param {Way} [way] @param {number} [lifetime] in seconds @returns {Promise<{ id: string, token: string, expires?: number }>} */
  async function share(way, lifetime) {
    const asked = { name: `guest ${++shares}`, rights: ['view'], ...(lifetime && { seconds: lifetime }) };
    if (way !== 'key') {
      const shared = await admin.command('share', asked);
      tokenMustNotBeSeen(shared.token);
      return shared;
    }
    const shared = await admin.command('share', { ...asked, cameras: [camera], form: 'key' });
    keyMustNotBeSeen(shared.token);
    return shared;
  }

  /** What somebody is told who posts an offer by a key. @param {string} key */
  async function wordsForKey(key) {
    const { status, body } = await ask(audience.daemon.url, 'POST', `/k/${key}/whep/${camera}`, { 'content-type': 'application/sdp' }, 'v=0');
    assert.equal(status, 401);
    return body;
  }

  /** The code that somebody is refused with who tries to come back. @param {string} token */
  async function refusalOf(token) {
    const viewer = audience.host.open({ url: audience.daemon.linkTo('/', token), camera });
    const { detail } = await viewer.waitFor('error');
    await viewer.waitFor('socket-closed');
    const login = await fetchWith(audience.daemon.url, '/api/v1/login', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }),
    });
    assert.deepEqual([login.status, (await login.json()).code, login.headers.has('set-cookie')], [401, detail.code, false]);
    return detail.code;
  }

  /** @type {Record<string, (id: string) => unknown>} */
  const revocations = {
    "'fanlight token revoke'": (id) => runToken(audience.daemon.stateDir, ['revoke', id]),
    "an admin's revoke": (id) => admin.command('revoke', { token: id }),
  };

  for (const way of ways) {
    for (const [by, revoke] of Object.entries(revocations)) {
      test(`${by} ends what is watched over ${way}, for good`, async (t) => {
        const { id, token } = await share(way);
        const watching = await audience.join(token, way);
        assert.equal((await audience.askForSession(watching.session)).status, isWhep(way) ? 200 : 404);

        const revokedAt = clock();
        await revoke(id);

        const toldAt = await isTold(audience, watching, 'revoked');
        const lastAt = await seesNothingMore(audience, watching, bystander);
        t.diagnostic(`from the revocation to the last packet ${seconds(revokedAt, lastAt)}, to the end ${seconds(revokedAt, toldAt)}`);
        if (way === 'key') assert.match(await wordsForKey(token), /^this access was ended:/);
        else assert.equal(await refusalOf(token), 'revoked');
      });
    }

    test(`a token that runs out ends what is watched over ${way}`, async (t) => {
      const shared = way === 'key' ? await share(way, shortLifeSeconds) : undefined;
      const exp = shared?.expires ?? now() + shortLifeSeconds;
      const token = shared?.token ?? fleet.token({ rights: ['view'], exp });
      const watching = await audience.join(token, way);
      const untilMs = exp * 1000 - clock();
      assert.ok(untilMs > 0, 'the picture came too late for this test');

      await hasEnded(audience, watching, 'expired', untilMs + endLimitMs);

      const toldAt = await isTold(audience, watching, 'expired');
      const lastAt = await seesNothingMore(audience, watching, bystander);
      t.diagnostic(`from its end to the last packet ${seconds(exp * 1000, lastAt)}, to the end ${seconds(exp * 1000, toldAt)}`);
      assert.ok(toldAt >= exp * 1000, 'it ended too early');
      if (way === 'key') assert.match(await wordsForKey(token), /^this access (has run out|was ended):/);
      else assert.equal(await refusalOf(token), 'expired');
    });

    test(`an admin ends what is watched over ${way}, and its viewer may come back`, async (t) => {
      const { id, token } = await share(way);
      const watching = await audience.join(token, way);
      const { viewer, session } = watching;
      const { viewers } = await admin.command('viewers');
      const listed = viewers.find((/** @type {any} */ one) => one.session === session);
      assert.deepEqual({ ...listed, seconds: 0 },
        { session, camera, token: id, name: `guest ${shares}`, source: '127.0.0.1', state: 'live', seconds: 0 });

      const endedAt = clock();
      await admin.command('end', { session });

      const toldAt = await hasEnded(audience, watching, 'ended');
      if (!isWhep(way)) assert.equal((await viewer.waitFor('bye')).detail.reason, 'ended');
      assert.equal((await audience.askForSession(session)).status, 404);
      const lastAt = await seesNothingMore(audience, watching, bystander);
      t.diagnostic(`from the command to the last packet ${seconds(endedAt, lastAt)}, to the end ${seconds(endedAt, toldAt)}`);
      await audience.join(token, way);
      assert.deepEqual([viewer.find('error'), viewer.find('socket-closed')], [undefined, undefined]);
    });
  }

  test('the viewer of another token has lost nothing by all that', async (t) => {
    const { received, expected } = await audience.packetsOf(bystander);
    t.diagnostic(`${received} of ${expected} packets`);
    assert.ok(expected - received <= fewPackets, `${expected - received} of ${expected} packets are missing`);
    assert.equal(bystander.find('bye'), undefined);
  });
});

describe("'fanlight token reset'", () => {
  /** @type {Audience} */
  let audience;

  before(async () => {
    audience = new Audience(await start('reset-daemon'), await ViewerHost.start());
  });
  after(async () => {
    await audience?.host.stop();
    await audience?.daemon.stop();
  });

  test('ends what everybody watches, the owner too, and the device can be paired anew', async (t) => {
    const { daemon } = audience;
    const owner = tokenOf(daemon.link);
    const fleets = fleet.token({ rights: ['view'] });
    const all = [];
    const key = createKey(daemon.stateDir, ['--name', 'recorder', '--camera', camera]);
    for (const token of [owner, fleets])
      for (const way of ways) if (way !== 'key') all.push(await audience.join(token, way));
    all.push(await audience.join(key, 'key'));

    const resetAt = clock();
    runToken(daemon.stateDir, ['reset']);

    const ends = await Promise.all(all.map((watching) => isTold(audience, watching, 'revoked')));
    const figures = await audience.host.figures();
    const lasts = all.map(({ viewer }) => /** @type {any} */ (figures.get(viewer.id)).lastAt);
    t.diagnostic(`from the reset to the last packet ${seconds(resetAt, Math.max(...lasts))}, to the end ${seconds(resetAt, Math.max(...ends))}`);

    const { match } = await daemon.waitForLog(/ type the pairing code (\S+) within /);
    for (const token of [owner, fleets]) assert.equal((await fetchWith(daemon.linkTo('/', token), '/api/v1/cameras')).status, 401);
    const paired = await fetch(`${daemon.url}/api/v1/pair`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: match[1] }),
    });
    assert.equal(paired.status, 200);
    const token = /^fanlight-test=([^;]+);/.exec(paired.headers.get('set-cookie') ?? '')?.[1] ?? '';
    const { viewer } = await audience.join(token, 'websocket');
    await audience.seesMore(viewer);
    for (const watching of all) assert.deepEqual((await audience.packetsOf(watching.viewer)).received, figures.get(watching.viewer.id)?.received);
  });
});
