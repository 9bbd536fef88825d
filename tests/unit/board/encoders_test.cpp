// SPDX-License-Identifier: Apache-2.0
// The table of encoders against its fragments and against GStreamer.
#include "board/encoders.h"

#include <gmock/gmock.h>

#include "board/encoder_probe.h"
#include "board/encoders_here.h"
#include "board/stand_in_v4l2_encoder.h"
#include "gst/element.h"
#include "gst/fragment.h"
#include "gst/pipeline.h"

namespace fanlight::board {
namespace {

using ::testing::UnorderedElementsAreArray;

constexpr EncodeTask kTask{{1280, 720}, {30, 1}, {2'500'000}, 300};

std::vector<std::string> namesOf(std::span<const EncoderKind> kinds) {
  std::vector<std::string> names;
  for (const EncoderKind& kind : kinds)
    names.emplace_back(kind.name);
  return names;
}

TEST(Encoders, AreExactlyTheFragmentsOfTheirRole) {
  EXPECT_THAT(namesOf(knownEncoders()), UnorderedElementsAreArray(gst::fragmentNames("encode")));
}

class KnownEncoder : public ::testing::TestWithParam<EncoderKind> {
 protected:
  // The element of the rendered text; empty (and a failure) where it cannot be had.
  gst::Ref<GstElement> encoder() {
    const auto text = renderEncoder(row(), kTask);
    EXPECT_TRUE(text) << text.error().message;
    const auto bin = pipeline_.addBin(text.value_or("") + " ! identity");
    EXPECT_TRUE(bin) << bin.error().message;
    return bin ? gst::findElement(*bin, "encoder") : nullptr;
  }
  static Encoder row() { return {.kind = &GetParam()}; }
  static std::string factoryOf(const gst::Ref<GstElement>& element) {
    return GST_OBJECT_NAME(gst_element_get_factory(element.get()));
  }

  gst::Pipeline pipeline_{"test", gst::TimeBase::create(), glib::MainContext::create(), {}};
};

TEST_P(KnownEncoder, IsTheElementThatItsFragmentNames) {
  const auto element = encoder();
  ASSERT_TRUE(element);
  EXPECT_EQ(factoryOf(element), GetParam().factory);
}

TEST_P(KnownEncoder, TakesThePicturesThatItsRowNames) {
  const auto element = encoder();
  ASSERT_TRUE(element);
  const auto taken =
      gst::Ref<GstCaps>::adopt(gst_pad_get_pad_template_caps(gst::staticPad(element.get(), "sink").get()));
  const auto named = gst::Ref<GstCaps>::adopt(gst_caps_from_string(GetParam().input));
  ASSERT_TRUE(named) << GetParam().input;
  EXPECT_TRUE(gst_caps_can_intersect(taken.get(), named.get()));
}

// How the row sets a bitrate means the same as its fragment does.
TEST_P(KnownEncoder, HasTheBitrateOfItsTask) {
  if (!GetParam().isSoftware)
    GTEST_SKIP() << "not every hardware encoder can be asked for its bitrate";
  const auto element = encoder();
  ASSERT_TRUE(element);
  const auto bitrate = [&element] {
    guint units = 0;
    g_object_get(element.get(), "bitrate", &units, nullptr);
    return units;
  };
  const guint rendered = bitrate();
  GetParam().setBitrate(element.get(), {kTask.bitrate.bitsPerSecond / 2});
  EXPECT_EQ(bitrate(), rendered / 2);
  GetParam().setBitrate(element.get(), kTask.bitrate);
  EXPECT_EQ(bitrate(), rendered);
}

TEST_P(KnownEncoder, IsToldTheLevelOfItsTask) {
  const auto text = renderEncoder(row(), kTask);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_THAT(*text, ::testing::HasSubstr("level=(string)\"3.1\""));
}

TEST_P(KnownEncoder, MayRiseToTenMegabitsThoughItsPictureIsSmall) {
  if (!GetParam().isSoftware)
    GTEST_SKIP() << "a hardware encoder is told no more than its task";
  const auto text = renderEncoder(row(), {{320, 240}, {30, 1}, {500'000}, 300});
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_THAT(*text, ::testing::HasSubstr("level=(string)\"3\""));
}

TEST_P(KnownEncoder, CannotBeRenderedBeyondTheLevels) {
  EncodeTask task = kTask;
  task.resolution = {16000, 9000};
  const auto text = renderEncoder(row(), task);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, base::ErrorCode::Unsupported);
  EXPECT_EQ(text.error().message, "16000x9000 at 30 frames/s is beyond H.264's levels");
}

TEST_P(KnownEncoder, WorksHere) {
  EncoderProbe probe;
  const auto chosen = probe.choose(GetParam().name, kTask);
  ASSERT_TRUE(chosen) << chosen.error().message;
  EXPECT_EQ((*chosen)->kind->name, GetParam().name);
}

TEST(EncoderLimits, RoundsABitrateDownToAStep) {
  const EncoderLimits limits{.highestBitrate = {20'000'000}, .bitrateStep = {25'000}};
  EXPECT_EQ(limits.within({1'999'999}), base::Bitrate{1'975'000});
  EXPECT_EQ(limits.within({25'000'000}), base::Bitrate{20'000'000});
  EXPECT_EQ(limits.within({1'000}), base::Bitrate{25'000});
  EXPECT_EQ(EncoderLimits{}.within({1'999'999}), base::Bitrate{1'999'999});
}

TEST(EncoderLimits, AreWhatItsTextAsksFor) {
  const Encoder pi{.kind = findEncoder("v4l2h264enc"),
                   .limits = {.lowestLevel = "4", .highestBitrate = {20'000'000}, .bitrateStep = {25'000}}};
  const auto small = renderEncoder(pi, {{640, 480}, {15, 1}, {1'010'000}, 150});
  ASSERT_TRUE(small) << small.error().message;
  EXPECT_THAT(*small, ::testing::AllOf(::testing::HasSubstr("level=(string)\"4\""),
                                       ::testing::HasSubstr("video_bitrate=1000000,")));
  const auto fast = renderEncoder(pi, {{1280, 720}, {120, 1}, {4'000'000}, 1200});
  ASSERT_TRUE(fast) << fast.error().message;
  EXPECT_THAT(*fast, ::testing::HasSubstr("level=(string)\"4.2\""));
}

// No machine here has the real one: what is shown is what it would be told.
class V4l2Encoder : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto text = renderEncoder(row_, kTask);
    ASSERT_TRUE(text) << text.error().message;
    const auto bin = pipeline_.addBin(*text + " ! identity");
    ASSERT_TRUE(bin) << bin.error().message;
    element_ = gst::findElement(*bin, "encoder");
  }

  const test::StandInV4l2Encoder standIn_;
  const Encoder row_{.kind = findEncoder("v4l2h264enc")};
  gst::Pipeline pipeline_{"test", gst::TimeBase::create(), glib::MainContext::create(), {}};
  gst::Ref<GstElement> element_;
};

TEST_F(V4l2Encoder, IsToldAllItsControlsAtEachBitrate) {
  row_.kind->setBitrate(element_.get(), {900'000});
  EXPECT_EQ(test::StandInV4l2Encoder::controlsOf(element_.get()),
            "video_bitrate_mode=1 video_bitrate=900000 h264_i_frame_period=300 repeat_sequence_header=0 ");
}

TEST_F(V4l2Encoder, IsAskedForAKeyFrameByItsControlEachTime) {
  row_.kind->askForKeyFrame(element_.get());
  row_.kind->askForKeyFrame(element_.get());
  EXPECT_EQ(test::StandInV4l2Encoder::pressesOf(element_.get()), 2);
}

TEST_F(V4l2Encoder, IsAskedForNoKeyFrameByABitrate) {
  row_.kind->askForKeyFrame(element_.get());
  row_.kind->setBitrate(element_.get(), {900'000});
  EXPECT_EQ(test::StandInV4l2Encoder::pressesOf(element_.get()), 1);
}

INSTANTIATE_TEST_SUITE_P(Encoders, KnownEncoder, ::testing::ValuesIn(test::encodersHere()),
                         [](const auto& kind) { return std::string(kind.param.name); });

class AnyEncoder : public ::testing::TestWithParam<EncoderKind> {};

TEST_P(AnyEncoder, IsHere) {
  if (gst::hasElement(GetParam().factory))
    return;
  ASSERT_FALSE(GetParam().isSoftware) << "'" << GetParam().factory << "' is not installed";
  GTEST_SKIP() << "this machine has no '" << GetParam().factory << "': its tests are left out";
}

INSTANTIATE_TEST_SUITE_P(Encoders, AnyEncoder, ::testing::ValuesIn(knownEncoders().begin(), knownEncoders().end()),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace fanlight::board
