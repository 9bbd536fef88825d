// SPDX-License-Identifier: Apache-2.0
#include "app/turns.h"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/log.h"

namespace fanlight::app {
namespace {

/// A fraction of what session::FloorRules measures.
constexpr std::chrono::milliseconds kReviewEvery{200};

session::FloorRules toRules(const config::Audio& audio) {
  session::FloorRules rules;
  rules.talkers = audio.talkers == config::Talkers::All ? session::kMaxTalkers : 1;
  rules.limit = audio.talkLimit;
  return rules;
}

}  // namespace

Turns::Turns(const glib::MainContext& context, const std::vector<config::Audio>& settings, session::Talk& talk,
             std::function<void()> onChange)
    : context_(context), talk_(talk), onChange_(std::move(onChange)) {
  for (const config::Audio& audio : settings)
    talk_.setRules(audio.id, toRules(audio));
  talk_.onTalkers(lifetime_.bind([this](const base::AudioId& audio) { afterChange(audio); }));
}

void Turns::afterChange(const base::AudioId& audio) {
  const auto talkers = talk_.talkers(audio);
  const std::string who = talkers.empty() ? "nobody" : fmt::format("'{}'", fmt::join(talkers, "', '"));
  base::logEvent(base::LogLevel::Info, "talk", {{"EVENT", "talk"}, {"AUDIO", audio.value()}},
                 "heard by the speaker of '{}' now: {}", audio.value(), who);
  onChange_();
  // Nobody waits where nobody talks.
  if (talk_.isUsed() && !timer_.isActive())
    timer_ = glib::EventSource::timer(context_, kReviewEvery, [this] {
      talk_.tick();
      return talk_.isUsed() ? glib::Continue::Yes : glib::Continue::No;
    });
}

}  // namespace fanlight::app
