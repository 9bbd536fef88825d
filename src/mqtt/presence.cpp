// SPDX-License-Identifier: Apache-2.0
#include "mqtt/presence.h"

#include <utility>

#include "base/random.h"
#include "json/read.h"
#include "signaling/codec.h"

namespace fanlight::mqtt {
namespace {

constexpr std::size_t kMaxInstanceBytes = 64;

}  // namespace

Publication online(const Topics& topics) {
  return {topics.status(), "online", true};
}

Publication offline(const Topics& topics) {
  return {topics.status(), "offline", true};
}

Presence::Presence(Topics topics, session::Catalogue& catalogue, signaling::DeviceInfo device, Publish publish)
    : topics_(std::move(topics)),
      catalogue_(catalogue),
      device_(std::move(device)),
      publish_(std::move(publish)),
      instance_(base::randomId()),
      changes_(catalogue_.subscribe([this](const session::CameraInfo& /*camera*/) { hasChanged_ = true; })) {}

void Presence::announce() {
  publish_(online(topics_));
  publishInfo();
}

bool Presence::isOfAnother(const Message& info) const {
  const auto object = json::parseObject(info.payload);
  if (!hasSaid_ || !object)
    return false;
  json::Reader reader(object->get());
  const auto instance = reader.nullableText("instance", kMaxInstanceBytes);
  return !reader.fault() && instance && *instance != instance_;
}

void Presence::tick() {
  if (hasChanged_)
    publishInfo();
}

void Presence::publishInfo() {
  hasChanged_ = false;
  hasSaid_ = true;
  publish_({topics_.info(), signaling::encodeInfo(device_, catalogue_.cameras(), instance_), true});
}

}  // namespace fanlight::mqtt
