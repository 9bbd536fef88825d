// SPDX-License-Identifier: Apache-2.0
// Which microphones and loudspeakers a person can choose from. No DOM.

export interface SoundChoice {
  id: string;
  name: string;
}

/** Names that Chromium has for what it would take anyway: the page has a word of its own for that. */
const kAliases = ['default', 'communications'];

/** Of one kind. None where the browser has not told their names, as before the microphone was allowed. */
export function choicesOf(devices: readonly MediaDeviceInfo[], kind: MediaDeviceKind): SoundChoice[] {
  const named = devices.filter((device) => device.kind === kind && device.label !== '' && device.deviceId !== '');
  return named
    .filter(({ deviceId }) => !kAliases.includes(deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
