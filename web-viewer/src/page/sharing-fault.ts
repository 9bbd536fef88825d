// SPDX-License-Identifier: Apache-2.0
// Why a command about sharing failed, as there are words for.
import { kNoAnswer, kNoLink } from '../core/command-caller';
import type { texts } from './language';

export type SharingFault = keyof typeof texts.sharing.faults;

/** `code`: of the device, or of command-caller.ts. */
export function sharingFault(code: string): SharingFault {
  if (code === kNoLink || code === kNoAnswer) return 'unreachable';
  if (code === 'rate-limited') return 'too-often';
  return code === 'forbidden' || code === 'clock-unset' || code === 'busy' ? code : 'other';
}
