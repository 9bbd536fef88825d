// SPDX-License-Identifier: Apache-2.0
// Which controls a viewer has, by what the device lets them do: the one place where rights turn into things to press.
import { grantableRights, type GrantableRight } from './share-form';

export interface Abilities {
  /** The share button, its panel, and what is in it. */
  share: boolean;
  /** What may be given to others: nobody gives what they do not have. */
  give: readonly GrantableRight[];
  /** The device's part of a check-up: it tells what only its owner need know. */
  examine: boolean;
  /** The button to talk, where the camera has a loudspeaker. */
  talk: boolean;
  /** Says why the microphone would not work: it is withheld from a page that came over plain HTTP. */
  microphoneHint: boolean;
}

/** `rights`: as of `welcome`; unknown ones are a newer device's. `isSecure`: as the browser judges the page. */
export function abilitiesOf(rights: readonly string[], isSecure: boolean): Abilities {
  return {
    share: rights.includes('admin'),
    give: grantableRights.filter((right) => rights.includes(right)),
    examine: rights.includes('admin'),
    talk: rights.includes('talk'),
    microphoneHint: rights.includes('talk') && !isSecure,
  };
}
