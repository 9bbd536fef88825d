// SPDX-License-Identifier: Apache-2.0
// The same guests as the suite board's.

import '../board/prepare.mjs';
