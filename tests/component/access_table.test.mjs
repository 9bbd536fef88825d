// SPDX-License-Identifier: Apache-2.0
// Every way in × every kind of bad token: all of it is refused. The table is written to the log folder. Commands are tried
// over each thing that carries them.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { commandMessages, nothingThere } from '../support/commands.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { base64, Fleet, now } from '../support/fleet.mjs';
import { logDirectory, repository } from '../support/paths.mjs';
import { createKey, createToken, runToken, tokenOf } from '../support/sign_in.mjs';
import { exchange, parseResponse, RawConnection, RawWebSocket, requestBytes } from './http_raw.mjs';

/** @type {{ routes: { method: string, path: string, needs: string }[], messages: string[], commands: { name: string }[] }} */
const surface = JSON.parse(readFileSync(path.join(repository, 'tests/fixtures/access/surface.json'), 'utf8'));
const offer = JSON.parse(readFileSync(path.join(repository, 'tests/fixtures/offers/chromium-page.json'), 'utf8')).sdp;
const [camera, otherCamera] = ['front-door', 'garden'];
const hour = 3600;

/** @type {string[]} */
const allRights = JSON.parse(readFileSync(path.join(repository, 'tests/fixtures/access/rights.json'), 'utf8')).rights.map(
  (/** @type {{ name: string }} */ { name }) => name,
);

const fleet = new Fleet();

/** @param {object} header @param {object} claims @param {string} key */
function hmacToken(header, claims, key) {
  const text = `${base64(header)}.${base64(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

describe('access', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** Kinds of token that open nothing at all. @type {Map<string, string | undefined>} */
  const bad = new Map();
  /** Tokens that are good for something else. @type {Map<string, string>} */
  const limited = new Map();
  /** @type {ViewerHost} */
  let host;
  let good = '';
  /** A key of `camera`. */
  let key = '';
  /** Of the other camera. */
  let limitedKey = '';
  /** Texts that are no key, or none any more. @type {Map<string, string>} */
  let badKeys;
  /** Every right, as `good` has. */
  let another = '';
  /** A session and a channel of the owner's, which nobody else knows. */
  let session = '';
  let channel = '';
  /** @type {string[][]} */
  const rows = [];
  let sources = 1;

  before(async () => {
    const cameras = [camera, otherCamera].map((id) => ({ id, source: 'test', width: 320, height: 180, framerate: 15 }));
    const publicKey = fleet.publicKey;
    daemon = await startDaemon({
      suite: 'component',
      name: 'access-table-daemon',
      config: testConfig({ camera: cameras, access: { fleet_keys: [publicKey] } }),
    });
    good = tokenOf(daemon.link);
    const claims = JSON.parse(Buffer.from(good.split('.')[1], 'base64url').toString());
    const revoked = createToken(daemon.stateDir, ['--name', 'revoked', '--for', '1h']);
    runToken(daemon.stateDir, ['revoke', 'revoked']);
    bad.set('no token', undefined);
    bad.set('empty', '');
    bad.set('prefix', good.slice(0, -1));
    bad.set('suffix', good.slice(1));
    bad.set('one more', `${good}A`);
    bad.set('alg none', `${base64({ alg: 'none' })}.${base64(claims)}.`);
    bad.set('alg none, signed', `${base64({ alg: 'none' })}.${base64(claims)}.${good.split('.')[2]}`);
    bad.set('other key', hmacToken({ alg: 'HS256', typ: 'JWT' }, claims, 'another key'));
    bad.set('public key as key', hmacToken({ alg: 'HS256', typ: 'JWT' }, claims, publicKey));
    bad.set('other device', fleet.token({ aud: 'garage' }));
    bad.set('expired', fleet.token({ iat: now() - hour, exp: now() - 1 }));
    bad.set('not yet', fleet.token({ nbf: now() + hour / 2 }));
    bad.set('revoked', revoked);
    key = createKey(daemon.stateDir, ['--name', 'recorder', '--camera', camera]);
    const otherKey = createKey(daemon.stateDir, ['--name', 'other recorder', '--camera', otherCamera]);
    const revokedKey = createKey(daemon.stateDir, ['--name', 'revoked recorder', '--camera', camera]);
    runToken(daemon.stateDir, ['revoke', 'revoked recorder']);
    bad.set('a key', key);
    const id = key.slice(0, -32);
    badKeys = new Map([
      ...[...bad].filter(([kind]) => kind !== 'a key'),
      ...[['good token', good], ['prefix of a key', key.slice(0, -1)], ['suffix of a key', key.slice(1)], ['key and more', `${key}A`]],
      ['another secret', `${id}${otherKey.slice(-32)}`],
      ['another id', `${otherKey.slice(0, -32)}${key.slice(-32)}`],
      ['a token’s id', `${claims.jti}${key.slice(-32)}`],
      ['its id alone', id],
      ['revoked key', revokedKey],
    ].map(([kind, text]) => [kind, text || '-']));
    limitedKey = otherKey;
    limited.set('other camera', createToken(daemon.stateDir, ['--name', 'a', '--camera', otherCamera, '--rights', 'view,talk']));
    limited.set('no right', createToken(daemon.stateDir, ['--name', 'b', '--rights', 'record']));
    another = createToken(daemon.stateDir, ['--owner', '--name', 'another']);
    host = await ViewerHost.start();
    const opened = await ask('POST', `/whep/${camera}`, good);
    session = /** @type {string} */ (opened.headers.get('location')?.split('/').pop());
    assert.match(session, /^[0-9a-f]{32}$/);
    channel = (await openChannel(good)).location;
    assert.match(channel, /^[0-9a-f]{32}$/);
  });

  after(async () => {
    const kinds = ['', ...bad.keys(), ...limited.keys(), 'good token'];
    const lines = [kinds, kinds.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
    writeFileSync(path.join(logDirectory('component'), 'access-table.md'), `${lines.join('\n')}\n`);
    await host?.stop();
    await daemon?.stop();
  });

  /** Wrong tokens count against their source, so that each try has one of its own. */
  const nextSource = () => `127.0.${1 + (++sources >> 8)}.${sources & 0xff}`;

  /** @param {string} method @param {string} where @param {string | undefined} token @param {string} [lines] of signaling */
  function ask(method, where, token, lines) {
    const postType = lines === undefined ? 'application/sdp' : 'application/x-ndjson';
    const headers = {
      host: new URL(daemon.url).host,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'content-type': postType }),
      ...(method === 'PATCH' && { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '*' }),
    };
    const body = method === 'POST' ? (lines ?? offer) : '';
    return exchange(daemon.url, requestBytes(daemon.url, method, where, headers, body), { from: nextSource() });
  }

  /** So that there is room for the next. @param {string | undefined} location of a session of WHEP */
  async function end(location) {
    if (location) assert.equal((await ask('DELETE', location, undefined)).status, 200);
  }

  /** @param {string} pattern */
  const fill = (pattern) => pattern.replace('{key}', key).replace('{camera}', camera).replace('{session}', session).replace('{channel}', channel);

  for (const { method, path: pattern, needs } of surface.routes) {
    if (needs !== 'view' && needs !== 'metrics') continue;
    test(`${method} ${pattern} is for good tokens only`, async () => {
      // That somebody may look at one camera is enough for what is of none.
      const isOfACamera = pattern.includes('{camera}');
      const row = [`${method} ${pattern}`];
      for (const [kind, token] of [...bad, ...limited]) {
        const { status, headers, body } = await ask(method, fill(pattern), token);
        row.push(String(status));
        if (kind === 'other camera' && needs === 'view' && !isOfACamera) continue;
        assert.equal(status, limited.has(kind) ? 403 : 401, `${kind}: ${body}`);
        assert.ok(body.length < 1024);
        assert.equal(headers.has('set-cookie'), false);
      }
      const { status } = await ask(method, fill(pattern), good);
      row.push(String(status));
      rows.push(row);
      assert.ok(status === 200 || status === 201, `a good token got ${status}`);
    });
  }

  for (const { method, path: pattern, needs } of surface.routes) {
    if (needs !== 'key') continue;
    const withKey = (/** @type {string} */ text) => fill(pattern.replace('{key}', encodeURIComponent(text)));

    test(`${method} ${pattern} is for a good key of that camera only, whatever else comes with it`, async () => {
      const row = [`${method} ${pattern}`];
      const refused = async (/** @type {string} */ text, /** @type {string | undefined} */ token, /** @type {number} */ status) => {
        const answer = await ask(method, withKey(text), token);
        assert.equal(answer.status, status, answer.body);
        assert.ok(answer.body.length < 1024);
        assert.equal(answer.headers.has('set-cookie'), false);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
        return String(answer.status);
      };
      for (const [kind, text] of badKeys) {
        const status = await refused(text, undefined, 401);
        // What would open it without a key opens nothing here.
        await refused(text, good, 401);
        if (bad.has(kind)) row.push(status);
      }
      await refused(limitedKey, undefined, 403);
      await refused(limitedKey, good, 403);
      for (const token of [undefined, ...bad.values(), ...limited.values(), good]) {
        const { status, headers } = await ask(method, withKey(key), token);
        assert.ok(status === 200 || status === 201, String(status));
        assert.equal(headers.has('set-cookie'), false);
        assert.equal(headers.get('cache-control'), 'no-store');
        assert.ok(!(headers.get('location') ?? '').includes(key));
        await end(headers.get('location'));
      }
      rows.push([...row, '-', ...[...limited].map(() => '-'), '401']);
    });
  }

  test('a scraper’s token opens the figures and nothing else, and no other right opens them', async () => {
    const scraper = createToken(daemon.stateDir, ['--name', 'scraper', '--rights', 'metrics', '--for', 'ever']);
    const others = allRights.filter((right) => right !== 'metrics').join(',');
    const everythingElse = createToken(daemon.stateDir, ['--name', 'no scraper', '--rights', others]);
    assert.equal((await ask('GET', '/metrics', everythingElse)).status, 403);
    assert.equal((await ask('GET', '/metrics', scraper)).status, 200);
    for (const { method, path: pattern, needs } of surface.routes) {
      if (needs === 'view') assert.equal((await ask(method, fill(pattern), scraper)).status, 403, `${method} ${pattern}`);
    }
    const { socket } = await greet(scraper);
    for (const message of commandMessages()) {
      socket.say(message);
      const { error } = await socket.waitForMessage(({ type, id }) => type === 'result' && id === message.id);
      assert.equal(error.code, 'forbidden', message.name);
    }
    socket.connection.drop();
  });

  test('a key that is guessed is slowed down like a token', async () => {
    const from = nextSource();
    const guess = (/** @type {string} */ text) =>
      exchange(daemon.url, requestBytes(daemon.url, 'GET', `/k/${text}/whep/${camera}`, { host: new URL(daemon.url).host }), { from });
    const statuses = [];
    for (let tries = 0; tries < 11; ++tries) statuses.push((await guess(`guess-${tries}`)).status);
    assert.deepEqual(statuses, [...Array(10).fill(401), 429]);
    assert.equal((await guess(key)).status, 200, 'who has one is not kept out');
  });

  test('a key opens nothing but what is below /k/', async () => {
    for (const { method, path: pattern, needs } of surface.routes) {
      if (needs === 'key' || needs === 'capability' || pattern === '/{file}') continue;
      const { status, headers } = await ask(method, `/k/${key}${fill(pattern)}`, undefined);
      // /whep/{camera} is the very route.
      const isWhep = pattern === '/whep/{camera}';
      assert.ok(isWhep ? status < 300 : [404, 405].includes(status), `${method} ${pattern}: ${status}`);
      await end(headers.get('location'));
    }
    assert.equal((await ask('GET', `/k/${key}/whep/${otherCamera}`, undefined)).status, 403);
    assert.equal((await ask('GET', `/k/${key}/whep/cellar`, undefined)).status, 403);
    for (const path_ of [`/api/v1/cameras?key=${key}`, `/whep/${camera}?key=${key}`, `/whep/${key}`, `/k/-/whep/${camera}`])
      assert.equal((await ask('GET', path_, undefined)).status, 401, path_.slice(0, 12));
  });

  test('the session of a key carries no command, and no other signaling', async () => {
    const viewer = host.open({ url: daemon.url, camera, key, signaling: 'whep', media: 'all', says: commandMessages() });
    await viewer.waitFor('packet');
    await viewer.waitFor('control-closed');
    assert.equal(viewer.find('control'), undefined);
    viewer.bye();
    viewer.forget();
  });

  test('GET /api/v1/cameras lists only the cameras that a token is for', async () => {
    const { body } = await ask('GET', '/api/v1/cameras', limited.get('other camera'));
    assert.deepEqual(JSON.parse(body).cameras.map((/** @type {any} */ { id }) => id), [otherCamera]);
  });

  for (const { method, path: pattern, needs } of surface.routes) {
    if (needs !== 'opener') continue;
    test(`${method} ${pattern} is for the token that opened it, whoever knows the address`, async () => {
      const row = [`${method} ${pattern}`];
      for (const [kind, token] of [...bad, ...limited, ['another admin', another]]) {
        const { status } = await ask(method, fill(pattern), token, '{}\n');
        if (kind !== 'another admin') row.push(String(status));
        assert.equal(status, 404, kind);
      }
      const { status } = await ask(method, fill(pattern), good, '{}\n');
      rows.push([...row, String(status)]);
      assert.equal(status, 204);
    });
  }

  for (const { method, path: pattern, needs } of surface.routes) {
    if (needs !== 'capability' && needs !== 'opener') continue;
    test(`${method} ${pattern} is nothing at another address, whatever the token`, async () => {
      const row = [`${method} ${pattern}, another address`];
      for (const [, token] of [...bad, ...limited, ['good token', good]]) {
        const guessed = fill(pattern).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
        const { status } = await ask(method, guessed, token);
        row.push(String(status));
        assert.equal(status, 404);
      }
      rows.push(row);
    });
  }

  /** Opens signaling in plain requests. @param {string | undefined} token */
  async function openChannel(token) {
    const connection = await RawConnection.open(daemon.url, { from: nextSource() });
    const message = JSON.stringify({ type: 'hello', ...(token !== undefined && { token }) });
    connection.send(requestBytes(daemon.url, 'POST', '/api/v1/signaling', { 'content-type': 'application/x-ndjson' }, `${message}\n`));
    await connection.waitFor('answer', () => /"type":"(welcome|error)"/.test(connection.received.toString()));
    const { headers, body } = parseResponse(connection.received);
    const answer = JSON.parse(/** @type {RegExpExecArray} */ (/\{.*\}/.exec(body))[0]);
    return { connection, answer, location: /** @type {string} */ (headers.get('location')?.split('/').pop()) };
  }

  /** Says hello, and what was answered. @param {string | undefined} token */
  async function greet(token) {
    const socket = await RawWebSocket.open(daemon.url, { from: nextSource() });
    socket.say({ type: 'hello', ...(token !== undefined && { token }) });
    const answer = await socket.waitForMessage(() => true);
    return { socket, answer };
  }

  test('hello is for good tokens only, and another message before it is nobody’s', async () => {
    const row = ['hello'];
    const codes = { expired: 'expired', 'not yet': 'not-yet', revoked: 'revoked' };
    for (const [kind, token] of bad) {
      const { socket, answer } = await greet(token);
      assert.deepEqual([answer.type, answer.code], ['error', Reflect.get(codes, kind) ?? 'unauthorized'], kind);
      await socket.waitForClose();
      row.push(answer.code);
    }
    rows.push([...row, ...[...limited].map(() => 'welcome'), 'welcome']);
    for (const type of surface.messages.filter((one) => one !== 'hello')) {
      const socket = await RawWebSocket.open(daemon.url, { from: nextSource() });
      const fields = { session: 'a'.repeat(22), camera, sdp: offer, candidate: '', id: '1', name: 'tokens' };
      socket.say({ type, ...fields });
      await socket.waitForError('out-of-order');
      socket.connection.drop();
    }
  });

  test('hello in a plain request is for the same', async () => {
    const row = ['hello by POST'];
    for (const [kind, token] of bad) {
      const { connection, answer } = await openChannel(token);
      assert.equal(answer.type, 'error', kind);
      await connection.waitForEnd();
      connection.drop();
      row.push(answer.code);
    }
    rows.push([...row, ...[...limited].map(() => 'welcome'), 'welcome']);
  });

  test('an offer is for who may view that camera', async () => {
    const row = ['offer', ...[...bad].map(() => 'closed')];
    for (const [kind, token] of limited) {
      const { socket } = await greet(token);
      socket.say({ type: 'offer', session: 'b'.repeat(22), camera, sdp: offer });
      const { code } = await socket.waitForMessage(({ type }) => type === 'error');
      assert.equal(code, 'forbidden', kind);
      row.push(code);
      socket.connection.drop();
    }
    rows.push([...row, 'answer']);
  });

  for (const type of ['candidate', 'bye']) {
    test(`a ${type} for somebody else's session meets nothing`, async () => {
      const row = [type, ...[...bad].map(() => 'closed')];
      for (const [, token] of limited) {
        const { socket } = await greet(token);
        socket.say({ type, session, candidate: '' });
        const { code } = await socket.waitForMessage((message) => message.type === 'error');
        assert.equal(code, 'unknown-session');
        row.push(code);
        socket.connection.drop();
      }
      rows.push([...row, '-']);
    });
  }

  /** Runs every command, and what became of each. @typedef {(token: string) => Promise<Record<string, string>>} Run */

  /** @param {{ id: string, ok: boolean, error?: { code: string } }[]} results */
  const outcomes = (results) => Object.fromEntries(results.map(({ id, ok, error }) => [id, ok ? 'ok' : String(error?.code)]));
  const isResult = (/** @type {any} */ { type }) => type === 'result';

  /** @type {Record<string, Run>} */
  const carriers = {
    'a WebSocket': async (token) => {
      const { socket } = await greet(token);
      const results = [];
      for (const message of commandMessages()) {
        socket.say(message);
        results.push(await socket.waitForMessage(({ type, id }) => type === 'result' && id === message.id));
      }
      socket.connection.drop();
      return outcomes(results);
    },
    'plain requests': async (token) => {
      const { connection, location } = await openChannel(token);
      const lines = commandMessages().map((message) => `${JSON.stringify(message)}\n`);
      const { status } = await ask('POST', `/api/v1/signaling/${location}`, token, Buffer.from(lines.join('')).toString('latin1'));
      assert.equal(status, 204);
      const heard = () => [...connection.received.toString().matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line)).filter(isResult);
      await connection.waitFor('results', () => heard().length === lines.length);
      const results = heard();
      connection.drop();
      return outcomes(results);
    },
    'a data channel': async (token) => {
      const url = `${daemon.url}/#token=${token}`;
      const viewer = host.open({ url, camera, media: 'all', says: commandMessages() });
      const all = surface.commands.map(({ name }) => viewer.waitFor('control', { where: ({ type, id }) => type === 'result' && id === name }));
      const results = (await Promise.all(all)).map(({ detail }) => detail);
      viewer.forget();
      return outcomes(results);
    },
  };

  for (const [carrier, run] of Object.entries(carriers)) {
    // Nobody comes to a data channel without a session.
    const together = (/** @type {string} */ right) => (carrier === 'a data channel' ? ['view', right] : [right]);
    test(`over ${carrier}, each command is for who has its right on the whole device`, async () => {
      const ofDevice = surface.commands.filter(({ of }) => of === undefined);
      const make = (/** @type {string[]} */ rights) => createToken(daemon.stateDir, ['--name', `${carrier}: ${rights}`, '--rights', rights.join(',')]);
      for (const needed of new Set(ofDevice.map(({ needs }) => needs))) {
        const enough = await run(make(together(needed)));
        const lacking = await run(make(allRights.filter((right) => right !== needed)));
        // An admin who is kept to some cameras is none of the device.
        const narrow = await run(fleet.token({ cameras: [camera] }));
        for (const { name, needs } of ofDevice.filter((one) => one.needs === needed)) {
          assert.deepEqual([lacking[name], narrow[name]], ['forbidden', 'forbidden'], name);
          assert.ok(['ok', 'unknown-session', 'forbidden'].includes(enough[name]), `${name}: ${enough[name]}`);
          // Who shares a right must have it, beside the one to share.
          if (name !== 'share') assert.notEqual(enough[name], 'forbidden', `${name} with '${needs}' alone`);
        }
      }
      // Who may not see the camera has no session of it, and so no data channel.
      const refused = carrier === 'a data channel' ? [] : await Promise.all([...limited.values()].map(run));
      const owners = await run(good);
      for (const { name } of ofDevice) {
        for (const results of refused) assert.equal(results[name], 'forbidden', name);
        assert.equal(owners[name], name === 'end' ? 'unknown-session' : 'ok', name);
        const closed = [...bad, ...(refused.length === 0 ? limited : [])].map(() => 'closed');
        rows.push([`command ${name}, ${carrier}`, ...closed, ...refused.map((results) => results[name]), owners[name]]);
      }
    });

    test(`over ${carrier}, each command of a session or of the door is for who has its right, and of one that is there`, async () => {
      for (const { name, needs, of } of surface.commands) {
        if (of === undefined) continue;
        const make = (/** @type {string[]} */ rights) => createToken(daemon.stateDir, ['--name', `${carrier}: ${name}`, '--rights', rights.join(',')]);
        // Who may not view comes to no data channel.
        if (carrier !== 'a data channel' || needs !== 'view')
          assert.equal((await run(make(allRights.filter((right) => right !== needs))))[name], 'forbidden', name);
        assert.equal((await run(make(together(needs))))[name], nothingThere[of], name);
      }
    });
  }

  test('an admin who ends the very session that the command came by leaves the daemon well', async () => {
    const says = [{ type: 'command', id: '1', name: 'end', arguments: { session: '{session}' } }];
    const viewer = host.open({ url: daemon.link, camera, media: 'all', says });
    const { detail } = await viewer.waitFor('bye');
    assert.equal(detail.reason, 'ended');
    viewer.forget();
    assert.equal((await ask('GET', '/readyz', good)).status, 200);
  });

  test('loopback, and what a proxy might claim, earn nothing', async () => {
    for (const [name, value] of [['x-forwarded-for', '127.0.0.1'], ['x-real-ip', '::1'], ['forwarded', 'for=127.0.0.1'], ['x-forwarded-user', 'admin']]) {
      const bytes = requestBytes(daemon.url, 'GET', '/api/v1/cameras', { [name]: value });
      assert.equal((await exchange(daemon.url, bytes, { from: '127.0.0.1' })).status, 401, name);
    }
  });

  test('a token in a query or a path opens nothing', async () => {
    for (const where of [`/api/v1/cameras?token=${good}`, `/api/v1/cameras?access_token=${good}`, `/api/v1/cameras/${good}`])
      assert.ok([401, 404].includes((await ask('GET', where, undefined)).status), where.slice(0, 40));
  });
});
