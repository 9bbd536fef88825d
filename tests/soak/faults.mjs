// SPDX-License-Identifier: Apache-2.0
// The faults of a soak. Each returns when its cause is over; whoever wants pictures is to have them again within its limit
// from there.

import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync, readlinkSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pass } from '../bench/device.mjs';
import { RawConnection } from '../component/http_raw.mjs';
import { WebSocketClient } from '../load/web_socket.mjs';
import { withLimit } from '../support/events.mjs';
import { hanging, run } from './world.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./plan.mjs').Dice} Dice */
/**
 * @typedef {object} Fault
 * @property {number} againWithinMs from the end of its cause to a new picture for everybody who wants one
 * @property {'the process'} [ends] what ends with it
 * @property {number} [most] how often it comes, where it costs more each time
 * @property {(world: World, dice: Dice) => Promise<void>} strike
 */

/** For what nobody who watches should notice, with room for a loaded machine. */
const unnoticedMs = 5_000;
/** A viewer that was told nothing tries again after eight seconds (watcher.mjs), and the page later. */
const newSessionMs = 30_000;
/** src/app/exit_code.h. */
const again = 'code 75';
/** 20 s of patience, doubled with each process that ended so (systemd/README.md), and room for a loaded machine. */
const givingUpMs = 150_000;
const celsius = { cool: 50, hot: 85 };
const bytesOfGarbage = 4000;

/** @param {World} world */
const logEnd = ({ service }) => service.daemon.log.lines.length;

/** The UDP ports of the daemon's sessions, by the kernel's own list. @param {number} pid */
function udpPorts(pid) {
  const sockets = new Set();
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    try {
      sockets.add(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1]);
    } catch {
      // Closed while the list was read.
    }
  }
  const rows = readFileSync(`/proc/${pid}/net/udp`, 'utf8').trim().split('\n').slice(1).map((row) => row.trim().split(/\s+/));
  return rows.filter((row) => sockets.has(row[9])).map((row) => Number.parseInt(row[1].split(':')[1], 16));
}

/** Bytes that mean nothing, to all that listens. @param {World} world @param {Dice} dice */
async function garbage({ service }, dice) {
  const raw = await RawConnection.open(service.daemon.url);
  raw.send(dice.bytes(bytesOfGarbage));
  raw.endSending();
  const socket = await WebSocketClient.open(new URL('/api/v1/signaling', service.daemon.url).href);
  const answered = new Promise((resolve) => (socket.onText = resolve));
  socket.send(dice.bytes(bytesOfGarbage).toString('latin1'));
  const udp = createSocket('udp4');
  for (const port of udpPorts(service.pid)) {
    const sent = new Promise((resolve) => udp.send(dice.bytes(200), port, '192.0.2.1', resolve));
    await sent;
  }
  udp.close();
  await withLimit(answered, unnoticedMs, 'an answer to garbage');
  socket.drop();
}

/** The camera's worker hangs in a stop that a reload asks for; the pipeline goes on giving pictures. @param {World} world */
async function hang(world) {
  writeFileSync(world.hangFile, '');
  const { settings } = world;
  settings.gardenWidth = settings.gardenWidth === 320 ? 416 : 320;
  const from = logEnd(world);
  await world.service.reload(world.config(), /info config: the configuration was read again/);
  await world.service.daemon.waitForLog(new RegExp(`a state change on 'cam:${hanging}' has not returned for 5 s`), { from });
}

/** @param {World} world @param {Dice} dice */
async function shortHang(world, dice) {
  let from = 0;
  try {
    await hang(world);
    await pass(dice.between(0, 10_000));
  } finally {
    from = logEnd(world);
    rmSync(world.hangFile, { force: true });
  }
  await world.service.daemon.waitForLog(new RegExp(`the state change on 'cam:${hanging}' has returned`), { from });
}

/** @param {World} world */
async function endlessHang(world) {
  const { life } = world.service;
  let end = '';
  try {
    await hang(world);
    end = await world.service.next(() => {}, givingUpMs);
  } finally {
    rmSync(world.hangFile, { force: true });
  }
  if (end !== again) throw new Error(`process ${life.number} ended with ${end}, not with ${again}`);
}

/** @param {World} _ @param {Dice} dice */
async function networkDown(_, dice) {
  const routes = run('ip', 'route', 'show', 'default', 'dev', 'lan').trim();
  run('ip', 'link', 'set', 'lan', 'down');
  try {
    await pass(dice.between(2000, 6000));
  } finally {
    run('ip', 'link', 'set', 'lan', 'up');
    // The kernel forgets it with the interface.
    if (routes) run('ip', 'route', 'add', 'default', 'dev', 'lan');
  }
}

/** @param {World} world */
async function diskFull(world) {
  const { daemon } = world.service;
  const filler = path.join(world.disk, 'filler');
  let from = logEnd(world);
  const { bavail, bsize } = statfsSync(world.disk);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
  try {
    await daemon.waitForLog(/the disk of '.*' is full/, { from });
  } finally {
    from = logEnd(world);
    rmSync(filler);
  }
  await daemon.waitForLog(/the disk can be written again/, { from });
}

/** @param {World} world */
async function boardHot(world) {
  const isAt = (/** @type {number} */ wanted) =>
    world.scraper.waitFor(`${wanted} °C`, (metrics) => metrics.value('fanlight_board_temperature_celsius', { sensor: 'cpu-thermal' }) === wanted);
  world.board.heat(celsius.hot);
  await isAt(celsius.hot);
  world.board.heat(celsius.cool);
  await isAt(celsius.cool);
}

/** @param {World} world @param {Dice} dice */
async function otherBitrate(world, dice) {
  world.settings.bitrate = Math.round(dice.between(200_000, 1_500_000));
  await world.service.reload(world.config(), /info config: the configuration was read again/);
}

/** @param {World} world */
async function brokenConfig(world) {
  const broken = 'listen = nonsense\n';
  await world.service.reload(broken, /error config: the configuration was not taken; the one before still counts/);
}

/** @param {World} world */
async function stalledEncoder(world) {
  const from = logEnd(world);
  writeFileSync(world.stallFile, '');
  // One that was made anew within the last ten seconds gets a new pipeline.
  const healing = /the encoder gives nothing of the pictures that come; it is made anew|the encoder stopped, also when it was made anew/;
  await world.service.daemon.waitForLog(healing, { from });
}

/** @param {World} world @param {Dice} dice */
async function stopped({ service }, dice) {
  process.kill(service.pid, 'SIGSTOP');
  await pass(dice.between(2500, 3500));
  process.kill(service.pid, 'SIGCONT');
}

/** @param {World} world */
async function killed({ service }) {
  const { pid } = service;
  await service.next(() => process.kill(pid, 'SIGKILL'));
}

/** @param {World} world @param {Dice} dice */
async function cutSockets(world, dice) {
  for (const one of [...world.residents, ...world.guests]) if (dice.share() < 0.5) one.cutSocket();
}

/** @type {Record<string, Fault>} */
export const faults = {
  'sockets of half of them cut': { againWithinMs: newSessionMs, strike: cutSockets },
  'garbage on the wire': { againWithinMs: unnoticedMs, strike: garbage },
  'encoder stalls': { againWithinMs: newSessionMs, strike: stalledEncoder },
  'camera hangs for 5 to 15 s': { againWithinMs: newSessionMs, strike: shortHang },
  'daemon stopped for 3 s': { againWithinMs: newSessionMs, strike: stopped },
  'reload: another bitrate': { againWithinMs: unnoticedMs, strike: otherBitrate },
  'reload: broken': { againWithinMs: unnoticedMs, strike: brokenConfig },
  'network down for 2 to 6 s': { againWithinMs: newSessionMs, strike: networkDown },
  'disk full': { againWithinMs: unnoticedMs, strike: diskFull },
  'board hot': { againWithinMs: unnoticedMs, strike: boardHot },
  'daemon killed': { againWithinMs: newSessionMs, ends: 'the process', strike: killed },
  'camera hangs for ever': { againWithinMs: newSessionMs, ends: 'the process', most: 2, strike: endlessHang },
};
