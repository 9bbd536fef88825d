// SPDX-License-Identifier: Apache-2.0
// A part of the matrix of ways between a camera and a viewer; the suite network-full has all of it.

import { controlCells, usualCells } from './matrix.mjs';
import { tryBrowsers, tryCells } from './try_cells.mjs';

tryCells('a camera and a viewer', usualCells);
tryBrowsers(controlCells);
