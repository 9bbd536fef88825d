// SPDX-License-Identifier: Apache-2.0
// What a file of this suite has: a Debian with systemd, the package on it, one camera, and Chromium outside which shows it.

import { after, before } from 'node:test';
import { DebianGuest, diskFor } from '../board/debian_guest.mjs';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { debianPackage } from '../support/debian_package.mjs';
import { tokenMustNotBeSeen } from '../support/secrets.mjs';
import { tokenOf } from '../support/sign_in.mjs';

const suite = 'board-long';

/** The longest that anything takes here: 30 s of one picture, a process that is started anew, the emulation's slowness. */
export const limitMs = 120_000;

/** Small, since it is encoded in software under emulation. */
const configuration = `
[[camera]]
id = "porch"
source = "v4l2"
width = 320
height = 180
framerate = 15
`;

export class ServiceStage {
  /** @type {DebianGuest | undefined} */
  #guest;
  /** @type {import('playwright-core').Browser | undefined} */
  #browser;
  /** @type {ViewerPage | undefined} */
  #viewer;

  /**
   * Call it once, inside of a `describe` and outside of tests.
   * @param {number} suiteLimitMs for how long the guest may be needed
   * @param {(guest: DebianGuest) => Promise<unknown>} [change] the service, before it is started with its camera
   */
  constructor(suiteLimitMs, change = async () => {}) {
    before(async () => {
      const file = debianPackage();
      this.#guest = await DebianGuest.boot(await diskFor(file), { lifeSeconds: suiteLimitMs / 1000, suite });
      await this.guest.plugCameras();
      const said = await this.guest.install([`DEBIAN_FRONTEND=noninteractive apt-get install -y '/host${file}'`]);
      await this.guest.write('/etc/fanlight/fanlight.d/test.toml', configuration);
      await change(this.guest);
      await this.guest.run('systemctl restart fanlight');
      this.#browser = await launchBrowser({ args: ['--ignore-certificate-errors'] });
      const [, link] = said.match(/^Open: (\S+)$/m) ?? [];
      tokenMustNotBeSeen(tokenOf(link));
      this.#viewer = await ViewerPage.open(this.#browser, link, { suite });
      await this.viewer.frames(5, limitMs);
    });
    after(async () => {
      await this.#browser?.close();
      await this.#guest?.close();
    });
  }

  get guest() {
    if (!this.#guest) throw new Error('the guest is not there yet');
    return this.#guest;
  }
  /** Who stays. */
  get viewer() {
    if (!this.#viewer) throw new Error('the viewer is not there yet');
    return this.#viewer;
  }

  /** Lines of the journal, one after the other, which are printed as well. @param {import('node:test').TestContext} t
   * @param {RegExp[]} lines @param {number} from */
  async journal(t, lines, from) {
    for (const line of lines) {
      const found = await this.guest.log.waitFor(line, { timeout: limitMs, from });
      // Without the date.
      t.diagnostic(found.line.replace(/^\S+ \S+ /, ''));
    }
  }
}
