// SPDX-License-Identifier: Apache-2.0
#include "app/sound_verdicts.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "audio/echo_delay.h"
#include "audio/echo_watch.h"

namespace fanlight::app {
namespace {

using Seen = audio::SoundCheck::Findings;
using session::Finding;
using Verdict = Finding::Verdict;

/// dB of full scale: louder than any room.
constexpr double kNoisy = -35;
/// dB: a chirp that is this little above the room is heard, and a voice hardly.
constexpr double kClear = 10;
/// Share of samples.
constexpr double kSomeClipped = 0.0005;

constexpr double kEarliest = static_cast<double>(audio::EchoDelay::kEarliest) / audio::SoundHistory::kMillisecond;
constexpr double kLatest = static_cast<double>(audio::EchoDelay::kLatest) / audio::SoundHistory::kMillisecond;

Finding broken(std::string_view what, const audio::SoundCheck::Device& device) {
  return {Verdict::Broken, std::string(what), device.reason,
          "'fanlight devices' lists what there is; a device that something else uses is free when that has ended"};
}

Finding ofMicrophone(const Seen& seen) {
  if (!seen.microphone->works)
    return broken("microphone", *seen.microphone);
  if (!seen.room && seen.chirps)
    return {Verdict::Ok, "microphone", "it works, and gives nothing but zeros while nothing is played", ""};
  if (!seen.room)
    return {Verdict::Broken, "microphone", "it gives nothing but zeros",
            "it may be muted: see 'alsamixer' (F4 shows what captures), or 'pactl list sources'"};
  auto evidence = fmt::format("it works, and hears {:.0f} dB while nothing is played", *seen.room);
  if (*seen.room > kNoisy)
    return {Verdict::Warning, "microphone", std::move(evidence), "turn its gain down, or look for what hums"};
  return {Verdict::Ok, "microphone", std::move(evidence), ""};
}

Finding ofSpeaker(const Seen& seen) {
  if (!seen.speaker->works)
    return broken("speaker", *seen.speaker);
  return {Verdict::Ok, "speaker", "it takes sound", ""};
}

Finding ofChirps(const Seen& seen) {
  if (!seen.microphone || !seen.microphone->works)
    return {Verdict::Ok, "chirp", fmt::format("{} were played; no microphone hears them", audio::SoundCheck::kChirps),
            "listen whether you do"};
  if (!seen.chirps)
    return {Verdict::Broken, "chirp", fmt::format("none of {} was heard by the microphone", audio::SoundCheck::kChirps),
            "turn the speaker up; if you hear it well, the microphone is another one than the one beside it"};
  auto evidence = fmt::format("{} of {} were heard, at {:.0f} dB", seen.chirps->count, audio::SoundCheck::kChirps,
                              seen.chirps->level);
  if (seen.room)
    evidence += fmt::format(", {:.0f} dB above the room", seen.chirps->level - *seen.room);
  if (seen.clipped > kSomeClipped)
    return {Verdict::Warning, "chirp", evidence + ", and cut off where they were loudest",
            "turn the speaker down, or the microphone's gain"};
  if (seen.room && seen.chirps->level - *seen.room < kClear)
    return {Verdict::Warning, "chirp", std::move(evidence), "turn the speaker up, or the microphone's gain"};
  return {Verdict::Ok, "chirp", std::move(evidence), ""};
}

Finding ofDelay(const Seen& seen) {
  const double behind = seen.chirps->behind;
  auto evidence = fmt::format("{:.0f} ms from the mixer back to the microphone, {:.0f} ms {} than the devices say",
                              seen.chirps->delay, std::abs(behind), behind < 0 ? "less" : "more");
  if (behind < kEarliest || behind > kLatest)
    return {Verdict::Warning, "delay", std::move(evidence),
            fmt::format("echo is found from {:.0f} to {:.0f} ms: use devices that are nearer, without Bluetooth",
                        kEarliest, kLatest)};
  return {Verdict::Ok, "delay", std::move(evidence), ""};
}

std::string_view whoSpeaks(config::Duplex duplex) {
  switch (duplex) {
    case config::Duplex::Full:
      return "both sides speak at once all the same (duplex = \"full\")";
    case config::Duplex::Half:
      return "the two sides take turns (duplex = \"half\")";
    case config::Duplex::Auto:
      return "the two sides take turns until it is";
  }
  return "";
}

Finding ofEcho(const config::Audio& settings, const Seen& seen) {
  if (!seen.takenOut && settings.voiceProcessing)
    return {Verdict::Warning, "echo", "it is not known: the microphone gave no more while it was looked for",
            "type this once more"};
  if (!seen.takenOut)
    return {settings.duplex == config::Duplex::Full ? Verdict::Warning : Verdict::Ok, "echo",
            fmt::format("it is left as it is by voice_processing = false: {}", whoSpeaks(settings.duplex)), ""};
  const bool isEnough = *seen.takenOut >= audio::kKeptLoss;
  if (seen.proven && settings.duplex == config::Duplex::Auto)
    return {Verdict::Ok, "echo",
            fmt::format("{:.0f} dB of it are taken out: both sides may speak at once after {} s of somebody's words",
                        *seen.takenOut, seen.proven->count()),
            ""};
  const bool isFine = settings.duplex == config::Duplex::Half || (settings.duplex == config::Duplex::Full && isEnough);
  return {isFine ? Verdict::Ok : Verdict::Warning, "echo",
          fmt::format("{:.0f} dB of it are taken out{}: {}", *seen.takenOut, isFine ? "" : ", which is not enough",
                      whoSpeaks(settings.duplex)),
          isFine ? "" : "turn the speaker down, and move it away from the microphone"};
}

}  // namespace

session::Findings judge(const config::Audio& settings, const Seen& seen) {
  session::Findings findings;
  if (seen.microphone)
    findings.push_back(ofMicrophone(seen));
  if (seen.speaker)
    findings.push_back(ofSpeaker(seen));
  if (seen.isPlayed)
    findings.push_back(ofChirps(seen));
  if (!seen.chirps)
    return findings;
  findings.push_back(ofDelay(seen));
  findings.push_back(ofEcho(settings, seen));
  return findings;
}

}  // namespace fanlight::app
