// SPDX-License-Identifier: Apache-2.0
// Signaling over HTTPS, for where a WebSocket cannot be had: one message a line. The first POST opens the channel; its
// answer does not end, and is what the device says. Further POSTs to the address in `Location` carry what we say.
import { codeIn, type Fetch } from './access-client';
import type { Clock } from './clock';
import { Emitter } from './emitter';
import type { ChannelEvents, SignalingChannel } from './signaling-channel';

/** The device sends a blank line every 20 s: two of them missed, and nobody is there. */
export const kSilence = 50_000;
/** A line that is longer is no message of ours. */
const kLongestLine = 1 << 20;
/** What browsers still carry to its end while the page goes away is 64 KiB in all. */
const kSmall = 8192;
const kLines = 'application/x-ndjson';

export class HttpsChannel implements SignalingChannel {
  private readonly events = new Emitter<ChannelEvents>();
  private readonly ended = new AbortController();
  private queue: string[] = [];
  private address: string | undefined;
  private isPosting = false;
  private cancelSilence = () => {};

  /** `token`: who is asking, where the browser's cookie does not say so. */
  constructor(
    private readonly url: string,
    private readonly token: string | undefined,
    private readonly fetch: Fetch,
    private readonly clock: Clock,
  ) {
    // The first message opens it: so it takes messages from the beginning.
    queueMicrotask(() => this.isOver || this.events.emit('open', undefined));
  }

  on<Name extends keyof ChannelEvents>(name: Name, listener: (event: ChannelEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  send(text: string): void {
    if (this.isOver) return;
    this.queue.push(text);
    void this.post();
  }

  /** With the stream dropped, the device ends the channel by itself. */
  close(): void {
    this.end();
  }

  private get isOver(): boolean {
    return this.ended.signal.aborted;
  }

  /** One at a time, so that the order is kept; what queues up meanwhile goes together. */
  private async post(): Promise<void> {
    if (this.isPosting || this.isOver || this.queue.length === 0) return;
    this.isPosting = true;
    const body = this.queue.splice(0).map((line) => `${line}\n`).join('');
    try {
      await (this.address === undefined ? this.openWith(body) : this.carry(this.address, body));
    } catch {
      this.lose();
    }
    this.isPosting = false;
    void this.post();
  }

  private async openWith(body: string): Promise<void> {
    this.hear();
    const { signal } = this.ended;
    const request: RequestInit = { method: 'POST', headers: this.headers(), body, signal, cache: 'no-store' };
    const response = await this.fetch(this.url, request);
    const address = response.headers.get('Location');
    if (this.isOver) return;
    if (!response.ok) return this.afterRefused(response);
    if (address === null || !response.body) return this.lose();
    this.address = new URL(address, response.url || undefined).href;
    void this.read(response.body);
  }

  private async carry(address: string, body: string): Promise<void> {
    const keepalive = body.length <= kSmall;
    const response = await this.fetch(address, { method: 'POST', headers: this.headers(), body, keepalive });
    if (!response.ok) this.lose();
  }

  private headers(): Record<string, string> {
    return { 'Content-Type': kLines, ...(this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` }) };
  }

  /** A device that lets nobody in says why, in the body instead of a line. */
  private async afterRefused(response: Response): Promise<void> {
    const code = codeIn(await response.text());
    if (this.isOver) return;
    if (code !== undefined) this.events.emit('message', JSON.stringify({ type: 'error', code, message: '' }));
    this.lose();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || this.isOver) break;
        this.hear();
        const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.take(line);
        if (rest.length > kLongestLine) break;
      }
    } catch {
      // Lost on the way, or dropped by ourselves.
    }
    this.lose();
  }

  private take(line: string): void {
    if (!this.isOver && line.trim() !== '') this.events.emit('message', line);
  }

  /** There is somebody at the other end, as of now. */
  private hear(): void {
    this.cancelSilence();
    if (!this.isOver) this.cancelSilence = this.clock.after(kSilence, () => this.lose());
  }

  private lose(): void {
    if (this.isOver) return;
    this.end();
    this.events.emit('close', undefined);
  }

  private end(): void {
    this.queue = [];
    this.cancelSilence();
    this.ended.abort();
  }
}
