// SPDX-License-Identifier: Apache-2.0
// Placeholders, and that each file of pipelines/ is what GStreamer and the daemon expect of its role.
#include "gst/fragment.h"

#include <filesystem>

#include <gmock/gmock.h>

#include "gst/element.h"
#include "gst/pipeline.h"

namespace fanlight::gst {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// What the daemon gives to each role's fragments; the table of pipelines/README.md.
FragmentValues valuesOf(std::string_view role) {
  if (role == "capture")
    return {{"device", "/dev/video0"},     {"controls", "controls,gain=(int)1"},
            {"properties", Properties()},  {"caps", "video/x-raw,width=640"},
            {"most", std::int64_t{33}},    {"file", "/srv/porch.mp4"},
            {"pattern", "smpte75"},        {"width", std::int64_t{640}},
            {"height", std::int64_t{480}}, {"framerate", base::FrameRate{30, 1}}};
  if (role == "microphone" || role == "speaker")
    return {{"device", "hw:1"}};
  return {{"bits", std::int64_t{2'000'000}},
          {"kilobits", std::int64_t{2000}},
          {"keyframes", std::int64_t{300}},
          {"level", "3.1"},
          {"threads", std::int64_t{2}}};
}

// Something always follows a fragment; it may end in caps, which are no element.
constexpr const char* kEnd = " ! identity";
// And something comes before one that ends in a device.
constexpr const char* kBegin = "identity ! ";

struct Row {
  const char* name;
  const char* text;
  const char* filled;
};

class FilledPlaceholders : public ::testing::TestWithParam<Row> {};

TEST_P(FilledPlaceholders, AreReplacedByTheirValues) {
  const auto filled = fillPlaceholders(
      GetParam().text, {{"n", std::int64_t{7}}, {"f", base::FrameRate{30000, 1001}}, {"t", "two words"}, {"b", "{n}"}});
  ASSERT_TRUE(filled) << filled.error().message;
  EXPECT_EQ(*filled, GetParam().filled);
}

INSTANTIATE_TEST_SUITE_P(Fragment, FilledPlaceholders,
                         ::testing::Values(Row{"None", "fakesrc ! fakesink", "fakesrc ! fakesink"},
                                           Row{"EmptyText", "", ""}, Row{"Number", "a={n}", "a=7"},
                                           Row{"Fraction", "a={f}", "a=30000/1001"},
                                           Row{"TextInQuotes", "a={t}", "a=\"two words\""},
                                           Row{"SeveralSideBySide", "{n}{n} {f}", "77 30000/1001"},
                                           Row{"AtBothEnds", "{n}x{n}", "7x7"},
                                           Row{"TextThatLooksLikeAPlaceholder", "a={b}", "a=\"{n}\""},
                                           Row{"ClosingBraceAlone", "a}b", "a}b"}),
                         [](const auto& row) { return row.param.name; });

TEST(Fragment, NamesAPlaceholderThatNothingIsGivenFor) {
  const auto filled = fillPlaceholders("a={n} b={missing}", {{"n", std::int64_t{7}}});
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(filled.error().message, "nothing is given for '{missing}'");
}

TEST(Fragment, RefusesAnEmptyPlaceholder) {
  EXPECT_FALSE(fillPlaceholders("a={}", {{"n", std::int64_t{7}}}));
}

TEST(Fragment, RefusesAPlaceholderThatIsNotClosed) {
  const auto filled = fillPlaceholders("a={n", {{"n", std::int64_t{7}}});
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(filled.error().message, "a '{' without its '}'");
}

TEST(Fragment, NamesTheFragmentInItsErrors) {
  const auto rendered = renderFragment("capture", "test", {});
  ASSERT_FALSE(rendered);
  EXPECT_EQ(rendered.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_THAT(rendered.error().message, StartsWith("fragment 'capture-test': nothing is given for '{"));
}

TEST(Fragment, IsNotFoundUnderAnUnknownName) {
  const auto rendered = renderFragment("encode", "abacus", {});
  ASSERT_FALSE(rendered);
  EXPECT_EQ(rendered.error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(rendered.error().message, "no pipeline fragment 'encode-abacus'");
}

TEST(Fragment, IsRenderedWithoutItsComments) {
  const auto rendered = renderFragment("capture", "test", valuesOf("capture"));
  ASSERT_TRUE(rendered) << rendered.error().message;
  EXPECT_THAT(*rendered, Not(HasSubstr("#")));
  EXPECT_THAT(*rendered, Not(HasSubstr("\n")));
}

TEST(Fragment, IsNamedByWhatFollowsItsRoleInTheOrderOfNames) {
  EXPECT_THAT(fragmentNames("capture"), ElementsAre("file", "file-h264", "libcamera", "test", "v4l2-h264",
                                                    "v4l2-h264-decoded", "v4l2-mjpeg", "v4l2-raw"));
}

TEST(Fragment, HasNoNamesForAnUnknownRole) {
  EXPECT_THAT(fragmentNames("captur"), IsEmpty());
}

class HostileDeviceName : public ::testing::TestWithParam<std::string> {};

// A device is named by whoever plugs it in.
TEST_P(HostileDeviceName, StaysTheTextOfOneProperty) {
  auto values = valuesOf("capture");
  values["device"] = GetParam();
  const auto rendered = renderFragment("capture", "v4l2-raw", values);
  ASSERT_TRUE(rendered) << rendered.error().message;
  Pipeline pipeline("test", TimeBase::create(), glib::MainContext::create(), {});
  const auto bin = pipeline.addBin(*rendered + kEnd);
  ASSERT_TRUE(bin) << bin.error().message;
  EXPECT_EQ(getText(findElement(*bin, "camera").get(), "device"), GetParam());
  EXPECT_EQ(GST_BIN_NUMCHILDREN(*bin), 3) << "the source, its capsfilter and the end";
}

INSTANTIATE_TEST_SUITE_P(Fragment, HostileDeviceName,
                         ::testing::Values("x\" ! filesink location=\"/etc/passwd", "x ! filesink location=/etc/passwd",
                                           "x\\\"", "x\\\" ! fakesink name=\"y", "\\\\\" ! fakesink", "a\\nb",
                                           "x\n! fakesink\n", "a'b", "x. ! fakesink", "( fakesink )", "{device}",
                                           "x,width=1", "x;y", "caf\xc3\xa9 \xf0\x9f\x93\xb7", "  x  ", ""));

TEST_P(HostileDeviceName, StaysTheTextOfAFurtherProperty) {
  const auto filled = fillPlaceholders("fakesrc {p}", {{"p", Properties{{"name", GetParam()}, {"sizetype", "empty"}}}});
  ASSERT_TRUE(filled) << filled.error().message;
  Pipeline pipeline("test", TimeBase::create(), glib::MainContext::create(), {});
  const auto bin = pipeline.addBin(*filled + kEnd);
  ASSERT_TRUE(bin) << bin.error().message;
  EXPECT_EQ(GST_BIN_NUMCHILDREN(*bin), 2) << "the source and the end";
  EXPECT_TRUE(GetParam().empty() || findElement(*bin, GetParam().c_str()));
}

TEST(Fragment, RefusesAFurtherPropertyWhoseNameIsNone) {
  const auto filled = fillPlaceholders("fakesrc {p}", {{"p", Properties{{"a=1 ! fakesink b", "x"}}}});
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().message, "the text for '{p}' has a name that is none of a property");
}

// GStreamer would stop at the NUL, before the closing quote.
TEST(Fragment, RefusesATextThatHoldsANul) {
  using namespace std::string_literals;
  const auto filled = fillPlaceholders("a={t}", {{"t", "x ! fakesink \0"s}});
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(filled.error().message, "the text for '{t}' holds a NUL");
}

// GStreamer would read on to the next quote.
TEST(Fragment, RefusesATextThatEndsInABackslash) {
  const auto filled = fillPlaceholders("a={t} b={t}", {{"t", "x\\"}});
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(filled.error().message, "the text for '{t}' ends in a backslash");
}

std::vector<std::string> filesOfTheFolder() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(PIPELINES_FOLDER))
    if (entry.path().extension() == ".gst")
      names.push_back(entry.path().stem());
  return names;
}

class FragmentFile : public ::testing::TestWithParam<std::string> {
 protected:
  std::string role() const { return GetParam().substr(0, GetParam().find('-')); }
  std::string name() const { return GetParam().substr(GetParam().find('-') + 1); }
  bool isSource() const { return role() != "encode" && !isSink(); }
  bool isSink() const { return role() == "speaker"; }
  /// What it ends in. Pictures: the clock is drawn into I420; the others' are converted for each encoder, or are
  /// encoded already.
  const char* format() const {
    if (role() == "encode")
      return "video/x-h264,profile=constrained-baseline,level=(string)3.1";
    if (role() == "microphone")
      return name() == "test" ? "audio/x-raw,format=S16LE,rate=48000,channels=1" : "audio/x-raw";
    return name() == "test" ? "video/x-raw,format=I420" : name().ends_with("h264") ? "video/x-h264" : "video/x-raw";
  }
  /// Its element that the daemon reaches into.
  const char* reached() const {
    if (role() == "encode")
      return "encoder";
    if (role() == "microphone")
      return name() == "test" ? "tone" : "microphone";
    if (role() == "speaker")
      return "speaker";
    return name() == "test" ? "picture" : "camera";
  }

  /// The fragment with its role's values, in a pipeline; null (and a failure) where it cannot be built.
  GstElement* build() {
    const auto rendered = renderFragment(role(), name(), valuesOf(role()));
    EXPECT_TRUE(rendered) << rendered.error().message;
    if (!rendered)
      return nullptr;
    const auto bin = isSink()     ? pipeline_.addBin(kBegin + *rendered)
                     : isSource() ? pipeline_.addSource(*rendered + kEnd)
                                  : pipeline_.addBin(*rendered + kEnd);
    EXPECT_TRUE(bin) << bin.error().message;
    return bin ? *bin : nullptr;
  }

  Ref<GstCaps> outputCaps(GstElement* bin) {
    return Ref<GstCaps>::adopt(gst_pad_query_caps(staticPad(bin, "src").get(), nullptr));
  }

  Pipeline pipeline_{"test", TimeBase::create(), glib::MainContext::create(), {}};
};

TEST_P(FragmentFile, BelongsToARoleThatTheDaemonKnows) {
  EXPECT_THAT(role(), ::testing::AnyOf("capture", "encode", "microphone", "speaker"));
}

TEST_P(FragmentFile, TravelsInTheBinary) {
  EXPECT_THAT(fragmentNames(role()), Contains(name()));
}

/// Hardware's elements are there where their hardware is; that all of the others are is shown in the folder board.
class BuiltFragment : public FragmentFile {
 protected:
  void SetUp() override {
    if (role() == "encode" && !hasElement(name().c_str()))
      GTEST_SKIP() << "this machine has no '" << name() << "'";
  }
};

/// Before its device has been opened, which may take less of it.
void expectToTakeSound(GstElement* bin) {
  const auto sound = Ref<GstCaps>::adopt(gst_caps_from_string("audio/x-raw,format=S16LE,rate=48000,channels=2"));
  const auto input = staticPad(bin, "sink");
  const auto taken = Ref<GstCaps>::adopt(gst_pad_query_caps(input.get(), nullptr));
  EXPECT_TRUE(gst_caps_can_intersect(taken.get(), sound.get())) << glib::takeString(gst_caps_to_string(taken.get()));
}

TEST_P(BuiltFragment, IsParsedByGStreamerWithThePlaceholdersOfItsRole) {
  EXPECT_TRUE(build());
}

TEST_P(BuiltFragment, HasTheOpenEndsOfItsRole) {
  GstElement* bin = build();
  ASSERT_TRUE(bin);
  EXPECT_EQ(static_cast<bool>(staticPad(bin, "src")), !isSink());
  EXPECT_EQ(sinkPads(bin).size(), isSource() ? 0U : 1U);
}

TEST_P(BuiltFragment, GivesOrTakesTheFormatOfItsRole) {
  GstElement* bin = build();
  ASSERT_TRUE(bin);
  if (isSink())
    return expectToTakeSound(bin);
  const auto allowed = Ref<GstCaps>::adopt(gst_caps_from_string(format()));
  const auto given = outputCaps(bin);
  EXPECT_TRUE(gst_caps_is_subset(given.get(), allowed.get())) << glib::takeString(gst_caps_to_string(given.get()));
}

TEST_P(BuiltFragment, NamesTheElementThatTheDaemonReachesInto) {
  GstElement* bin = build();
  ASSERT_TRUE(bin);
  EXPECT_TRUE(findElement(bin, reached())) << reached();
}

std::string asTestName(const ::testing::TestParamInfo<std::string>& file) {
  std::string name = file.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fragment, FragmentFile, ::testing::ValuesIn(filesOfTheFolder()), asTestName);
INSTANTIATE_TEST_SUITE_P(Fragment, BuiltFragment, ::testing::ValuesIn(filesOfTheFolder()), asTestName);

}  // namespace
}  // namespace fanlight::gst
