// SPDX-License-Identifier: Apache-2.0
// The figures of a running session, out of what getStats() counts. What a browser does not tell is undefined.

export interface Statistics {
  width?: number;
  height?: number;
  framesPerSecond?: number;
  bitsPerSecond?: number;
  packetsLost?: number;
  /** Of the packets of the last interval, 0 to 1. */
  lossShare?: number;
  /** Milliseconds that a picture waited in the browser, on average of the last interval. */
  bufferDelay?: number;
  /** Milliseconds. */
  roundTrip?: number;
  /** RTCIceCandidateType of this end and of the device's, and the transport between them. */
  route?: { local: string; remote: string; protocol: string };
  codec?: string;
}

/** The fields of all kinds of entries that are read here. */
interface Entry {
  id: string;
  type: string;
  timestamp: number;
  kind?: string;
  frameWidth?: number;
  frameHeight?: number;
  framesDecoded?: number;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  jitterBufferDelay?: number;
  jitterBufferEmittedCount?: number;
  codecId?: string;
  mimeType?: string;
  sdpFmtpLine?: string;
  selectedCandidatePairId?: string;
  nominated?: boolean;
  state?: string;
  currentRoundTripTime?: number;
  localCandidateId?: string;
  remoteCandidateId?: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
}

/** Reads reports of one session after another; rates need two of the same session. */
export class StatisticsReader {
  private before: Entry | undefined;

  read(report: RTCStatsReport): Statistics {
    const entries: Entry[] = [];
    report.forEach((entry: Entry) => entries.push(entry));
    const video = entries.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
    const before = this.before?.id === video?.id ? this.before : undefined;
    this.before = video;
    return { ...pictures(video, before), ...way(entries), ...codec(entries.find(({ id }) => id === video?.codecId)) };
  }
}

function pictures(now: Entry | undefined, before: Entry | undefined): Statistics {
  if (!now) return {};
  const seconds = before ? (now.timestamp - before.timestamp) / 1000 : 0;
  const since = (name: 'framesDecoded' | 'bytesReceived' | 'packetsReceived' | 'packetsLost' | 'jitterBufferDelay'
    | 'jitterBufferEmittedCount') => (now[name] ?? 0) - (before?.[name] ?? 0);
  const lost = Math.max(0, since('packetsLost'));
  return {
    ...defined('width', now.frameWidth),
    ...defined('height', now.frameHeight),
    ...defined('packetsLost', now.packetsLost),
    ...defined('framesPerSecond', ratio(since('framesDecoded'), seconds)),
    ...defined('bitsPerSecond', ratio(since('bytesReceived') * 8, seconds)),
    ...defined('lossShare', before && ratio(lost, lost + since('packetsReceived'))),
    ...defined('bufferDelay', before && ratio(since('jitterBufferDelay') * 1000, since('jitterBufferEmittedCount'))),
  };
}

function way(entries: Entry[]): Statistics {
  const byId = (wanted: string | undefined) => entries.find(({ id }) => id === wanted);
  const selected = entries.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  const pair = byId(selected) ?? entries.find(({ type, nominated, state }) =>
    type === 'candidate-pair' && nominated === true && state === 'succeeded');
  const local = byId(pair?.localCandidateId);
  const remote = byId(pair?.remoteCandidateId);
  const roundTrip = pair?.currentRoundTripTime;
  return {
    ...defined('roundTrip', roundTrip === undefined ? undefined : roundTrip * 1000),
    ...defined('route', local?.candidateType && remote?.candidateType ? {
      local: local.candidateType,
      remote: remote.candidateType,
      protocol: (local.relayProtocol ?? local.protocol ?? '').toUpperCase(),
    } : undefined),
  };
}

function codec(entry: Entry | undefined): Statistics {
  const name = entry?.mimeType?.replace(/^video\//i, '').replace(/^H264$/i, 'H.264');
  const level = /profile-level-id=([0-9a-f]{6})/i.exec(entry?.sdpFmtpLine ?? '')?.[1];
  return defined('codec', name && level ? `${name} ${h264Profile(level)}` : name);
}

/** RFC 6184, section 8.1: profile, constraint flags and level as six hexadecimal digits. */
function h264Profile(digits: string): string {
  const bytes = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  const [profile = 0, constraints = 0, level = 0] = bytes;
  const isConstrained = (constraints & 0x40) !== 0;
  const baseline = isConstrained ? 'Constrained Baseline' : 'Baseline';
  const names: Record<number, string> = { 66: baseline, 77: 'Main', 100: 'High' };
  return `${names[profile] ?? `Profile ${profile}`} ${(level / 10).toFixed(1)}`;
}

function ratio(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

function defined<Name extends keyof Statistics>(name: Name, value: Statistics[Name]): Pick<Statistics, Name> {
  return (value === undefined ? {} : { [name]: value }) as Pick<Statistics, Name>;
}
