// SPDX-License-Identifier: Apache-2.0
// Sums.
#include "telemetry/figures.h"

namespace fanlight::telemetry {

DeliveryFigures& DeliveryFigures::operator+=(const DeliveryFigures& other) {
  frames += other.frames;
  bytes += other.bytes;
  droppedFrames += other.droppedFrames;
  packets += other.packets;
  lostPackets += other.lostPackets;
  resentPackets += other.resentPackets;
  nacks += other.nacks;
  plis += other.plis;
  firs += other.firs;
  return *this;
}

}  // namespace fanlight::telemetry
