// SPDX-License-Identifier: Apache-2.0
// A folder served over HTTP as any static web server would, and nothing else of it.

import { createReadStream, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

export class FolderServer {
  /** The paths that were asked for. @type {string[]} */
  asked = [];
  #folder;
  #server = http.createServer(({ url = '' }, response) => {
    const asked = decodeURIComponent(new URL(url, 'http://server').pathname);
    this.asked.push(asked);
    const file = path.join(this.#folder, path.normalize(asked));
    const found = statSync(file, { throwIfNoEntry: false });
    response.statusCode = found?.isFile() ? 200 : 404;
    if (!found?.isFile()) return void response.end();
    response.setHeader('content-length', found.size);
    createReadStream(file).pipe(response);
  });

  /** @param {string} folder need not be there yet */
  constructor(folder) {
    this.#folder = folder;
  }

  /** @param {string} folder @param {string} address that it listens on @returns {Promise<FolderServer>} call `close()` in the test's clean-up */
  static async start(folder, address = '127.0.0.1') {
    const server = new FolderServer(folder);
    await new Promise((resolve) => server.#server.listen(0, address, () => resolve(undefined)));
    return server;
  }

  /** Without a slash at its end. */
  get url() {
    const { address, port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return `http://${address}:${port}`;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
