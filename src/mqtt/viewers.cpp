// SPDX-License-Identifier: Apache-2.0
#include "mqtt/viewers.h"

#include <algorithm>
#include <utility>

#include <glib.h>

#include "base/log.h"

namespace fanlight::mqtt {
namespace {

constexpr const char* kRetained = "retained";
constexpr const char* kTooLarge = "too-large";
constexpr const char* kMalformed = "malformed";
constexpr const char* kUnknown = "unknown-channel";
/// Altered, or given to us twice.
constexpr const char* kNotAuthentic = "not-authentic";
constexpr const char* kBusy = "busy";

}  // namespace

/// An empty text closes it, from either end.
class Viewers::Channel final : public session::Channel {
 public:
  Channel(std::string topic, SealedWay way, const Publish& publish)
      : topic_(std::move(topic)), way_(std::move(way)), publish_(publish) {}

  SealedWay& way() { return way_; }
  bool isClosed() const { return isClosed_; }

  void send(std::string_view text) override {
    if (!isClosed_)
      publish_({topic_, way_.seal(text), false, kMessageLife});
  }
  void close() override {
    send("");
    isClosed_ = true;
  }
  void setListener(session::ChannelListener* listener) override { listener_ = listener; }

  void take(std::string_view text) {
    if (text.empty())
      isClosed_ = true;
    if (isClosed_ || !listener_)
      return;
    if (text.size() > signaling::kMaxMessageBytes)
      listener_->onTooLarge(signaling::kMaxMessageBytes);
    else
      listener_->onMessage(text);
  }
  void end() {
    if (listener_)
      std::exchange(listener_, nullptr)->onClosed();
  }

 private:
  const std::string topic_;
  SealedWay way_;
  const Publish& publish_;
  session::ChannelListener* listener_ = nullptr;
  bool isClosed_ = false;
};

struct Viewers::Viewer {
  Viewer(const std::string& viewer, const std::string& topic, SealedWay way, const Publish& publish,
         const signaling::Services& services)
      : name(viewer),
        channel(topic, std::move(way), publish),
        endpoint(services, channel, {session::SourceId("mqtt:" + viewer)}, base::Secret()),
        began(services.clock.now()),
        heard(began) {}

  bool isOver(base::TimePoint now) const {
    return channel.isClosed() || now - heard > kSilenceLimit || (!endpoint.hasGrant() && now - began > kHelloLimit);
  }

  const std::string name;
  Channel channel;
  signaling::Endpoint endpoint;
  const base::TimePoint began;
  base::TimePoint heard;
};

Viewers::Viewers(Topics topics, DeviceKey key, const signaling::Services& services, Publish publish)
    : topics_(std::move(topics)),
      key_(std::move(key)),
      services_(services),
      publish_(std::move(publish)),
      refusals_{{kRetained, 0}, {kTooLarge, 0}, {kMalformed, 0}, {kUnknown, 0}, {kNotAuthentic, 0}, {kBusy, 0}} {
  base::logInfo("mqtt", "viewers who come by the broker seal what they say to the key '{}'", key_.publicText());
}

Viewers::~Viewers() = default;

void Viewers::take(const Message& message) {
  const auto name = topics_.viewerOf(message.topic);
  // What was kept for us is not of now, whoever kept it.
  if (message.isRetained)
    return refuse(kRetained);
  if (message.isTooLarge)
    return refuse(kTooLarge);
  if (!name || message.payload.empty())
    return refuse(kMalformed);
  if (!tagOf(message.payload).empty())
    return pass(*name, message.payload);
  open(*name, message.payload);
}

void Viewers::open(const std::string& name, std::string_view message) {
  auto opening = answerOpen(key_, message);
  if (!opening)
    return refuse(kMalformed);
  const auto isSame = [&opening](const auto& viewer) { return viewer->channel.way().tag() == opening->way.tag(); };
  if (std::ranges::any_of(viewers_, isSame))
    return refuse(kNotAuthentic);
  makeRoom();
  if (viewers_.size() >= kMaxChannels)
    return refuse(kBusy);
  const std::string topic = topics_.signalOut(name);
  viewers_.push_back(std::make_unique<Viewer>(name, topic, std::move(opening->way), publish_, services_));
  publish_({topic, std::move(opening->opened), false, kMessageLife});
}

void Viewers::pass(const std::string& name, std::string_view message) {
  const auto found = std::ranges::find_if(viewers_, [&name, tag = tagOf(message)](const auto& viewer) {
    return viewer->name == name && viewer->channel.way().tag() == tag;
  });
  if (found == viewers_.end())
    return refuse(kUnknown);
  Viewer& viewer = **found;
  const auto text = viewer.channel.way().open(message);
  if (!text)
    return refuse(kNotAuthentic);
  if (!g_utf8_validate_len(text->data(), text->size(), nullptr))
    return refuse(kMalformed);
  viewer.heard = services_.clock.now();
  viewer.channel.take(*text);
}

/// Whoever may write to the topics can draw keys as fast as messages pass; those who have said who they are stay.
void Viewers::makeRoom() {
  const auto isStranger = [](const auto& viewer) { return !viewer->endpoint.hasGrant(); };
  if (static_cast<std::size_t>(std::ranges::count_if(viewers_, isStranger)) >= kMaxStrangers)
    viewers_.erase(std::ranges::find_if(viewers_, isStranger));
}

void Viewers::tick() {
  const base::TimePoint now = services_.clock.now();
  for (const auto& viewer : viewers_)
    viewer->endpoint.review();
  std::erase_if(viewers_, [now](const auto& viewer) {
    if (!viewer->isOver(now))
      return false;
    viewer->channel.close();
    viewer->channel.end();
    return true;
  });
}

}  // namespace fanlight::mqtt
