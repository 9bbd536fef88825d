// SPDX-License-Identifier: Apache-2.0
// What carries signaling messages as text: a WebSocket here, HTTPS in https-channel.ts; a test may stand in.
import { Emitter } from './emitter';
import { kSubprotocol } from './signaling-messages';

export interface ChannelEvents {
  open: void;
  message: string;
  /** Said once, also where it never opened; nothing follows. Not said after close(). */
  close: void;
}

/** One connection; it opens by itself when made, and is of no more use once closed. */
export interface SignalingChannel {
  on<Name extends keyof ChannelEvents>(name: Name, listener: (event: ChannelEvents[Name]) => void): () => void;
  /** Lost where the channel is not open. */
  send(text: string): void;
  /** Idempotent; no event follows. */
  close(): void;
}

export class WebSocketChannel implements SignalingChannel {
  private readonly events = new Emitter<ChannelEvents>();
  private readonly socket: WebSocket;

  constructor(url: string) {
    this.socket = new WebSocket(url, kSubprotocol);
    this.socket.onopen = () => this.events.emit('open', undefined);
    this.socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.events.emit('message', data);
    };
    // An 'error' is always followed by 'close', and says no more.
    this.socket.onclose = () => this.events.emit('close', undefined);
  }

  on<Name extends keyof ChannelEvents>(name: Name, listener: (event: ChannelEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  send(text: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  close(): void {
    this.socket.onopen = null;
    this.socket.onmessage = null;
    this.socket.onclose = null;
    this.socket.close();
  }
}

/** Where the page's own device listens, for a WebSocket and for HTTPS. */
export function signalingUrls({ protocol, host }: Location): { webSocket: string; https: string } {
  const address = `//${host}/api/v1/signaling`;
  return { webSocket: `${protocol === 'https:' ? 'wss:' : 'ws:'}${address}`, https: `${protocol}${address}` };
}
