// SPDX-License-Identifier: Apache-2.0
// What an admin may ask of the device about others: share, list, end. Each is a command of the same name.
import type { CommandCaller, Outcome } from './command-caller';
import { asObject, asString, booleanField, listField, numberField, optional, stringField, type Json } from './json-reader';
import type { CameraId, SessionId } from './signaling-messages';

/** Times are unix seconds. */
export interface SharedToken {
  id: string;
  name: string;
  /** 'key': in a path, for players; without it, a link. */
  form?: string;
  rights: string[];
  /** Without them: all. */
  cameras?: CameraId[];
  /** Without it: the device did not know the time. */
  created?: number;
  /** Without it: without end. */
  expires?: number;
  /** The one that this viewer came with. */
  own: boolean;
}

export interface WatchingViewer {
  session: SessionId;
  camera: CameraId;
  /** The id of the token, and its name. */
  token: string;
  name: string;
  source: string;
  state: string;
  /** Since it began. */
  seconds: number;
}

export interface ShareRequest {
  name: string;
  rights: string[];
  cameras?: CameraId[];
  seconds?: number;
  /** To view the cameras that are named, and nothing else; `token` of the answer is the key. */
  form?: 'key';
}

export interface NewToken {
  id: string;
  token: string;
  expires?: number;
}

export class Sharing {
  constructor(private readonly commands: CommandCaller) {}

  share(request: ShareRequest): Promise<Outcome<NewToken>> {
    return this.commands.ask('share', { ...request }, readNewToken);
  }

  tokens(): Promise<Outcome<SharedToken[]>> {
    return this.commands.ask('tokens', {}, (from) => listField(from, 'tokens', readToken));
  }

  revoke(token: string): Promise<Outcome<void>> {
    return this.commands.ask('revoke', { token }, () => undefined);
  }

  viewers(): Promise<Outcome<WatchingViewer[]>> {
    return this.commands.ask('viewers', {}, (from) => listField(from, 'viewers', readViewer));
  }

  end(session: SessionId): Promise<Outcome<void>> {
    return this.commands.ask('end', { session }, () => undefined);
  }
}

function readNewToken(from: Json): NewToken {
  return { id: stringField(from, 'id'), token: stringField(from, 'token'), ...optional(from, 'expires', numberField) };
}

function readToken(value: unknown): SharedToken {
  const from = asObject(value, 'token');
  return {
    id: stringField(from, 'id'),
    name: stringField(from, 'name'),
    ...optional(from, 'form', stringField),
    rights: listField(from, 'rights', asString),
    ...optional(from, 'cameras', (object, name) => listField(object, name, asString)),
    ...optional(from, 'created', numberField),
    ...optional(from, 'expires', numberField),
    own: booleanField(from, 'own'),
  };
}

function readViewer(value: unknown): WatchingViewer {
  const from = asObject(value, 'viewer');
  return {
    session: stringField(from, 'session'),
    camera: stringField(from, 'camera'),
    token: stringField(from, 'token'),
    name: stringField(from, 'name'),
    source: stringField(from, 'source'),
    state: stringField(from, 'state'),
    seconds: numberField(from, 'seconds'),
  };
}
