// SPDX-License-Identifier: Apache-2.0
// That the device is there and which cameras it has, for whoever may read its topics: both retained. Main thread.
#pragma once

#include "mqtt/broker.h"
#include "mqtt/topics.h"
#include "session/catalogue.h"
#include "signaling/messages.h"

namespace fanlight::mqtt {

Publication online(const Topics& topics);
Publication offline(const Topics& topics);

class Presence {
 public:
  /// `catalogue` outlives it.
  Presence(Topics topics, session::Catalogue& catalogue, signaling::DeviceInfo device, Publish publish);
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  /// All of it, to a broker that may know nothing. What is at topics.info() has been subscribed to before.
  void announce();
  /// Whether what is at topics.info() was said by another device of the same id, since this one said it.
  bool isOfAnother(const Message& info) const;
  /// What has changed since; asked once a second, so that a camera that comes and goes does not flood anybody.
  void tick();

 private:
  void publishInfo();

  const Topics topics_;
  session::Catalogue& catalogue_;
  const signaling::DeviceInfo device_;
  const Publish publish_;
  const std::string instance_;  ///< of this process
  bool hasSaid_ = false;
  bool hasChanged_ = false;
  session::Subscription changes_;
};

}  // namespace fanlight::mqtt
