// SPDX-License-Identifier: Apache-2.0
// A fleet's back end, as far as a device knows it: a key, and tokens that are signed with it (ES256).

import { generateKeyPairSync, sign } from 'node:crypto';
import { tokenMustNotBeSeen } from './secrets.mjs';

const hour = 3600;

/** A part of a JWT. @param {object} part */
export const base64 = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
/** Unix seconds, as in a token's claims. */
export const now = () => Math.floor(Date.now() / 1000);

export class Fleet {
  #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  /** What a device's config has of it, as PEM. */
  get publicKey() {
    return this.#key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** A token for an hour of everything on the device `test`. @param {object} [changes] to its claims */
  token(changes) {
    const claims = { jti: 'fleet-1', aud: 'test', rights: ['view', 'admin'], iat: now(), exp: now() + hour, ...changes };
    const text = `${base64({ alg: 'ES256', typ: 'JWT' })}.${base64(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: this.#key.privateKey, dsaEncoding: 'ieee-p1363' });
    const token = `${text}.${signature.toString('base64url')}`;
    tokenMustNotBeSeen(token);
    return token;
  }
}
