// SPDX-License-Identifier: Apache-2.0
// All of the matrix of ways between a camera and a viewer.

import { cellsOf } from '../network/matrix.mjs';
import { tryCells } from '../network/try_cells.mjs';

for (const help of /** @type {const} */ (['none', 'stun', 'turn'])) tryCells(`with help: ${help}`, cellsOf(help));
