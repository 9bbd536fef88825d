// SPDX-License-Identifier: Apache-2.0
// Elements, pads and typed properties.
#include "gst/element.h"

#include <gmock/gmock.h>

namespace fanlight::gst {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Ref<GstElement> make(const char* factory) {
  auto element = makeElement(factory);
  EXPECT_TRUE(element) << element.error().message;
  return std::move(*element);
}

template <class T>
T get(const Ref<GstElement>& element, const char* property) {
  T value{};
  g_object_get(element.get(), property, &value, nullptr);
  return value;
}

TEST(Element, IsMadeUnderTheNameThatItIsGiven) {
  const auto element = makeElement("identity", "picture");
  ASSERT_TRUE(element);
  EXPECT_STREQ(GST_OBJECT_NAME(element->get()), "picture");
}

TEST(Element, BelongsToItsMakerAlone) {
  const auto element = make("identity");
  EXPECT_EQ(GST_OBJECT_REFCOUNT_VALUE(element.get()), 1);
  EXPECT_FALSE(g_object_is_floating(element.get()));
}

TEST(Element, IsUnsupportedWhereItsPluginIsMissing) {
  const auto element = makeElement("abacusenc");
  ASSERT_FALSE(element);
  EXPECT_EQ(element.error().code, base::ErrorCode::Unsupported);
  EXPECT_EQ(element.error().message, "no GStreamer element 'abacusenc': its plugin is not installed");
}

TEST(Element, IsKnownToBeThereOrNot) {
  EXPECT_TRUE(hasElement("identity"));
  EXPECT_FALSE(hasElement("abacusenc"));
}

TEST(Property, TakesAnEnumerationByItsNick) {
  const auto source = make("videotestsrc");
  setFromText(source.get(), "pattern", "ball");
  EXPECT_EQ(getEnum(source.get(), "pattern"), 18);
}

TEST(Property, TakesABoolean) {
  const auto source = make("videotestsrc");
  setBoolean(source.get(), "is-live", true);
  EXPECT_TRUE(get<gboolean>(source, "is-live"));
  setBoolean(source.get(), "is-live", false);
  EXPECT_FALSE(get<gboolean>(source, "is-live"));
}

TEST(Property, TakesAnIntegerWhateverItsWidthAndSign) {
  const auto identity = make("identity");
  setInteger(identity.get(), "datarate", 64'000);
  EXPECT_EQ(get<gint>(identity, "datarate"), 64'000);
  setInteger(identity.get(), "sleep-time", 3'000'000'000);
  EXPECT_EQ(get<guint>(identity, "sleep-time"), 3'000'000'000U);
  setInteger(identity.get(), "ts-offset", -5'000'000'000);
  EXPECT_EQ(get<gint64>(identity, "ts-offset"), -5'000'000'000);
  const auto queue = make("queue");
  setInteger(queue.get(), "max-size-time", 5'000'000'000);
  EXPECT_EQ(get<guint64>(queue, "max-size-time"), 5'000'000'000U);
}

TEST(Property, TakesCaps) {
  const auto filter = make("capsfilter");
  const auto caps = Ref<GstCaps>::adopt(gst_caps_from_string("video/x-raw,format=I420"));
  setCaps(filter.get(), "caps", caps.get());
  const auto held = getObject<GstCaps>(filter.get(), "caps");
  EXPECT_TRUE(gst_caps_is_equal(held.get(), caps.get()));
}

TEST(Property, ThatIsAnObjectComesWithAReferenceOfItsOwn) {
  const auto filter = make("capsfilter");
  const auto caps = Ref<GstCaps>::adopt(gst_caps_new_empty_simple("video/x-raw"));
  setCaps(filter.get(), "caps", caps.get());
  ASSERT_EQ(GST_CAPS_REFCOUNT_VALUE(caps.get()), 2);
  {
    const auto held = getObject<GstCaps>(filter.get(), "caps");
    EXPECT_EQ(GST_CAPS_REFCOUNT_VALUE(caps.get()), 3);
  }
  EXPECT_EQ(GST_CAPS_REFCOUNT_VALUE(caps.get()), 2);
}

TEST(Property, ThatIsAnObjectMayBeNull) {
  EXPECT_FALSE(getObject<GstObject>(make("identity").get(), "parent"));
}

TEST(Property, ThatIsTextIsEmptyWhereItIsNull) {
  const auto source = make("filesrc");
  EXPECT_EQ(getText(source.get(), "location"), "");
  setFromText(source.get(), "location", "/dev/null");
  EXPECT_EQ(getText(source.get(), "location"), "/dev/null");
}

TEST(Pad, IsFoundByItsName) {
  const auto identity = make("identity");
  const auto pad = staticPad(identity.get(), "sink");
  ASSERT_TRUE(pad);
  EXPECT_EQ(GST_PAD_DIRECTION(pad.get()), GST_PAD_SINK);
}

TEST(Pad, IsEmptyWhereTheElementHasNoneOfThatName) {
  EXPECT_FALSE(staticPad(make("identity").get(), "video"));
}

TEST(Pad, IsListedWhereItIsASinkPadNow) {
  EXPECT_THAT(sinkPads(make("identity").get()), SizeIs(1));
  EXPECT_THAT(sinkPads(make("videotestsrc").get()), IsEmpty());
  const auto funnel = make("funnel");
  EXPECT_THAT(sinkPads(funnel.get()), IsEmpty());
  const auto first = Ref<GstPad>::adopt(gst_element_request_pad_simple(funnel.get(), "sink_%u"));
  const auto second = Ref<GstPad>::adopt(gst_element_request_pad_simple(funnel.get(), "sink_%u"));
  EXPECT_THAT(sinkPads(funnel.get()), SizeIs(2));
}

TEST(Element, IsFoundInABinByItsNameAndByItsFactory) {
  const auto bin = make("bin");
  const auto inner = makeElement("identity", "picture");
  ASSERT_TRUE(inner) << inner.error().message;
  gst_bin_add(GST_BIN(bin.get()), inner->get());
  EXPECT_TRUE(findElement(bin.get(), "picture"));
  EXPECT_FALSE(findElement(bin.get(), "camera"));
  EXPECT_EQ(findElementOf(bin.get(), "identity").get(), findElement(bin.get(), "picture").get());
  EXPECT_FALSE(findElementOf(bin.get(), "queue"));
}

TEST(TakenList, OwnsWhatIsInIt) {
  const auto first = make("identity");
  const auto second = make("queue");
  GList* list = g_list_append(nullptr, gst_object_ref(first.get()));
  list = g_list_append(list, gst_object_ref(second.get()));
  {
    const auto taken = takeList<GstElement>(list);
    ASSERT_THAT(taken, SizeIs(2));
    EXPECT_EQ(taken[0].get(), first.get());
    EXPECT_EQ(taken[1].get(), second.get());
    EXPECT_EQ(GST_OBJECT_REFCOUNT_VALUE(first.get()), 2);
  }
  EXPECT_EQ(GST_OBJECT_REFCOUNT_VALUE(first.get()), 1);
}

TEST(TakenList, IsEmptyForNull) {
  EXPECT_THAT(takeList<GstElement>(nullptr), IsEmpty());
}

}  // namespace
}  // namespace fanlight::gst
