// SPDX-License-Identifier: Apache-2.0
// The token in a link's fragment, which no server ever sees: reading it, and making links that have one.
import type { CameraId } from './signaling-messages';

/** What a link brought along, and the fragment that stays in the address. */
export function takeToken(fragment: string): { token?: string; rest: string } {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const token = fields.get('token')?.trim();
  if (token === undefined) return { rest: fragment };
  fields.delete('token');
  const others = fields.toString();
  // An empty one is no token, but does not stay in the address either.
  return { ...(token ? { token } : {}), rest: others ? `#${others}` : '' };
}

/** `cameras`: those that it opens; undefined: all. Where it is one, the link leads there. */
export function linkWithToken(origin: string, token: string, cameras: readonly CameraId[] | undefined): string {
  const [only, ...others] = cameras ?? [];
  const search = only !== undefined && others.length === 0 ? `?${new URLSearchParams({ camera: only })}` : '';
  return `${origin}/${search}#token=${token}`;
}

/** Whether an address leads back to the machine that it is opened on, so that it is of no use to anybody else. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.endsWith('.localhost')
    || /^127(\.\d+){3}$/.test(hostname);
}
