// SPDX-License-Identifier: Apache-2.0
// Bus messages are read by a sync handler: it needs no thread, and no loop that a worker does not have.
#include "gst/pipeline.h"

#include <memory>

#include "base/log.h"

namespace fanlight::gst {
namespace {

struct BusReader {
  glib::MainContext context;
  Pipeline::ErrorHandler onError;
};

/// Sources that stop say no more than that in words.
std::string flowReason(GstMessage* message) {
  const GstStructure* details = nullptr;
  gst_message_parse_error_details(message, &details);
  int flow = GST_FLOW_OK;
  if (!details || !gst_structure_get_int(details, "flow-return", &flow))
    return {};
  return std::string(" (") + gst_flow_get_name(static_cast<GstFlowReturn>(flow)) + ")";
}

std::string describe(GstMessage* message) {
  GError* error = nullptr;
  gst_message_parse_error(message, &error, nullptr);
  const glib::Owned<GError> owned(error);
  return std::string(GST_MESSAGE_SRC_NAME(message)) + ": " + (error ? error->message : "no reason given") +
         flowReason(message);
}

enum class OpenEnds { None, Both };

base::Result<Ref<GstElement>> parseBin(const std::string& description, OpenEnds ends) {
  glib::ErrorOut error;
  GstElement* bin = gst_parse_bin_from_description_full(description.c_str(), ends == OpenEnds::Both ? TRUE : FALSE,
                                                        nullptr, GST_PARSE_FLAG_FATAL_ERRORS, error.out());
  if (!bin)
    return base::fail(base::ErrorCode::Unsupported, "cannot build the pipeline: " + error.message());
  return Ref<GstElement>::sink(bin);
}

// Messages of latency need no answer here: no sink of ours waits for the clock, and whoever adds elements that must
// know the latency calls distributeLatency().
void handle(const BusReader& reader, GstMessage* message) {
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR)
    reader.context.post([handler = reader.onError, text = describe(message)] { handler(text); });
}

}  // namespace

TimeBase TimeBase::create(GstClockTime age) {
  auto clock = Ref<GstClock>::adopt(gst_system_clock_obtain());
  const GstClockTime now = gst_clock_get_time(clock.get());
  return TimeBase(std::move(clock), now - age);
}

TimeBase TimeBase::anew() const {
  return TimeBase(clock_.clone(), gst_clock_get_time(clock_.get()));
}

void TimeBase::applyTo(GstPipeline* pipeline) const {
  gst_pipeline_use_clock(pipeline, clock_.get());
  // No start time: the base time below must stay when the pipeline goes to PLAYING.
  gst_element_set_start_time(GST_ELEMENT(pipeline), GST_CLOCK_TIME_NONE);
  gst_element_set_base_time(GST_ELEMENT(pipeline), base_);
}

GstClockTime TimeBase::runningTime() const {
  return gst_clock_get_time(clock_.get()) - base_;
}

Pipeline::Pipeline(const char* name, const TimeBase& timeBase, const glib::MainContext& context, ErrorHandler onError)
    : pipeline_(Ref<GstElement>::sink(gst_pipeline_new(name))) {
  timeBase.applyTo(GST_PIPELINE(pipeline_.get()));
  const auto bus = Ref<GstBus>::adopt(gst_element_get_bus(pipeline_.get()));
  gst_bus_set_sync_handler(
      bus.get(),
      [](GstBus*, GstMessage* message, gpointer data) noexcept {
        handle(*static_cast<BusReader*>(data), message);
        gst_message_unref(message);
        return GST_BUS_DROP;
      },
      std::make_unique<BusReader>(BusReader{context, std::move(onError)}).release(),
      [](gpointer data) { std::default_delete<BusReader>()(static_cast<BusReader*>(data)); });
}

Pipeline::~Pipeline() {
  end();
}

void Pipeline::end() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

base::Result<GstElement*> Pipeline::addBin(const std::string& description) {
  auto bin = parseBin(description, OpenEnds::Both);
  return bin ? base::Result<GstElement*>(add(std::move(*bin))) : tl::unexpected(bin.error());
}

base::Result<GstElement*> Pipeline::addSource(const std::string& description) {
  auto bin = parseBin(description, OpenEnds::None);
  if (!bin)
    return tl::unexpected(bin.error());
  const auto end = Ref<GstPad>::adopt(gst_bin_find_unlinked_pad(GST_BIN(bin->get()), GST_PAD_SRC));
  if (!end || !gst_element_add_pad(bin->get(), gst_ghost_pad_new("src", end.get())))
    return base::fail(base::ErrorCode::Internal, "the pipeline '" + description + "' has no open end");
  return add(std::move(*bin));
}

GstElement* Pipeline::add(Ref<GstElement> element) {
  gst_bin_add(GST_BIN(pipeline_.get()), element.get());
  return element.get();
}

void Pipeline::remove(GstElement* element) {
  const auto kept = Ref<GstElement>::retain(element);
  // Out of it first: as a part of it, it would be brought back to the pipeline's state.
  gst_bin_remove(GST_BIN(pipeline_.get()), element);
  gst_element_set_state(element, GST_STATE_NULL);
}

base::Result<> Pipeline::setState(GstState state) {
  if (gst_element_set_state(pipeline_.get(), state) == GST_STATE_CHANGE_FAILURE)
    return base::fail(base::ErrorCode::Unavailable,
                      std::string("the pipeline did not reach ") + gst_element_state_get_name(state));
  return {};
}

void Pipeline::distributeLatency() {
  gst_bin_recalculate_latency(GST_BIN(pipeline_.get()));
}

GstClockTime Pipeline::latency() const {
  const auto query = Ref<GstQuery>::adopt(gst_query_new_latency());
  GstClockTime latency = 0;
  if (gst_element_query(pipeline_.get(), query.get()))
    gst_query_parse_latency(query.get(), nullptr, &latency, nullptr);
  return latency;
}

}  // namespace fanlight::gst
