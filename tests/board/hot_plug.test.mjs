// SPDX-License-Identifier: Apache-2.0
// A camera that is pulled out and put back under a page that stays open. board-long does it a hundred times.

import { describe, test } from 'node:test';
import { BoardStage } from './board_stage.mjs';
import { plugAgainAndAgain } from './plugging.mjs';

const mode = { source: 'v4l2', width: 320, height: 180, framerate: 15 };
const times = 20;

describe('a camera that is plugged', { timeout: 900_000 }, () => {
  const stage = new BoardStage((guest) => guest.plugCameras());

  test(`${times} times comes back each time under the same session, and leaves nothing behind`, async (t) => {
    const { viewer } = await stage.serve(t, { ...mode, device: '/dev/v4l/by-path/platform-vivid.0-video-index0' });
    await stage.watch(viewer, 'plugged-first');
    await plugAgainAndAgain(t, { guest: stage.guest, viewer, pid: '$(cat /run/program.pid)', times });
    await stage.watch(viewer, 'plugged-last');
  });
});
