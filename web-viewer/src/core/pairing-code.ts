// SPDX-License-Identifier: Apache-2.0
// The code that stands on the device's console, as people type and paste it.

/** Letters and digits. */
export const kPairingCodeLength = 8;
const kGroup = 4;

/** As it is read aloud: capitals in groups of four. What belongs into no code, or is too much, is left out. */
export function formatPairingCode(typed: string): string {
  const code = typed.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, kPairingCodeLength);
  return code.replace(new RegExp(`(.{${kGroup}})(?=.)`, 'g'), '$1-');
}

export function isWholePairingCode(formatted: string): boolean {
  return formatted.replaceAll('-', '').length === kPairingCodeLength;
}

/** Where the cursor belongs in the formatted code, so that it stays behind the same letter. */
export function formattedCursor(typed: string, cursor: number): number {
  const before = typed.slice(0, cursor).replace(/[^A-Za-z0-9]/g, '').length;
  return Math.min(before, kPairingCodeLength) + (before > kGroup ? 1 : 0);
}
