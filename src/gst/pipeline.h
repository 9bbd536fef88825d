// SPDX-License-Identifier: Apache-2.0
// A GstPipeline on the process's one time base, its errors brought to the owner thread.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "glib/main_context.h"
#include "gst/ref_traits.h"

namespace fanlight::gst {

/// The clock and base time that all pipelines share, so that a running time means the same moment in each of them and
/// goes on where it was when one of them is restarted. Made once, at start; copied into whoever makes pipelines.
class TimeBase {
 public:
  /// `age`: for how long it has been there already, for tests.
  static TimeBase create(GstClockTime age = 0);
  TimeBase(const TimeBase& other) : clock_(other.clock_.clone()), base_(other.base_) {}
  TimeBase& operator=(const TimeBase&) = delete;

  /// The same clock, with a running time that begins now: for a pipeline that has to go through all of it.
  TimeBase anew() const;

  void applyTo(GstPipeline* pipeline) const;
  GstClockTime runningTime() const;
  /// How much later than `earlier` it began: by so much less is a running time on it.
  GstClockTime after(const TimeBase& earlier) const { return base_ - earlier.base_; }

 private:
  TimeBase(Ref<GstClock> clock, GstClockTime base) : clock_(std::move(clock)), base_(base) {}
  Ref<GstClock> clock_;
  GstClockTime base_;
};

/// Owns a pipeline. Made, started and destroyed on a worker; destruction takes it to NULL, which may block.
class Pipeline {
 public:
  /// `element: what it said`. Called on the context's thread.
  using ErrorHandler = std::function<void(std::string)>;

  Pipeline(const char* name, const TimeBase& timeBase, const glib::MainContext& context, ErrorHandler onError);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  /// Adds a bin of what gst-launch's syntax describes; its open ends are the bin's pads `sink` and `src`. Borrowed: the
  /// pipeline owns it. Fails with Unsupported, which is mostly a plugin that is missing.
  base::Result<GstElement*> addBin(const std::string& description);
  /// The same of what only gives: pads that its elements will be linked by later are no open ends of it.
  base::Result<GstElement*> addSource(const std::string& description);
  /// Borrowed again.
  GstElement* add(Ref<GstElement> element);
  /// Ends one of its elements, which may block, and lets go of it. Whoever gives to it must have been unlinked.
  void remove(GstElement* element);
  /// Fails with Unavailable where the state cannot be reached; the reason comes by the error handler.
  base::Result<> setState(GstState state);
  /// Takes it to NULL, as the destructor does else: for those to whom the moment matters.
  void end();
  /// Tells all elements how long they delay together; on the way to PLAYING they are told anyhow, so this is for those
  /// that were started since. On any thread.
  void distributeLatency();
  /// How long it delays what it captures. While it plays; 0 where it cannot say.
  GstClockTime latency() const;

  GstElement* element() const { return pipeline_.get(); }

 private:
  const Ref<GstElement> pipeline_;
};

}  // namespace fanlight::gst
