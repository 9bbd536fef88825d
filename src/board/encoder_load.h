// SPDX-License-Identifier: Apache-2.0
// What an encoder costs here, found out by encoding. Blocks for a second or more, and counts all CPU time of the
// process: for a command that does nothing else meanwhile.
#pragma once

#include "base/result.h"
#include "board/encoder_probe.h"

namespace fanlight::board {

/// Cores kept busy while the camera runs: 0.6 is 60 % of one. For moving noise, which is more than most cameras see.
base::Result<double> measureEncoderLoad(const Encoder& encoder, const EncodeTask& task);

}  // namespace fanlight::board
