// SPDX-License-Identifier: Apache-2.0
// Building, errors and the end of a pipeline.
#include "gst/pipeline.h"

#include <optional>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "glib/lifetime.h"
#include "gst/element.h"
#include "loop_fixture.h"

namespace fanlight::gst {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PipelineTest : public test::LoopFixture {
 protected:
  PipelineTest() {
    const auto onError = lifetime_.bind([this](const std::string& text) {
      thread_ = std::this_thread::get_id();
      errors_.push_back(text);
    });
    pipeline_.emplace("test", TimeBase::create(), context_, onError);
  }

  std::vector<std::string> errors_;
  std::thread::id thread_;
  std::optional<Pipeline> pipeline_;
  glib::Lifetime lifetime_;
};

TEST_F(PipelineTest, BuildsABinWhoseOpenEndsArePads) {
  const auto bin = pipeline_->addBin("identity ! identity");
  ASSERT_TRUE(bin) << bin.error().message;
  EXPECT_TRUE(staticPad(*bin, "sink"));
  EXPECT_TRUE(staticPad(*bin, "src"));
}

TEST_F(PipelineTest, HoldsWhatIsAdded) {
  const auto bin = pipeline_->addBin("identity name=inner");
  ASSERT_TRUE(bin);
  GstElement* tee = pipeline_->add(std::move(*makeElement("tee", "split")));
  EXPECT_EQ(GST_ELEMENT_PARENT(*bin), pipeline_->element());
  EXPECT_EQ(GST_ELEMENT_PARENT(tee), pipeline_->element());
  EXPECT_TRUE(findElement(pipeline_->element(), "inner"));
}

TEST_F(PipelineTest, NamesAnElementThatIsMissing) {
  const auto bin = pipeline_->addBin("identity ! abacusenc");
  ASSERT_FALSE(bin);
  EXPECT_EQ(bin.error().code, base::ErrorCode::Unsupported);
  EXPECT_EQ(bin.error().message, "cannot build the pipeline: no element \"abacusenc\"");
}

TEST_F(PipelineTest, NamesAPropertyThatIsMissing) {
  const auto bin = pipeline_->addBin("identity beads=10");
  ASSERT_FALSE(bin);
  EXPECT_THAT(bin.error().message, HasSubstr("no property \"beads\" in element"));
}

TEST_F(PipelineTest, RefusesTextThatIsNotAPipeline) {
  EXPECT_FALSE(pipeline_->addBin("identity ! ! identity"));
  EXPECT_FALSE(pipeline_->addBin(""));
  EXPECT_FALSE(pipeline_->addBin("fakesink ! fakesrc"));
}

TEST_F(PipelineTest, HoldsNothingOfWhatCouldNotBeBuilt) {
  EXPECT_FALSE(pipeline_->addBin("identity ! abacusenc"));
  EXPECT_EQ(GST_BIN_NUMCHILDREN(pipeline_->element()), 0);
}

TEST_F(PipelineTest, BringsAnErrorToItsContext) {
  ASSERT_TRUE(pipeline_->addBin("fakesrc ! identity name=weak error-after=2 ! fakesink"));
  ASSERT_TRUE(pipeline_->setState(GST_STATE_PLAYING));
  runUntil("the error", [this] { return !errors_.empty(); });
  EXPECT_EQ(errors_.front(), "weak: Failed after iterations as requested.");
  EXPECT_EQ(thread_, std::this_thread::get_id());
}

TEST_F(PipelineTest, SaysThatAStateCannotBeReachedAndTheReasonByItsHandler) {
  ASSERT_TRUE(pipeline_->addBin("filesrc name=disk location=/nowhere/to/be/found ! fakesink"));
  const auto reached = pipeline_->setState(GST_STATE_PLAYING);
  ASSERT_FALSE(reached);
  EXPECT_EQ(reached.error().code, base::ErrorCode::Unavailable);
  EXPECT_EQ(reached.error().message, "the pipeline did not reach PLAYING");
  EXPECT_THAT(errors_, IsEmpty()) << "told inside the call";
  runUntil("the reason", [this] { return !errors_.empty(); });
  EXPECT_THAT(errors_.front(), HasSubstr("disk: "));
}

TEST_F(PipelineTest, IsSilentAboutWhatIsNoError) {
  ASSERT_TRUE(pipeline_->addBin("fakesrc num-buffers=3 ! fakesink name=out"));
  std::atomic<bool> hasEnded = false;
  const auto sink = findElement(pipeline_->element(), "out");
  const PadProbe probe(staticPad(sink.get(), "sink"), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                       [&hasEnded](GstPad*, GstPadProbeInfo* info) {
                         hasEnded = hasEnded || GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info)) == GST_EVENT_EOS;
                         return GST_PAD_PROBE_OK;
                       });
  ASSERT_TRUE(pipeline_->setState(GST_STATE_PLAYING));
  runUntil("the end of the stream", [&hasEnded] { return hasEnded.load(); });
  pipeline_.reset();
  while (context_.iterate(false))
    continue;
  EXPECT_THAT(errors_, IsEmpty());
}

TEST_F(PipelineTest, EndsItsStreamsAndElementsWithItself) {
  const auto passed = std::make_shared<std::atomic<int>>(0);
  ASSERT_TRUE(pipeline_->addBin("fakesrc ! identity name=middle ! fakesink"));
  const auto element = findElement(pipeline_->element(), "middle");
  const PadProbe probe(staticPad(element.get(), "src"), GST_PAD_PROBE_TYPE_BUFFER, [passed](GstPad*, GstPadProbeInfo*) {
    ++*passed;
    return GST_PAD_PROBE_OK;
  });
  ASSERT_TRUE(pipeline_->setState(GST_STATE_PLAYING));
  runUntil("buffers to flow", [passed] { return *passed > 0; });
  pipeline_.reset();
  EXPECT_EQ(GST_STATE(element.get()), GST_STATE_NULL);
  // A thread of GStreamer's that took the bin to PLAYING may hold it for a moment longer.
  const auto isFreed = [&element] { return !Ref<GstObject>::adopt(gst_element_get_parent(element.get())); };
  runUntil("the end of the bin", isFreed);
}

TEST_F(PipelineTest, LetsGoOfItsHandlerWithItself) {
  const auto held = std::make_shared<int>(0);
  pipeline_.emplace("test", TimeBase::create(), context_, [held](const std::string&) {});
  EXPECT_EQ(held.use_count(), 2);
  pipeline_.reset();
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace fanlight::gst
