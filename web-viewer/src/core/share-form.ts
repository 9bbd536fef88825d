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
export const grantableRights = ['talk', 'control', 'admin'] as const;
export type GrantableRight = (typeof grantableRights)[number];

export interface ShareForm {
  name: string;
  rights: readonly GrantableRight[];
  /** Of `chosen`, the cameras are beside it. */
  reach: 'this' | 'chosen' | 'all';
  chosen: readonly CameraId[];
  duration: Duration;
}

export type ShareFault = 'no-name' | 'long-name' | 'no-camera';

/** Little, and not for long: more has to be asked for. */
export function newShareForm(camera: CameraId | undefined): ShareForm {
  return { name: '', rights: [], reach: camera === undefined ? 'all' : 'this', chosen: [], duration: 'week' };
}

export function withRight(form: ShareForm, right: GrantableRight, isOn: boolean): ShareForm {
  const others = form.rights.filter((other) => other !== right);
  return { ...form, rights: isOn ? [...others, right] : others };
}

export function withChosen(form: ShareForm, camera: CameraId, isOn: boolean): ShareForm {
  const others = form.chosen.filter((other) => other !== camera);
  return { ...form, chosen: isOn ? [...others, camera] : others };
}

/** Who may do everything can give it to themselves: then nothing else is a choice. */
export function isEverything(form: ShareForm): boolean {
  return form.rights.includes('admin');
}

/** What keeps the form from being sent, if anything. */
export function faultOf(form: ShareForm): ShareFault | undefined {
  const name = form.name.trim();
  if (name === '') return 'no-name';
  if (new TextEncoder().encode(name).length > kMaxNameBytes) return 'long-name';
  return !isEverything(form) && form.reach === 'chosen' && form.chosen.length === 0 ? 'no-camera' : undefined;
}

/** `mine`: what the person here may do, which is all that they can give. `camera`: the one that is being looked at. */
export function requestOf(form: ShareForm, mine: readonly string[], camera: CameraId | undefined): ShareRequest {
  const seconds = durations[form.duration];
  const cameras = camerasOf(form, camera);
  return {
    name: form.name.trim(),
    rights: isEverything(form) ? [...mine] : ['view', ...form.rights],
    ...(cameras === undefined ? {} : { cameras }),
    ...(seconds === undefined ? {} : { seconds }),
  };
}

function camerasOf(form: ShareForm, camera: CameraId | undefined): CameraId[] | undefined {
  if (isEverything(form) || form.reach === 'all') return undefined;
  if (form.reach === 'chosen') return [...form.chosen];
  return camera === undefined ? undefined : [camera];
}
