// SPDX-License-Identifier: Apache-2.0
// The table of encoders against its fragments and against GStreamer.
#include "board/encoders.h"

#include <gmock/gmock.h>

#include "board/encoder_probe.h"
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
  // The element of the rendered fragment; empty (and a failure) where it cannot be had.
  gst::Ref<GstElement> encoder() {
    const auto text = renderEncoder(GetParam(), kTask);
    EXPECT_TRUE(text) << text.error().message;
    const auto bin = pipeline_.addBin(text.value_or("") + " ! identity");
    EXPECT_TRUE(bin) << bin.error().message;
    return bin ? gst::findElement(*bin, "encoder") : nullptr;
  }
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

TEST_P(KnownEncoder, HasTheBitrateOfItsTaskInItsProperty) {
  const auto element = encoder();
  ASSERT_TRUE(element);
  guint units = 0;
  g_object_get(element.get(), GetParam().bitrateProperty, &units, nullptr);
  EXPECT_EQ(std::int64_t{units} * GetParam().bitsPerUnit, kTask.bitrate.bitsPerSecond);
}

TEST_P(KnownEncoder, CanBeGivenAnotherBitrateWhilePlaying) {
  const auto element = encoder();
  ASSERT_TRUE(element);
  const GParamSpec* property =
      g_object_class_find_property(G_OBJECT_GET_CLASS(element.get()), GetParam().bitrateProperty);
  ASSERT_TRUE(property);
  EXPECT_TRUE(property->flags & GST_PARAM_MUTABLE_PLAYING);
}

TEST_P(KnownEncoder, IsToldTheLevelOfItsTask) {
  const auto text = renderEncoder(GetParam(), kTask);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_THAT(*text, ::testing::HasSubstr("level=(string)\"3.1\""));
}

TEST_P(KnownEncoder, CannotBeRenderedBeyondTheLevels) {
  EncodeTask task = kTask;
  task.resolution = {16000, 9000};
  const auto text = renderEncoder(GetParam(), task);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, base::ErrorCode::Unsupported);
  EXPECT_EQ(text.error().message, "16000x9000 at 30 frames/s is beyond H.264's levels");
}

TEST_P(KnownEncoder, WorksHere) {
  EncoderProbe probe;
  const auto chosen = probe.choose(GetParam().name, kTask);
  ASSERT_TRUE(chosen) << chosen.error().message;
  EXPECT_EQ((*chosen)->name, GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(Encoders, KnownEncoder, ::testing::ValuesIn(knownEncoders().begin(), knownEncoders().end()),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace fanlight::board
