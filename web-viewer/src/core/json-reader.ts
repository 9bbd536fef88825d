// SPDX-License-Identifier: Apache-2.0
// Reads fields out of JSON that somebody else wrote: each returns the type it promises, or throws WrongField.

export class WrongField extends Error {}

export type Json = Record<string, unknown>;

export function parseObject(text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WrongField('message is not JSON');
  }
  return asObject(value, 'message');
}

export function asObject(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WrongField(`'${what}' is not an object`);
  }
  return value as Json;
}

export function stringField(from: Json, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') throw new WrongField(`'${name}' is not a string`);
  return value;
}

export function numberField(from: Json, name: string): number {
  const value = from[name];
  if (typeof value !== 'number') throw new WrongField(`'${name}' is not a number`);
  return value;
}

export function booleanField(from: Json, name: string): boolean {
  const value = from[name];
  if (typeof value !== 'boolean') throw new WrongField(`'${name}' is not true or false`);
  return value;
}

export function objectField(from: Json, name: string): Json {
  return asObject(from[name], name);
}

export function listField<Item>(from: Json, name: string, read: (item: unknown) => Item): Item[] {
  const value = from[name];
  if (!Array.isArray(value)) throw new WrongField(`'${name}' is not a list`);
  return value.map(read);
}

export function asString(value: unknown): string {
  if (typeof value !== 'string') throw new WrongField('item is not a string');
  return value;
}

/** A field that may be missing: then the result has no such key either. */
export function optional<Name extends string, Value>(
  from: Json,
  name: Name,
  read: (from: Json, name: string) => Value,
): { [Key in Name]?: Value } {
  if (from[name] === undefined) return {};
  return { [name]: read(from, name) } as { [Key in Name]?: Value };
}

export function nullable<Value>(
  from: Json,
  name: string,
  read: (from: Json, name: string) => Value,
): Value | null {
  return from[name] === null ? null : read(from, name);
}

/** 0, 1, 2 … */
export function indexField(from: Json, name: string): number {
  const value = numberField(from, name);
  if (!Number.isInteger(value) || value < 0) throw new WrongField(`'${name}' is not an index`);
  return value;
}
