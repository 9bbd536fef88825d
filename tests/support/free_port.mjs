// SPDX-License-Identifier: Apache-2.0
// For programs that must be told their port beforehand.

import { createServer } from 'node:net';

/** @returns {Promise<number>} a port that nobody has now */
export function freePort() {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
