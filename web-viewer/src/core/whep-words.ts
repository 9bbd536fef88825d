// SPDX-License-Identifier: Apache-2.0
// What WHEP says in its own words: ICE servers in a header (RFC 9725 section 4.6), candidates in a fragment of SDP (RFC 8840).
import type { CandidateMessage, IceServer } from './signaling-messages';

export const kFragmentType = 'application/trickle-ice-sdpfrag';

/** The servers in a `Link` header, of which there may be others. */
export function iceServersOf(link: string | null): IceServer[] {
  const entries = (link ?? '').matchAll(/<([^>]*)>((?:\s*;\s*[\w-]+=(?:"(?:[^"\\]|\\.)*"|[^\s;,]+))*)/g);
  return [...entries].flatMap(([, url = '', rest = '']) => {
    const fields = new Map([...rest.matchAll(/([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,]+))/g)].map(
      ([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain],
    ));
    if (fields.get('rel') !== 'ice-server') return [];
    const [username, credential] = [fields.get('username'), fields.get('credential')];
    return [{ urls: [url], ...(username === undefined || credential === undefined ? {} : { username, credential }) }];
  });
}

/** `offer`: whose candidates they are. An empty candidate says that there are no more. */
export function fragmentOf(offer: string, candidates: readonly CandidateMessage[]): string {
  const field = (name: string) => new RegExp(`^a=${name}:(.*)$`, 'm').exec(offer)?.[1]?.trim() ?? '';
  const media = /^m=.*$/m.exec(offer)?.[0].trim() ?? '';
  const lines = [`a=ice-ufrag:${field('ice-ufrag')}`, `a=ice-pwd:${field('ice-pwd')}`];
  const isLast = candidates.some(({ candidate }) => candidate === '');
  const real = candidates.filter(({ candidate }) => candidate !== '');
  const mids = new Set(real.map(({ sdpMid }) => sdpMid ?? field('mid')));
  for (const mid of mids.size > 0 ? mids : [field('mid')]) {
    lines.push(media, `a=mid:${mid}`);
    lines.push(...real.filter(({ sdpMid }) => (sdpMid ?? field('mid')) === mid).map(({ candidate }) => `a=${candidate}`));
  }
  if (isLast) lines.push('a=end-of-candidates');
  return lines.map((line) => `${line}\r\n`).join('');
}
