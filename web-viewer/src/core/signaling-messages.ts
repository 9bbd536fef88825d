// SPDX-License-Identifier: Apache-2.0
// The messages between viewer and device, and their codec. tests/fixtures/signaling holds what is valid and what not.
import {
  asObject, asString, booleanField, indexField, listField, nullable, numberField, objectField, optional, parseObject,
  stringField, WrongField, type Json,
} from './json-reader';

export const kSubprotocol = 'fanlight.v1';

/** 16 to 64 of A-Z a-z 0-9 _ -; who knows it may replace or end the session. */
export type SessionId = string;
export type CameraId = string;

export interface CandidateMessage {
  type: 'candidate';
  session: SessionId;
  /** Empty: there are no more. */
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
  usernameFragment?: string | null;
}

export type ViewerMessage =
  | { type: 'hello'; token?: string }
  | { type: 'offer'; session: SessionId; camera: CameraId; sdp: string; replaces?: SessionId }
  | CandidateMessage
  | { type: 'command'; id: string; name: string; arguments?: Json }
  | { type: 'bye'; session: SessionId; reason?: string };

/** What makes H.264 of a camera's pictures. */
export interface EncoderInfo {
  /** One of encoderKinds, or what a newer device says. */
  kind: string;
  /** "x264enc"; nothing where nothing encodes. */
  name?: string;
  /** CPU time that encoding took when it was last measured, of one core. */
  corePercent?: number;
}

/** A microphone or a loudspeaker of the device. */
export interface SoundDevice {
  /** One of cameraStates, or what a newer device says. */
  state: string;
  /** Why it is away. */
  reason?: string;
}

/** What is heard with a camera, and talked through. */
export interface AudioInfo {
  /** Without it: there is nothing to hear. */
  microphone?: SoundDevice;
  /** Without it: nobody can talk there. */
  speaker?: SoundDevice;
  /** Who talks through the speaker now, in the order of their turns; empty, a name that nobody gave. */
  talkers?: string[];
}

export interface CameraInfo {
  id: CameraId;
  name: string;
  /** One of cameraStates, or what a newer device says. */
  state: string;
  reason?: string;
  /** One of awayCauses, or what a newer device says. */
  cause?: string;
  width: number;
  height: number;
  /** That it is set up for. */
  framerate: number;
  /** Set: it gives fewer than that, for one of slowedCauses, or what a newer device says. */
  slowed?: string;
  /** It gives one picture again and again, also after it was started anew. */
  frozen?: boolean;
  /** Without it: the camera has not run yet. */
  encoder?: EncoderInfo;
  /** Without it: the camera has no sound. */
  audio?: AudioInfo;
}

export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

export interface WelcomeMessage {
  type: 'welcome';
  device: { id: string; name: string; version: string };
  cameras: CameraInfo[];
  rights: string[];
  iceServers: IceServer[];
  limits: { messageBytes: number; sdpBytes: number; candidates: number; sessions: number };
  /** Of deviceTroubles, or what a newer device says; for those alone who may do something about them. */
  troubles?: string[];
  /** Those that wait for an answer. */
  rings?: RingInfo[];
  /** What this viewer may open. */
  outputs?: OutputInfo[];
}

export interface OutputInfo {
  id: string;
  /** For people. */
  name: string;
  /** Which shows what is opened; without it, none does. */
  camera?: CameraId;
}

/** Somebody rings, or has been answered. */
export interface RingInfo {
  input: string;
  /** Of the input, for people. */
  name: string;
  /** Which shows who rings. */
  camera?: CameraId;
  /** In seconds since 1970, by the device's clock; without it, that is not set. */
  time?: number;
  /** How many seconds ago. */
  age: number;
  /** By whom, which may be empty. */
  answered?: string;
}

export interface StateMessage {
  type: 'state';
  /** Set: the state is the session's; else the camera's. */
  session?: SessionId;
  camera: CameraId;
  state: string;
  reason?: string;
  /** One of awayCauses, or what a newer device says. */
  cause?: string;
  /** Of a camera, as in CameraInfo. */
  slowed?: string;
  /** Of a camera, as in CameraInfo. */
  frozen?: boolean;
  /** Of a camera; without it, nothing is known of it. */
  encoder?: EncoderInfo;
  /** Of a camera, as in CameraInfo. */
  audio?: AudioInfo;
}

/** What has become of a turn to talk. It may come over both ways, the link and the data channel. */
export interface TalkMessage {
  type: 'talk';
  session: SessionId;
  /** One of talkStates, or what a newer device says. */
  state: string;
  /** Of who waits, from 1. */
  position?: number;
  /** One of talkEnds, or what a newer device says. */
  reason?: string;
}

export type ResultMessage =
  | { type: 'result'; id: string; ok: true; value?: Json }
  | { type: 'result'; id: string; ok: false; error: { code: string; message: string } };

export type DeviceMessage =
  | WelcomeMessage
  /** In the place of those of WelcomeMessage, before their credentials end. */
  | { type: 'ice'; iceServers: IceServer[] }
  /** All the troubles that there are now, as in WelcomeMessage. */
  | { type: 'device'; troubles: string[] }
  | { type: 'answer'; session: SessionId; sdp: string }
  | CandidateMessage
  | StateMessage
  | TalkMessage
  | ({ type: 'ring' } & RingInfo)
  | ResultMessage
  | { type: 'bye'; session: SessionId; reason: string }
  | { type: 'error'; session?: SessionId; code: string; message: string };

export const cameraStates = ['idle', 'starting', 'live', 'away'] as const;
/** Why a camera is away, where a person can do something of its own about that. */
export const awayCauses = ['missing', 'busy', 'settings', 'silent'] as const;
export type AwayCause = (typeof awayCauses)[number];
/** Why a camera gives fewer pictures than it is set up for. */
export const slowedCauses = ['heat', 'power'] as const;
export type SlowedCause = (typeof slowedCauses)[number];
/** What may be wrong with the device. */
export const deviceTroubles = ['disk', 'memory', 'stuck'] as const;
export type DeviceTrouble = (typeof deviceTroubles)[number];
export const talkStates = ['granted', 'pending', 'ended'] as const;
/** Why a turn to talk ended. */
export const talkEnds = ['limit', 'silent', 'preempted', 'released'] as const;
export const encoderKinds = ['software', 'hardware', 'passed-through'] as const;
export const byeReasons = [
  'replaced', 'left', 'ice-failed', 'dtls-failed', 'fingerprint-mismatch', 'negotiation-failed', 'connect-timeout',
  'rtcp-timeout', 'peer-closed', 'limit-exceeded', 'expired', 'revoked', 'ended', 'shutdown', 'camera-removed',
  'internal',
] as const;
/** Why a viewer is not let in. */
export const refusalCodes = [
  'unauthorized', 'expired', 'revoked', 'not-yet', 'clock-unset', 'rate-limited', 'forbidden',
] as const;
export const errorCodes = [
  ...refusalCodes, 'bad-message', 'unknown-type', 'out-of-order', 'too-large', 'too-many-candidates', 'unknown-camera',
  'unknown-session', 'session-exists', 'busy', 'unsupported-offer', 'bad-offer', 'unknown-command', 'bad-command',
  'wrong-code', 'no-pairing', 'internal',
] as const;
export type ByeReason = (typeof byeReasons)[number];
export type ErrorCode = (typeof errorCodes)[number];
export type RefusalCode = (typeof refusalCodes)[number];

export type Decoded =
  | { ok: true; message: DeviceMessage }
  | { ok: false; code: 'bad-message' | 'unknown-type'; detail: string };

export function encode(message: ViewerMessage): string {
  return JSON.stringify(message);
}

/** Reads a message of the device. Unknown fields are dropped. */
export function decode(text: string): Decoded {
  try {
    const from = parseObject(text);
    const type = stringField(from, 'type');
    const read = Object.hasOwn(readers, type) ? readers[type as DeviceMessage['type']] : undefined;
    if (!read) return { ok: false, code: 'unknown-type', detail: `message type '${type}' is unknown` };
    return { ok: true, message: read(from) };
  } catch (error) {
    if (error instanceof WrongField) return { ok: false, code: 'bad-message', detail: error.message };
    throw error;
  }
}

const readers: { [Type in DeviceMessage['type']]: (from: Json) => DeviceMessage } = {
  welcome: readWelcome,
  ice: (from) => ({ type: 'ice', iceServers: listField(from, 'iceServers', readIceServer) }),
  device: (from) => ({ type: 'device', troubles: listField(from, 'troubles', asString) }),
  answer: (from) => ({ type: 'answer', session: stringField(from, 'session'), sdp: stringField(from, 'sdp') }),
  candidate: (from) => ({
    type: 'candidate',
    session: stringField(from, 'session'),
    candidate: stringField(from, 'candidate'),
    sdpMid: nullable(from, 'sdpMid', stringField),
    sdpMLineIndex: nullable(from, 'sdpMLineIndex', indexField),
    ...optional(from, 'usernameFragment', (value, name) => nullable(value, name, stringField)),
  }),
  state: (from) => ({
    type: 'state',
    ...optional(from, 'session', stringField),
    camera: stringField(from, 'camera'),
    state: stringField(from, 'state'),
    ...optional(from, 'reason', stringField),
    ...optional(from, 'cause', stringField),
    ...optional(from, 'slowed', stringField),
    ...optional(from, 'frozen', booleanField),
    ...optional(from, 'encoder', readEncoder),
    ...optional(from, 'audio', readAudio),
  }),
  talk: (from) => ({
    type: 'talk',
    session: stringField(from, 'session'),
    state: stringField(from, 'state'),
    ...optional(from, 'position', numberField),
    ...optional(from, 'reason', stringField),
  }),
  ring: (from) => ({ type: 'ring', ...readRing(from) }),
  result: readResult,
  bye: (from) => ({ type: 'bye', session: stringField(from, 'session'), reason: stringField(from, 'reason') }),
  error: (from) => ({
    type: 'error',
    ...optional(from, 'session', stringField),
    code: stringField(from, 'code'),
    message: stringField(from, 'message'),
  }),
};

function readWelcome(from: Json): WelcomeMessage {
  const device = asObject(from['device'], 'device');
  const limits = asObject(from['limits'], 'limits');
  return {
    type: 'welcome',
    device: {
      id: stringField(device, 'id'),
      name: stringField(device, 'name'),
      version: stringField(device, 'version'),
    },
    cameras: listField(from, 'cameras', readCamera),
    rights: listField(from, 'rights', asString),
    iceServers: listField(from, 'iceServers', readIceServer),
    limits: {
      messageBytes: numberField(limits, 'messageBytes'),
      sdpBytes: numberField(limits, 'sdpBytes'),
      candidates: numberField(limits, 'candidates'),
      sessions: numberField(limits, 'sessions'),
    },
    ...optional(from, 'troubles', (object, name) => listField(object, name, asString)),
    ...optional(from, 'rings', (object, name) => listField(object, name, (ring) => readRing(asObject(ring, 'ring')))),
    ...optional(from, 'outputs', (object, name) => listField(object, name, readOutput)),
  };
}

function readOutput(value: unknown): OutputInfo {
  const from = asObject(value, 'output');
  return { id: stringField(from, 'id'), name: stringField(from, 'name'), ...optional(from, 'camera', stringField) };
}

function readRing(from: Json): RingInfo {
  return {
    input: stringField(from, 'input'),
    name: stringField(from, 'name'),
    ...optional(from, 'camera', stringField),
    ...optional(from, 'time', numberField),
    age: numberField(from, 'age'),
    ...optional(from, 'answered', stringField),
  };
}

function readCamera(value: unknown): CameraInfo {
  const from = asObject(value, 'camera');
  return {
    id: stringField(from, 'id'),
    name: stringField(from, 'name'),
    state: stringField(from, 'state'),
    ...optional(from, 'reason', stringField),
    ...optional(from, 'cause', stringField),
    width: numberField(from, 'width'),
    height: numberField(from, 'height'),
    framerate: numberField(from, 'framerate'),
    ...optional(from, 'slowed', stringField),
    ...optional(from, 'frozen', booleanField),
    ...optional(from, 'encoder', readEncoder),
    ...optional(from, 'audio', readAudio),
  };
}

function readEncoder(object: Json, name: string): EncoderInfo {
  const from = objectField(object, name);
  return {
    kind: stringField(from, 'kind'),
    ...optional(from, 'name', stringField),
    ...optional(from, 'corePercent', numberField),
  };
}

function readAudio(object: Json, name: string): AudioInfo {
  const from = objectField(object, name);
  return {
    ...optional(from, 'microphone', readSoundDevice),
    ...optional(from, 'speaker', readSoundDevice),
    ...optional(from, 'talkers', (object, list) => listField(object, list, asString)),
  };
}

function readSoundDevice(object: Json, name: string): SoundDevice {
  const from = objectField(object, name);
  return { state: stringField(from, 'state'), ...optional(from, 'reason', stringField) };
}

function readIceServer(value: unknown): IceServer {
  const from = asObject(value, 'iceServer');
  return {
    urls: listField(from, 'urls', asString),
    ...optional(from, 'username', stringField),
    ...optional(from, 'credential', stringField),
  };
}

function readResult(from: Json): DeviceMessage {
  const id = stringField(from, 'id');
  if (booleanField(from, 'ok')) return { type: 'result', id, ok: true, ...optional(from, 'value', objectField) };
  const error = asObject(from['error'], 'error');
  return {
    type: 'result',
    id,
    ok: false,
    error: { code: stringField(error, 'code'), message: stringField(error, 'message') },
  };
}
