// SPDX-License-Identifier: Apache-2.0
// The golden messages of tests/fixtures/signaling; its README says what the fields mean.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Put in by run.mjs. */
declare const FIXTURES: string;

export interface Valid {
  name: string;
  direction: 'toDevice' | 'toViewer';
  message: Record<string, unknown>;
  ignored?: string[];
}

export interface Invalid {
  name: string;
  direction: 'toDevice' | 'toViewer';
  raw: string;
  code: string;
}

export function golden<Fixture extends Valid | Invalid>(
  folder: 'valid' | 'invalid',
  direction: Fixture['direction'],
): Fixture[] {
  const files = readdirSync(path.join(FIXTURES, folder)).filter((name) => name.endsWith('.json'));
  const all = files.map((name) => JSON.parse(readFileSync(path.join(FIXTURES, folder, name), 'utf8')) as Fixture);
  return all.filter((fixture) => fixture.direction === direction);
}

export function without(message: Record<string, unknown>, ignored: string[] = []): Record<string, unknown> {
  return Object.fromEntries(Object.entries(message).filter(([name]) => !ignored.includes(name)));
}

/** Names and JSON types of a message's fields: two messages of one form differ only in values. */
export function formOf(message: object): string {
  const fields = Object.entries(message).filter(([, value]) => value !== undefined);
  return fields.map(([name, value]) => `${name}: ${value === null ? 'null' : typeof value}`).sort().join(', ');
}
