// SPDX-License-Identifier: Apache-2.0
// Every command with good arguments, of tests/fixtures/commands.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from './paths.mjs';

const folder = path.join(repository, 'tests/fixtures/commands');

/** @type {{ name: string, arguments: Record<string, unknown> }[]} */
const commands = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));

/** What each needs, and what it is about. @type {{ name: string, needs: string, of?: keyof typeof nothingThere }[]} */
export const commandKinds = JSON.parse(readFileSync(path.join(repository, 'tests/fixtures/access/surface.json'), 'utf8')).commands;

/** What who has the right for it is told where nothing is there that it is about; by `of` in tests/fixtures/access. */
export const nothingThere = { session: 'unknown-session', door: 'bad-command', nothing: 'ok' };

/** As a viewer sends them; the name is the id too. */
export const commandMessages = () =>
  commands.map(({ name, arguments: given }) => ({ type: 'command', id: name, name, arguments: given }));
