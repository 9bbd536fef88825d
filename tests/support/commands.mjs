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

/** As a viewer sends them; the name is the id too. */
export const commandMessages = () =>
  commands.map(({ name, arguments: given }) => ({ type: 'command', id: name, name, arguments: given }));
