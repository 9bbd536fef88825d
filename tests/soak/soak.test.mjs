// SPDX-License-Identifier: Apache-2.0
// An hour, or SOAK_MINUTES, with ten viewers who come and go, Chromium, and faults at random from a seed, SOAK_SEED, which
// is printed: the same seed gives the same faults in the same order.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { faults } from './faults.mjs';
import { Plan } from './plan.mjs';
import { report } from './report.mjs';
import { Soak } from './soak.mjs';
import { cameras, guests, World } from './world.mjs';

/** More of these at the end than at the beginning would be what viewers and faults leave behind. */
const mostLeft = { descriptors: 1, threads: 1 };

const minutes = Number(process.env.SOAK_MINUTES ?? 60);
if (!(minutes > 0)) throw new Error(`SOAK_MINUTES is '${process.env.SOAK_MINUTES}', and must be a number above 0`);
const seed = process.env.SOAK_SEED ?? String(randomInt(1_000_000));

test('the same seed gives the same steps, and another one others', () => {
  const steps = (/** @type {string} */ of) => {
    const plan = new Plan(of, { guests, cameras });
    const rounds = [1, 2].flatMap(() => [...plan.round(Object.keys(faults))]);
    return JSON.stringify(rounds.map((step) => ('fault' in step ? { ...step, dice: step.dice.share() } : step)));
  };
  assert.equal(steps(seed), steps(seed));
  assert.notEqual(steps(seed), steps(`${seed}, another`));
});

describe(`${minutes} minutes of viewers and faults, seed ${seed}`, () => {
  /** @type {World} */
  let world;
  /** @type {Soak} */
  let soak;

  before(async () => {
    world = await World.start();
    soak = new Soak(world, { seed, minutes });
    await soak.run();
  });

  after(async () => world?.remove());

  test('there are pictures again after each fault, within its limit', (t) => {
    for (const line of report(soak)) t.diagnostic(line);
    assert.ok(soak.struck.length > 0);
    assert.deepEqual(soak.struck.filter(({ trouble }) => trouble).map(({ name, trouble }) => `${name}: ${trouble?.message}`), []);
  });

  test('each of the viewers had pictures', () => {
    for (const { name, sight } of world.audience.members.filter((one) => one.sight.wantedMs > 0)) assert.ok(sight.freshMs > 0, name);
  });

  test('no process ended that was not meant to', () => {
    const { lives } = world.service;
    assert.ok(lives.length > 1);
    assert.deepEqual(lives.filter(({ end, isMeant }) => end && !isMeant).map(({ number, end }) => `process ${number}: ${end}`), []);
  });

  test('no library found itself misused', () => {
    const criticals = world.service.lives.flatMap(({ daemon }) => daemon.log.lines.filter((line) => /-CRITICAL \*\*/.test(line)));
    assert.deepEqual(criticals, []);
  });

  for (const kind of /** @type {const} */ (['descriptors', 'threads']))
    test(`viewers and faults leave no ${kind} behind`, (t) => {
      const [had, has] = [soak.rest.before?.[kind] ?? Number.NaN, soak.rest.after?.[kind] ?? Number.NaN];
      t.diagnostic(`${had} with nobody there before the second part, ${has} after it`);
      assert.ok(has - had <= mostLeft[kind], `${had}, then ${has}`);
    });

  test('and the last process ends as it should', async () => {
    await world.everybodyGoes();
    await world.service.stop();
  });
});
