// SPDX-License-Identifier: Apache-2.0
// What somebody is about to share, as it stands in the form: all of it in one value, each change makes another.
import type { ShareRequest } from './sharing';
import type { CameraId } from './signaling-messages';

/** As the device has it, of a name in UTF-8. */
export const kMaxNameBytes = 64;

/** In seconds; undefined: without end. */
export const durations = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, forever: undefined } as const;
export type Duration = keyof typeof durations;

/** What can be switched on and off; to look is always part of it. */
export const grantableRights = ['talk', 'open', 'control', 'admin'] as const;
export type GrantableRight = (typeof grantableRights)[number];

/** A link, for somebody's browser; or a key, which stands in the addresses that a player or another page is given. */
export const shareKinds = ['link', 'key'] as const;
export type ShareKind = (typeof shareKinds)[number];

export interface ShareForm {
  kind: ShareKind;
  name: string;
  rights: readonly GrantableRight[];
  /** Of `chosen`, the cameras are beside it. */
  reach: 'this' | 'chosen' | 'all';
  chosen: readonly CameraId[];
  duration: Duration;
}

export type ShareFault = 'no-name' | 'long-name' | 'no-camera';

/** Little, and not for long: more has to be asked for. */
export function newShareForm(camera: CameraId | undefined, kind: ShareKind = 'link'): ShareForm {
  return { kind, name: '', rights: [], reach: camera === undefined ? 'all' : 'this', chosen: [], duration: 'week' };
}

export function withRight(form: ShareForm, right: GrantableRight, isOn: boolean): ShareForm {
  const others = form.rights.filter((other) => other !== right);
  return { ...form, rights: isOn ? [...others, right] : others };
}

export function withChosen(form: ShareForm, camera: CameraId, isOn: boolean): ShareForm {
  const others = form.chosen.filter((other) => other !== camera);
  return { ...form, chosen: isOn ? [...others, camera] : others };
}

/** Who may do everything can give it to themselves: then nothing else is a choice. A key is to view. */
export function isEverything(form: ShareForm): boolean {
  return form.kind === 'link' && form.rights.includes('admin');
}

/** What keeps the form from being sent, if anything. */
export function faultOf(form: ShareForm): ShareFault | undefined {
  const name = form.name.trim();
  if (name === '') return 'no-name';
  if (new TextEncoder().encode(name).length > kMaxNameBytes) return 'long-name';
  return !isEverything(form) && form.reach === 'chosen' && form.chosen.length === 0 ? 'no-camera' : undefined;
}

/**
 * `mine`: what the person here may do, which is all that they can give. `camera`: the one that is being looked at.
 * `all`: of the device; a key opens those that it names, so that one which is added later is none of them.
 */
export function requestOf(
  form: ShareForm,
  mine: readonly string[],
  camera: CameraId | undefined,
  all: readonly CameraId[],
): ShareRequest {
  const seconds = durations[form.duration];
  const cameras = camerasOf(form, camera);
  const until = seconds === undefined ? {} : { seconds };
  const name = form.name.trim();
  if (form.kind === 'key') return { name, rights: ['view'], cameras: cameras ?? [...all], ...until, form: 'key' };
  const rights = isEverything(form) ? [...mine] : ['view', ...form.rights];
  return { name, rights, ...(cameras === undefined ? {} : { cameras }), ...until };
}

function camerasOf(form: ShareForm, camera: CameraId | undefined): CameraId[] | undefined {
  if (isEverything(form) || form.reach === 'all') return undefined;
  if (form.reach === 'chosen') return [...form.chosen];
  return camera === undefined ? undefined : [camera];
}
