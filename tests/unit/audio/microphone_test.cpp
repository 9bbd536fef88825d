// SPDX-License-Identifier: Apache-2.0
// A microphone on its real pipeline: the test tone, and devices that are not there.
#include "audio/microphone.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gtest/gtest.h>

#include "audio/test_tone.h"
#include "gst/mapped_buffer.h"
#include "media/camera_fixture.h"

namespace fanlight::audio {
namespace {

using State = Microphone::State;
using PacketLog = test::PictureLog;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Of 1.2 s, so that a second begins in them.
constexpr std::size_t kEnoughPackets = 60;
constexpr std::chrono::milliseconds kPacket{20};

class MicrophoneTest : public test::LoopFixture {
 protected:
  void make(config::SoundKind kind, const std::string& device = {}) {
    config::Audio settings;
    settings.id = base::AudioId("hall");
    settings.microphone = kind;
    settings.microphoneDevice = device;
    microphone_ =
        std::make_unique<Microphone>(settings, services_, nullptr, [this] { states_.push_back(microphone_->state()); });
  }
  void awaitState(State state) {
    runUntil("the state", [this, state] { return microphone_->state() == state; });
  }
  void awaitPackets(const PacketLog& log, std::size_t number) {
    runUntil("packets", [&log, number] { return log.count() >= number; });
  }

  test::ShiftedClock clock_;
  const SoundServices services_{context_, gst::TimeBase::create(), clock_};
  std::vector<State> states_;
  std::unique_ptr<Microphone> microphone_;
};

/// The sound of packets, as a viewer's decoder makes it.
std::vector<float> decode(const std::vector<test::Picture>& packets) {
  const auto pipeline = gst::parsePipeline(
      "appsrc name=in format=time ! opusdec ! audio/x-raw,format=S16LE ! audioconvert "
      "! audio/x-raw,format=F32LE,channels=1,rate=48000 ! appsink name=out sync=false");
  const auto source = gst::findElement(pipeline->get(), "in");
  const auto sink = gst::findElement(pipeline->get(), "out");
  gst_element_set_state(pipeline->get(), GST_STATE_PLAYING);
  gst_app_src_set_caps(GST_APP_SRC(source.get()), packets.front().caps.get());
  for (const test::Picture& packet : packets)
    gst_app_src_push_buffer(GST_APP_SRC(source.get()), gst_buffer_ref(packet.buffer.get()));
  gst_app_src_end_of_stream(GST_APP_SRC(source.get()));
  std::vector<float> sound;
  while (const auto sample = gst::Ref<GstSample>::adopt(gst_app_sink_pull_sample(GST_APP_SINK(sink.get())))) {
    const gst::MappedBuffer bytes(gst_sample_get_buffer(sample.get()));
    const auto* samples = reinterpret_cast<const float*>(bytes.bytes().data());
    sound.insert(sound.end(), samples, samples + bytes.bytes().size() / sizeof(float));
  }
  gst_element_set_state(pipeline->get(), GST_STATE_NULL);
  return sound;
}

TEST_F(MicrophoneTest, IsOffUntilSomebodyListens) {
  make(config::SoundKind::Test);
  EXPECT_EQ(microphone_->state(), State::Idle);
  const auto view = microphone_->view();
  awaitState(State::Live);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
}

TEST_F(MicrophoneTest, IsOffSoonAfterTheLastHasLeft) {
  make(config::SoundKind::Test);
  auto view = microphone_->view();
  awaitState(State::Live);
  view = {};
  clock_.jump(std::chrono::seconds(6));
  awaitState(State::Idle);
}

TEST_F(MicrophoneTest, GivesAPacketOfOpusEvery20Milliseconds) {
  make(config::SoundKind::Test);
  const auto view = microphone_->view();
  PacketLog log(view.fanout, clock_);
  awaitPackets(log, kEnoughPackets);
  const auto& packets = log.end();
  // The first is shorter: the encoder looks ahead.
  for (std::size_t i = 2; i < packets.size(); ++i)
    EXPECT_NEAR(static_cast<double>(GST_BUFFER_PTS(packets[i].buffer.get())),
                static_cast<double>(GST_BUFFER_PTS(packets[i - 1].buffer.get())) +
                    static_cast<double>(std::chrono::nanoseconds(kPacket).count()),
                GST_MSECOND);
  EXPECT_STREQ(gst_structure_get_name(gst_caps_get_structure(packets.front().caps.get(), 0)), "audio/x-opus");
}

TEST_F(MicrophoneTest, GivesWhatItHears) {
  make(config::SoundKind::Test);
  const auto view = microphone_->view();
  PacketLog log(view.fanout, clock_);
  awaitPackets(log, kEnoughPackets);
  const std::vector<float> sound = decode(log.end());
  const auto loud = std::ranges::count_if(sound, [](float sample) { return std::abs(sample) > 0.1F; });
  // One chirp or two, of a tenth of a second each, under their windows.
  EXPECT_GT(loud, kChirpSamples / 3);
  EXPECT_LT(loud, 2 * kChirpSamples);
}

TEST_F(MicrophoneTest, GivesThosePacketsToAllWhoListen) {
  make(config::SoundKind::Test);
  const auto view = microphone_->view();
  PacketLog first(view.fanout, clock_);
  PacketLog second(view.fanout, clock_);
  awaitPackets(first, 5);
  awaitPackets(second, 5);
  // The same memory, by reference.
  EXPECT_EQ(gst_buffer_peek_memory(first.end()[3].buffer.get(), 0),
            gst_buffer_peek_memory(second.end()[3].buffer.get(), 0));
}

TEST_F(MicrophoneTest, IsAwayWhereThereIsNone) {
  make(config::SoundKind::Alsa, "hw:31");
  const auto view = microphone_->view();
  awaitState(State::Away);
  EXPECT_THAT(microphone_->reason(), HasSubstr("hw:31"));
}

TEST_F(MicrophoneTest, IsTriedAgainWhileSomebodyWantsToListen) {
  make(config::SoundKind::Alsa, "hw:31");
  const auto view = microphone_->view();
  awaitState(State::Away);
  clock_.jump(std::chrono::seconds(5));
  runUntil("another start", [this] { return microphone_->starts() > 1; });
  EXPECT_EQ(microphone_->state(), State::Away);
}

}  // namespace
}  // namespace fanlight::audio
