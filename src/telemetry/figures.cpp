// SPDX-License-Identifier: Apache-2.0
// Sums and differences.
#include "telemetry/figures.h"

namespace fanlight::telemetry {
namespace {

Count difference(Count now, Count before) {
  return now > before ? now - before : 0;
}

}  // namespace

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

DeliveryFigures DeliveryFigures::since(const DeliveryFigures& before) const {
  return {difference(frames, before.frames),
          difference(bytes, before.bytes),
          difference(droppedFrames, before.droppedFrames),
          difference(packets, before.packets),
          difference(lostPackets, before.lostPackets),
          difference(resentPackets, before.resentPackets),
          difference(nacks, before.nacks),
          difference(plis, before.plis),
          difference(firs, before.firs)};
}

}  // namespace fanlight::telemetry
