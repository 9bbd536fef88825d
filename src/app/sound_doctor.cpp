// SPDX-License-Identifier: Apache-2.0
#include "app/sound_doctor.h"

#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "app/finding_lines.h"
#include "app/sound_verdicts.h"
#include "glib/main_context.h"

namespace fanlight::app {
namespace {

using Verdict = session::Finding::Verdict;

bool isTest(const config::Audio& audio) {
  return audio.microphone == config::SoundKind::Test || audio.speaker == config::SoundKind::Test;
}

audio::SoundCheck::Findings check(const config::Audio& settings, const audio::SoundServices& services) {
  std::optional<audio::SoundCheck::Findings> seen;
  audio::SoundCheck soundCheck(settings, services,
                               [&seen](const audio::SoundCheck::Findings& findings) { seen = findings; });
  while (!seen)
    services.context.iterate(true);
  return *seen;
}

/// Whether all of it works.
bool examine(const config::Audio& settings, const audio::SoundServices& services) {
  fmt::print("Sound of '{}'\n", settings.id.value());
  if (settings.microphone == config::SoundKind::None && settings.speaker == config::SoundKind::None) {
    print({{Verdict::Warning, "device", "it has neither a microphone nor a speaker", "set 'microphone' or 'speaker'"}});
    return true;
  }
  if (isTest(settings)) {
    print({{Verdict::Warning, "device", "it is the test tone, or the speaker for tests, which nobody hears",
            "set 'microphone' and 'speaker' to what is there: 'fanlight devices' lists it"}});
    return true;
  }
  if (settings.speaker != config::SoundKind::None)
    fmt::print("  {} chirps, and then a murmur of up to 20 seconds: keep quiet meanwhile\n",
               audio::SoundCheck::kChirps);
  std::fflush(stdout);
  const auto findings = judge(settings, check(settings, services));
  print(findings);
  return !isBroken(findings);
}

}  // namespace

ExitCode runSoundDoctor(const config::Settings& settings) {
  if (settings.audios.empty()) {
    fmt::print(stderr, "fanlight: no [[audio]] is configured, so that there is no sound to try\n");
    return ExitCode::Config;
  }
  const base::SteadyClock clock;
  const audio::SoundServices services{glib::MainContext::main(), gst::TimeBase::create(), clock};
  bool works = true;
  for (const config::Audio& audio : settings.audios)
    works = examine(audio, services) && works;
  return works ? ExitCode::Ok : ExitCode::Unavailable;
}

}  // namespace fanlight::app
