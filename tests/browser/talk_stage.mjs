// SPDX-License-Identifier: Apache-2.0
// A camera with a speaker that a test can hear, and a browser whose microphone hears a chirp each second.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser, microphoneOf, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { createToken } from '../support/sign_in.mjs';
import { SoundServer, soundRate } from '../support/sound_server.mjs';
import { writeChirp } from '../support/wave_file.mjs';

const suite = 'browser';

export class TalkStage {
  #folder;
  #name;

  /**
   * @param {string} name @param {string} folder
   * @param {SoundServer} sound @param {import('../support/daemon.mjs').Daemon} daemon @param {import('playwright-core').Browser} browser
   */
  constructor(name, folder, sound, daemon, browser) {
    this.#name = name;
    this.#folder = folder;
    this.sound = sound;
    this.daemon = daemon;
    this.browser = browser;
  }

  /** @param {string} name of its logs @param {Record<string, unknown>} [config] beside the speaker */
  static async start(name, config = {}) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-voice-'));
    const voice = path.join(folder, 'voice.wav');
    writeChirp(voice, soundRate);
    const sound = await SoundServer.start({ suite, name: `${name}-sound-server` });
    const audio = [{ id: 'hall', microphone: 'none', speaker: 'pulse', speaker_device: 'speaker' }];
    const daemon = await startDaemon({ suite, name: `${name}-daemon`, env: sound.env, config: testConfig({ audio, ...config }) });
    const browser = await launchBrowser({ args: microphoneOf(voice) });
    return new TalkStage(name, folder, sound, daemon, browser);
  }

  /**
   * Somebody with a link of their own, who sees the camera.
   * @param {import('node:test').TestContext} t
   * @param {{ name: string, rights?: string, profile?: import('playwright-core').BrowserContext }} who `name`: as others are told
   */
  async open(t, { name, rights = 'view,talk', profile }) {
    const token = createToken(this.daemon.stateDir, ['--name', name, '--rights', rights]);
    const log = `${this.#name}-${name.replaceAll(' ', '-')}`;
    const viewer = await ViewerPage.openIn(profile ?? (await this.browser.newContext()), this.daemon.linkTo('/', token), { suite, name: log });
    t.after(() => viewer.close());
    await viewer.frames(3);
    return viewer;
  }

  async stop() {
    await this.browser.close();
    await this.daemon.stop();
    await this.sound.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** @param {ViewerPage} viewer */
export const talkButton = ({ page }) => page.getByRole('button', { name: 'Talk', exact: true });

/** Waits until the page says so. @param {ViewerPage} viewer @param {string} words */
export const told = ({ page }, words) => page.getByText(words).first().waitFor();
