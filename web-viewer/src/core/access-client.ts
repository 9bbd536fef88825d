// SPDX-License-Identifier: Apache-2.0
// Who may look, asked over HTTP: a token for a cookie, a pairing code for the owner's cookie, and the end of it.
import type { Clock } from './clock';
import {
  asString, booleanField, listField, numberField, optional, parseObject, stringField, WrongField, type Json,
} from './json-reader';
import { problemOfRefusal, type Problem } from './viewer-problem';

/** A request takes a moment even where the device counts slowly; longer, and the way to it is broken. */
export const kRequestTimeout = 8000;

/** What the device says of the viewer that a cookie or token stands for. */
export interface Grant {
  rights: string[];
  /** What its giver calls it, if anything. */
  name?: string;
  /** Unix seconds; without it: without end. */
  expires?: number;
}

/** Of a pairing code, besides what can be wrong with any viewer. */
export type AccessFault = Problem | 'wrong-code' | 'no-pairing';

export type Answer<Value> = { ok: true; value: Value } | { ok: false; fault: AccessFault };

/** As of a browser; the page's own cookie goes with each. */
export type Fetch = (url: string, request: RequestInit) => Promise<Response>;

const kApi = '/api/v1';

export class AccessClient {
  constructor(
    private readonly fetch: Fetch,
    private readonly clock: Clock,
  ) {}

  /** Exchanges the token for a cookie; without one, the cookie that is there is renewed. */
  login(token: string | undefined): Promise<Answer<Grant>> {
    return this.post('login', token === undefined ? {} : { token }, readGrant);
  }

  logout(): Promise<Answer<void>> {
    return this.post('logout', {}, () => undefined);
  }

  /** Makes this browser the owner's. */
  pair(code: string): Promise<Answer<Grant>> {
    return this.post('pair', { code }, readGrant);
  }

  /** Whether the device shows a pairing code on its console. */
  isPairing(): Promise<Answer<boolean>> {
    const read = (text: string) => booleanField(parseObject(text), 'open');
    return this.request('pair', { method: 'GET' }, read);
  }

  private post<Value>(route: string, body: Json, read: (text: string) => Value): Promise<Answer<Value>> {
    const headers = { 'Content-Type': 'application/json' };
    return this.request(route, { method: 'POST', headers, body: JSON.stringify(body) }, read);
  }

  private async request<Value>(
    route: string,
    request: RequestInit,
    read: (text: string) => Value,
  ): Promise<Answer<Value>> {
    const ended = new AbortController();
    const cancel = this.clock.after(kRequestTimeout, () => ended.abort());
    try {
      const how: RequestInit = { ...request, signal: ended.signal, cache: 'no-store', credentials: 'same-origin' };
      const response = await this.fetch(`${kApi}/${route}`, how);
      const text = await response.text();
      return response.ok ? { ok: true, value: read(text) } : { ok: false, fault: faultIn(text) };
    } catch (error) {
      // What fetch() throws says no more than that there was no answer.
      return { ok: false, fault: error instanceof WrongField ? 'mismatch' : 'unreachable' };
    } finally {
      cancel();
    }
  }
}

function readGrant(text: string): Grant {
  const from = parseObject(text);
  return {
    rights: listField(from, 'rights', asString),
    ...optional(from, 'name', stringField),
    ...optional(from, 'expires', numberField),
  };
}

/** The code in the body of a refusal, as HTTP and HTTPS signaling have it. */
export function faultIn(text: string): AccessFault {
  const code = codeIn(text);
  if (code === 'wrong-code' || code === 'no-pairing') return code;
  return code === undefined ? 'trouble' : problemOfRefusal(code) ?? 'trouble';
}

export function codeIn(text: string): string | undefined {
  try {
    return stringField(parseObject(text), 'code');
  } catch {
    // Not the device's own words, but a proxy's, say.
    return undefined;
  }
}
