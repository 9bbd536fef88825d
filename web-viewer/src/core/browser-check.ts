// SPDX-License-Identifier: Apache-2.0
// A check-up of this browser: whether it can show video, is answered by the device, and reaches the servers that help. No DOM.
import { Emitter } from './emitter';
import { isRelay, judgeUdp, type BrowserFinding } from './server-check';
import { ServerTrial, type TrialParts, type TrialServer } from './server-trial';
import type { SignalingLink } from './signaling-link';
import type { IceServer, WelcomeMessage } from './signaling-messages';

/** How long a link that is being opened is waited for. */
export const kLinkPatience = 8000;
/** Of all servers' URLs. */
export const kMostServers = 8;
/** More at a time could be what is in their own way. */
const kAtOnce = 3;

export interface BrowserCheckParts extends TrialParts {
  link: SignalingLink;
  lack: 'no-webrtc' | 'no-h264' | undefined;
}

export class BrowserCheck {
  private readonly events = new Emitter<{ change: void }>();
  private current: 'idle' | 'running' | 'done' = 'idle';
  private found: readonly BrowserFinding[] = [];
  private round = 0;
  private readonly trials = new Set<ServerTrial>();
  private endWaiting = () => {};

  constructor(private readonly parts: BrowserCheckParts) {}

  get state(): 'idle' | 'running' | 'done' {
    return this.current;
  }

  /** In the order in which they came. */
  get findings(): readonly BrowserFinding[] {
    return this.found;
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  begin(): void {
    if (this.current === 'running') return;
    this.found = [];
    this.current = 'running';
    void this.run();
  }

  /** Nothing is tried any more, and nothing comes of what was. */
  close(): void {
    this.round += 1;
    this.endWaiting();
    for (const trial of this.trials) trial.close();
    this.trials.clear();
    this.current = 'idle';
  }

  private async run(): Promise<void> {
    const { round, parts: { lack } } = this;
    const what = 'browser';
    this.add(lack ? { verdict: 'broken', what, evidence: '', cause: lack } : { verdict: 'ok', what, evidence: '' });
    const welcome = await this.reach();
    if (round !== this.round) return;
    this.add(this.ofLink(welcome));
    if (welcome && lack !== 'no-webrtc') await this.tryServers(welcome.iceServers, round);
    if (round !== this.round) return;
    this.current = 'done';
    this.events.emit('change', undefined);
  }

  /** Waits a while for a link that is lost, or still being opened. */
  private async reach(): Promise<WelcomeMessage | undefined> {
    const { link, clock } = this.parts;
    link.hurry();
    if (link.welcome) return link.welcome;
    return new Promise((resolve) => {
      const end = () => {
        unsubscribe();
        cancel();
        resolve(link.welcome);
      };
      const unsubscribe = link.on('state', () => link.welcome && end());
      const cancel = clock.after(kLinkPatience, end);
      this.endWaiting = end;
    });
  }

  private ofLink(welcome: WelcomeMessage | undefined): BrowserFinding {
    const what = 'signaling';
    if (welcome) return { verdict: 'ok', what, evidence: `Fanlight ${welcome.device.version}` };
    const { refusal } = this.parts.link;
    if (refusal !== undefined) return { verdict: 'broken', what, evidence: refusal, cause: 'not-let-in' };
    return { verdict: 'broken', what, evidence: '', cause: 'unreachable' };
  }

  private async tryServers(servers: readonly IceServer[], round: number): Promise<void> {
    const all: TrialServer[] = servers.flatMap(({ urls, ...login }) => urls.map((url) => ({ url, ...login })));
    if (all.length === 0) return this.add({ verdict: 'ok', what: 'servers', evidence: '', cause: 'no-servers' });
    const left = all.slice(0, kMostServers);
    const tryNext = async (): Promise<void> => {
      for (let server = left.shift(); server && round === this.round; server = left.shift()) await this.tryOne(server);
    };
    await Promise.all(Array.from({ length: kAtOnce }, tryNext));
    for (const { url } of all.slice(kMostServers)) {
      this.add({ verdict: 'untried', what: isRelay(url) ? 'turn' : 'stun', url, evidence: '', cause: 'too-many' });
    }
    const udp = judgeUdp(this.found);
    if (udp) this.add(udp);
  }

  private async tryOne(server: TrialServer): Promise<void> {
    const trial = new ServerTrial(this.parts, server);
    this.trials.add(trial);
    const finding = await trial.run();
    // Closed in the very moment, it is nobody's any more.
    if (this.trials.delete(trial)) this.add(finding);
  }

  private add(finding: BrowserFinding): void {
    this.found = [...this.found, finding];
    this.events.emit('change', undefined);
  }
}
