// SPDX-License-Identifier: Apache-2.0
// Requests over HTTP and HTTPS alike, each on a connection of its own.

import http from 'node:http';
import https from 'node:https';

/**
 * As `http.request`. Whatever certificate is shown is believed: a device's own one is nobody else's.
 * @param {string | URL} url
 * @param {https.RequestOptions} options
 * @param {(response: http.IncomingMessage) => void} [onResponse]
 */
export function startRequest(url, options, onResponse) {
  const start = new URL(url).protocol === 'https:' ? https.request : http.request;
  // The agent's pool would count as another connection of this address.
  return start(url, { agent: false, rejectUnauthorized: false, ...options }, onResponse);
}

/**
 * @param {string | URL} url
 * @param {string} method
 * @param {string} [body] its length is added
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number, headers: http.IncomingHttpHeaders, body: string }>}
 */
export function request(url, method, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const all = { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) };
    const sent = startRequest(url, { method, headers: all }, (response) => {
      /** @type {Buffer[]} */
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: /** @type {number} */ (response.statusCode),
          headers: response.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
