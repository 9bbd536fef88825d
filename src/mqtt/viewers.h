// SPDX-License-Identifier: Apache-2.0
// Viewers who come by the broker: a channel each, sealed, joined to signaling like any other. Main thread.
#pragma once

#include <list>
#include <memory>
#include <string>

#include "mqtt/broker.h"
#include "mqtt/sealing.h"
#include "mqtt/topics.h"
#include "signaling/endpoint.h"
#include "telemetry/figures.h"

namespace fanlight::mqtt {

/// At once; of those that have not said who they are, fewer, and the oldest goes.
inline constexpr std::size_t kMaxChannels = 64;
inline constexpr std::size_t kMaxStrangers = 16;
/// Within this a viewer has said who it is.
inline constexpr base::Duration kHelloLimit = std::chrono::seconds(10);
/// A viewer says something (the command `ping`) every half of this: the broker does not tell that it is gone.
inline constexpr base::Duration kSilenceLimit = std::chrono::seconds(60);
/// After which the broker throws away what the viewer has not taken.
inline constexpr std::chrono::seconds kMessageLife{15};

class Viewers {
 public:
  /// `services` outlives it.
  Viewers(Topics topics, DeviceKey key, const signaling::Services& services, Publish publish);
  ~Viewers();
  Viewers(const Viewers&) = delete;
  Viewers& operator=(const Viewers&) = delete;

  /// One that came at Topics::signalIn().
  void take(const Message& message);
  /// Once a second, after Registry::tick().
  void tick();

  /// Messages that were refused, by why.
  const telemetry::Counts& refusals() const { return refusals_; }

 private:
  class Channel;
  struct Viewer;

  void open(const std::string& name, std::string_view message);
  void pass(const std::string& name, std::string_view message);
  void makeRoom();
  void refuse(std::string_view why) { ++refusals_.find(why)->second; }

  const Topics topics_;
  const DeviceKey key_;
  const signaling::Services& services_;
  const Publish publish_;
  telemetry::Counts refusals_;
  std::list<std::unique_ptr<Viewer>> viewers_;  ///< the oldest first
};

}  // namespace fanlight::mqtt
