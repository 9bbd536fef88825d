// SPDX-License-Identifier: Apache-2.0
// A site that is not the device's, with pages of its own.

import http from 'node:http';

/** @typedef {{ type?: string, text: string, policy?: string }} SitePage `policy`: of content security */

export class OtherSite {
  /** By path. @type {Map<string, SitePage>} */
  pages = new Map([['/favicon.ico', { type: 'image/svg+xml', text: '<svg xmlns="http://www.w3.org/2000/svg"/>' }]]);
  #server = http.createServer(({ url = '' }, response) => {
    const page = this.pages.get(new URL(url, 'http://site').pathname);
    response.statusCode = page ? 200 : 404;
    response.setHeader('content-type', page?.type ?? 'text/html; charset=utf-8');
    if (page?.policy) response.setHeader('content-security-policy', page.policy);
    response.end(page?.text);
  });

  /** On every address of the test's network. @returns {Promise<OtherSite>} call `close()` in the test's clean-up */
  static async start() {
    const site = new OtherSite();
    await new Promise((resolve) => site.#server.listen(0, '0.0.0.0', () => resolve(undefined)));
    return site;
  }

  /** @param {string} host that leads to it */
  origin(host) {
    return `http://${host}:${/** @type {import('node:net').AddressInfo} */ (this.#server.address()).port}`;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
