// SPDX-License-Identifier: Apache-2.0
// Runs a pipeline on a worker of its own while somebody demands it, and starts it anew as its Supervisor says. Main
// thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/log.h"
#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "gst/pipeline.h"
#include "gst/worker.h"
#include "media/supervisor.h"
#include "media/view.h"
#include "telemetry/figures.h"

namespace fanlight::media {

/// `Pipeline` is made, changed and destroyed on the worker; its member `summary()` says what a start came to.
template <class Pipeline>
class PipelineKeeper {
 public:
  using Summary = decltype(std::declval<const Pipeline&>().summary());
  using Made = base::Result<std::unique_ptr<Pipeline>>;
  using Maker = std::function<Made()>;

  /// Who decides what runs, and tells of it. All of it is called on the main thread.
  class Owner {
   public:
    virtual ~Owner() = default;
    /// For the next start: what makes the pipeline, on the worker. `onError` is for the pipeline.
    virtual Maker maker(gst::Pipeline::ErrorHandler onError) = 0;
    virtual void onStarted(const Summary& summary) = 0;
    /// Tells `supervisor` what has come. What came before `began` is the former pipeline's.
    virtual void observe(Supervisor& supervisor, base::TimePoint began) = 0;
    /// Its encoder is to be made anew inside of the pipeline that runs.
    virtual void restartEncoder() {}
    /// It has been looked at, and may be in another state.
    virtual void afterReview() = 0;
  };

  PipelineKeeper(Owner& owner, const std::string& workerName, const SupervisorTimes& times,
                 const glib::MainContext& context, const base::Clock& clock)
      : owner_(owner),
        context_(context),
        clock_(clock),
        supervisor_(times),
        worker_(std::make_unique<gst::Worker>(workerName)) {}
  ~PipelineKeeper() {
    lifetime_.end();
    stop();
  }
  PipelineKeeper(const PipelineKeeper&) = delete;
  PipelineKeeper& operator=(const PipelineKeeper&) = delete;

  [[nodiscard]] Demand demand() {
    ++demands_;
    supervisor_.setWanted(true, clock_.now());
    review();
    return Demand(this,
                  [release = lifetime_.bind([this](void*) { release(); })](void* keeper) mutable { release(keeper); });
  }
  /// What runs, or is to be tried again, is to be started anew because its settings have changed.
  void onSettings(const SupervisorTimes& times) { supervisor_.onSettings(times, clock_.now()); }
  /// Something was plugged into the machine, which may be what this one waits for.
  void onPlugged() { supervisor_.onPlugged(clock_.now()); }
  /// The pipeline that runs is of no use any more.
  void fail(base::Error error) {
    supervisor_.onError(std::move(error), clock_.now());
    review();
  }
  void review() {
    const base::TimePoint now = clock_.now();
    if (timer_.isActive() && now - reviewedAt_ > kHeldUpAfter)
      supervisor_.onHeldUp(now);
    reviewedAt_ = now;
    if (run_)
      owner_.observe(supervisor_, run_->began);
    act(supervisor_.decide(now));
    owner_.afterReview();
    if (isNeeded() && !timer_.isActive())
      timer_ = glib::EventSource::timer(context_, kReviewEvery, [this] {
        review();
        return isNeeded() ? glib::Continue::Yes : glib::Continue::No;
      });
  }
  /// `work(pipeline)` on the worker; nothing where none runs.
  template <class Work>
  void run(Work work) {
    if (run_)
      worker_->run([run = run_, work = std::move(work)] {
        if (!run->isOver && run->pipeline)
          work(*run->pipeline);
      });
  }
  /// The same, and `handle(what it gave)` afterwards on the main thread, where the same pipeline still runs.
  template <class Work, class Handle>
  void ask(Work work, Handle handle) {
    auto onAnswer =
        lifetime_.bind([this, handle = std::move(handle)](const std::shared_ptr<Run>& run, const auto& answer) {
          if (run == run_)
            handle(answer);
        });
    if (run_)
      worker_->run([run = run_, context = context_, work = std::move(work), onAnswer] {
        if (!run->isOver && run->pipeline)
          context.post([run, onAnswer, answer = work(*run->pipeline)]() mutable { onAnswer(run, answer); });
      });
  }
  /// Ends its pipeline for good, whoever demands it, and calls `closed` once that is done: never where a driver hangs,
  /// which would keep the destructor waiting as well. The last call but for those that only look.
  void close(std::function<void()> closed) {
    lifetime_.end();
    timer_.stop();
    stop();
    worker_->run([context = context_, closed = std::move(closed)] { context.post(closed); });
  }

  const Supervisor& supervisor() const { return supervisor_; }
  /// How long it has been Away, through all tries.
  std::optional<base::Duration> awayFor() const {
    const auto since = supervisor_.awaySince();
    return since ? std::optional(clock_.now() - *since) : std::nullopt;
  }
  /// Whether what runs, or is to be tried again, has not been looked at for seconds: nothing would heal it any more.
  bool isNeglected() const { return isNeeded() && clock_.now() - reviewedAt_ > kNeglectedAfter; }
  /// How often it was started, and how many of those were because of a fault.
  telemetry::Count starts() const { return starts_; }
  telemetry::Count restarts() const { return restarts_; }
  const gst::Worker& worker() const { return *worker_; }

 private:
  /// A fraction of the shortest time that the supervisor measures.
  static constexpr std::chrono::milliseconds kReviewEvery{250};
  /// Late for a timer by more than what a busy machine does, as after SIGSTOP: encoders and cameras stood as well, or
  /// what they gave has not been read yet.
  static constexpr base::Duration kHeldUpAfter = std::chrono::seconds(1);
  /// Beyond what a busy machine may delay a timer by.
  static constexpr base::Duration kNeglectedAfter = std::chrono::seconds(5);

  /// What the worker holds; one is made for each start, so that a late one is never taken for the present.
  struct Run {
    std::unique_ptr<Pipeline> pipeline;
    std::atomic<bool> isOver = false;  ///< stopped, perhaps before the worker came to start it
    /// When the worker came to start it: what came before is the former pipeline's, which goes on until then.
    std::atomic<base::TimePoint> began = base::TimePoint::max();
  };

  bool isNeeded() const { return supervisor_.state() != Supervisor::State::Idle; }

  void release() {
    if (--demands_ == 0)
      supervisor_.setWanted(false, clock_.now());
  }

  void act(Supervisor::Action action) {
    switch (action) {
      case Supervisor::Action::None:
        return;
      case Supervisor::Action::Start:
        return start();
      case Supervisor::Action::Restart:
        restarts_ += supervisor_.isFrozen() ? 1 : 0;
        stop();
        return start();
      case Supervisor::Action::RestartEncoder:
        return owner_.restartEncoder();
      case Supervisor::Action::Stop:
        return stop();
    }
  }

  void start() {
    ++starts_;
    restarts_ += supervisor_.state() == Supervisor::State::Away ? 1 : 0;
    run_ = std::make_shared<Run>();
    const auto onError = lifetime_.bind([this, weak = std::weak_ptr(run_)](const std::string& reason) {
      if (const auto run = weak.lock(); run && run == run_)
        fail({base::ErrorCode::Unavailable, reason});
    });
    auto onMade = lifetime_.bind(
        [this](const std::shared_ptr<Run>& run, const base::Result<Summary>& summary) { afterStart(run, summary); });
    worker_->run([context = context_, run = run_, &clock = clock_, make = owner_.maker(onError), onMade]() mutable {
      // A worker that was held up for long would otherwise start and stop it once for each try of that time.
      if (run->isOver)
        return;
      run->began = clock.now();
      Made made = make();
      const auto summary = made.map([](const auto& running) { return running->summary(); });
      if (made)
        run->pipeline = std::move(*made);
      context.post([run, onMade, summary]() mutable { onMade(run, summary); });
    });
  }

  void stop() {
    if (!run_)
      return;
    run_->isOver = true;
    worker_->run([run = std::exchange(run_, nullptr)] { run->pipeline.reset(); });
  }

  void afterStart(const std::shared_ptr<Run>& run, const base::Result<Summary>& summary) {
    if (run != run_)
      return;
    if (summary)
      owner_.onStarted(*summary);
    else
      fail(summary.error());
  }

  Owner& owner_;
  const glib::MainContext context_;
  const base::Clock& clock_;
  Supervisor supervisor_;
  int demands_ = 0;
  telemetry::Count starts_ = 0;
  telemetry::Count restarts_ = 0;
  base::TimePoint reviewedAt_;
  std::shared_ptr<Run> run_;
  glib::EventSource timer_;
  std::unique_ptr<gst::Worker> worker_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::media
