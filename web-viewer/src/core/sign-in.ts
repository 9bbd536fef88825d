// SPDX-License-Identifier: Apache-2.0
// Who this viewer is to the device: by a link's token, by the browser's cookie, or not yet. No DOM.
//
//   In ◀──link, pairing code, try again── Out ◀──refused by the device, signed out── In
import type { AccessClient, AccessFault, Grant } from './access-client';
import type { Clock } from './clock';
import { Emitter } from './emitter';
import type { SignalingLink } from './signaling-link';
import { problems, type Problem } from './viewer-problem';

/** While nobody is signed in, the device is asked this often whether it shows a pairing code. */
export const kAskPairing = 10_000;
/** Until a cookie is had: the token works without one, but only until the page is closed. */
export const kLoginAgain = 10_000;

export type SignInState =
  /** As far as is known: the link says when it is not so. */
  | { name: 'in' }
  /** `newcomer`: nothing was brought along; `left`: signed out here; else what is wrong with what was. */
  | { name: 'out'; reason: 'newcomer' | 'left' | Problem };

export class SignIn {
  private readonly events = new Emitter<{ change: void }>();
  private current: SignInState = { name: 'in' };
  private known: Grant | undefined;
  private may: readonly string[] = [];
  private pairing = false;
  /** Why a link's token was given up for the cookie, which may be better. */
  private givenUp: Problem | undefined;
  private round = 0;
  private cancelTimer = () => {};

  constructor(
    private readonly link: SignalingLink,
    private readonly device: AccessClient,
    private readonly clock: Clock,
  ) {
    link.on('state', () => this.afterLinkState());
  }

  get state(): SignInState {
    return this.current;
  }

  /** Undefined: the device has not told. */
  get grant(): Grant | undefined {
    return this.known;
  }

  /** As last told; while the link is lost they stay. */
  get rights(): readonly string[] {
    return this.may;
  }

  /** Another number, another person, perhaps: what was begun for the one before is of no use to this one. */
  get person(): number {
    return this.round;
  }

  /** Whether a pairing code can be entered. Known only while nobody is signed in. */
  get isPairing(): boolean {
    return this.pairing;
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  /** With a link's token, or as whom the browser's cookie says. Replaces who was signed in before. */
  start(token: string | undefined): void {
    if (token !== undefined) {
      this.link.token = token;
      this.givenUp = undefined;
    }
    this.begin();
    // Beside the link, which says the token itself: the cookie is for the next time.
    if (token !== undefined) void this.login(token);
  }

  /** A person wants it tried once more, with what there is. A link that is of no use any more does not stay in the way. */
  tryAgain(): void {
    if (this.current.name !== 'out') return;
    const { reason } = this.current;
    if (this.link.token !== undefined && (reason === 'unauthorized' || reason === 'expired' || reason === 'revoked')) {
      this.link.token = undefined;
      this.givenUp = reason;
    }
    this.start(this.link.token);
  }

  /** Undefined: this browser is the owner's now; else what was wrong. */
  async pair(code: string): Promise<AccessFault | undefined> {
    const round = this.round;
    const answer = await this.device.pair(code);
    if (!answer.ok) {
      if (answer.fault === 'no-pairing') this.setPairing(false);
      return answer.fault;
    }
    if (round !== this.round) return undefined;
    this.link.token = undefined;
    this.begin();
    this.known = answer.value;
    return undefined;
  }

  /** Whether it worked: where not, this browser still has its cookie. */
  async signOut(): Promise<boolean> {
    const { ok } = await this.device.logout();
    if (!ok) return false;
    this.link.token = undefined;
    this.link.close();
    this.end('left');
    return true;
  }

  /** Nothing is asked any more, until start() begins anew. */
  close(): void {
    this.newRound();
    this.link.close();
  }

  private begin(): void {
    this.newRound();
    this.current = { name: 'in' };
    this.pairing = false;
    this.known = undefined;
    const { name } = this.link.state;
    if (name === 'closed' || name === 'refused') this.link.open();
    // What is open is of whoever was signed in before.
    else this.link.reopen();
    this.events.emit('change', undefined);
  }

  private end(reason: 'newcomer' | 'left' | Problem): void {
    this.newRound();
    this.current = { name: 'out', reason };
    this.known = undefined;
    this.may = [];
    this.events.emit('change', undefined);
    void this.askPairing();
  }

  private newRound(): void {
    this.round += 1;
    this.cancelTimer();
  }

  private afterLinkState(): void {
    const { state, welcome, token } = this.link;
    if (state.name === 'refused') {
      const isNewcomer = state.problem === 'unauthorized' && token === undefined;
      this.end(isNewcomer ? this.givenUp ?? 'newcomer' : state.problem);
    }
    if (!welcome) return;
    this.may = welcome.rights;
    this.givenUp = undefined;
    // A cookie's life begins anew with each visit.
    if (token === undefined && !this.known) void this.login(undefined);
    this.events.emit('change', undefined);
  }

  /** Says nothing where it fails: whether somebody is let in is the link's to say, which asks at the same time. */
  private async login(token: string | undefined): Promise<void> {
    const { round } = this;
    const answer = await this.device.login(token);
    if (round !== this.round) return;
    if (answer.ok) {
      this.known = answer.value;
      this.events.emit('change', undefined);
    } else if (token !== undefined && mayPass(answer.fault)) {
      this.cancelTimer = this.clock.after(kLoginAgain, () => void this.login(token));
    }
  }

  private async askPairing(): Promise<void> {
    const { round } = this;
    const answer = await this.device.isPairing();
    if (round !== this.round) return;
    this.setPairing(answer.ok && answer.value);
    this.cancelTimer = this.clock.after(kAskPairing, () => void this.askPairing());
  }

  private setPairing(isPairing: boolean): void {
    if (isPairing === this.pairing) return;
    this.pairing = isPairing;
    this.events.emit('change', undefined);
  }
}

/** Whether it may be otherwise in a while, by itself. */
function mayPass(fault: AccessFault): boolean {
  return fault !== 'wrong-code' && fault !== 'no-pairing' && problems[fault] !== 'asked';
}
