// SPDX-License-Identifier: Apache-2.0
// Run by tools/test before the suite: fetches and makes what the suite's own network namespace could not, the kernel, the
// package, and a Debian to install it on.

import { debianPackage } from '../support/debian_package.mjs';
import { diskFor } from './debian_guest.mjs';
import { guestImage } from './guest_image.mjs';

const { description, kernel } = await guestImage();
console.log(`board guest: ${description}, image '${kernel}'`);
const file = debianPackage();
console.log(`package: '${file}'`);
console.log(`disk: '${await diskFor(file)}'`);
