// SPDX-License-Identifier: Apache-2.0
// Run by tools/test before the suite: fetches the guest's kernel, which the suite's own network namespace could not.

import { guestImage } from './guest_image.mjs';

const { description, kernel } = await guestImage();
console.log(`board guest: ${description}, image '${kernel}'`);
