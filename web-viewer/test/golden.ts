// SPDX-License-Identifier: Apache-2.0
// What stands in tests/fixtures for both ends; the READMEs there say what the fields mean.
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

export interface CommandFixture {
  name: string;
  arguments: Record<string, unknown>;
  value?: Record<string, unknown>;
}

export interface RightFixture {
  name: string;
  shared: 'always' | 'by choice' | 'by command line';
}

export interface FindingWords {
  verdicts: string[];
  whats: string[];
  causes: string[];
}

function readOne<Fixture>(file: string): Fixture {
  return JSON.parse(readFileSync(path.join(FIXTURES, file), 'utf8')) as Fixture;
}

function readAll<Fixture>(folder: string): Fixture[] {
  const files = readdirSync(path.join(FIXTURES, folder)).filter((name) => name.endsWith('.json'));
  return files.map((name) => readOne<Fixture>(path.join(folder, name)));
}

export const commandFixtures = (): CommandFixture[] => readAll('commands');
export const findingWords = () => readOne<FindingWords>('findings.json');
export const rightFixtures = () => readOne<{ rights: RightFixture[] }>('access/rights.json').rights;

export function golden<Fixture extends Valid | Invalid>(
  folder: 'valid' | 'invalid',
  direction: Fixture['direction'],
): Fixture[] {
  return readAll<Fixture>(`signaling/${folder}`).filter((fixture) => fixture.direction === direction);
}

export function without(message: Record<string, unknown>, ignored: string[] = []): Record<string, unknown> {
  return Object.fromEntries(Object.entries(message).filter(([name]) => !ignored.includes(name)));
}

/** Names and JSON types of a message's fields: two messages of one form differ only in values. */
export function formOf(message: object): string {
  const fields = Object.entries(message).filter(([, value]) => value !== undefined);
  return fields.map(([name, value]) => `${name}: ${value === null ? 'null' : typeof value}`).sort().join(', ');
}
