// SPDX-License-Identifier: Apache-2.0
// A queue of tasks and the thread that runs them.
#include "gst/worker.h"

#include <pthread.h>

namespace fanlight::gst {
namespace {

const base::Clock& steadyClock() {
  static const base::SteadyClock clock;
  return clock;
}

}  // namespace

Worker::Worker(std::string name) : Worker(std::move(name), steadyClock()) {}

Worker::Worker(std::string name, const base::Clock& clock)
    : name_(std::move(name)), clock_(clock), thread_([this] { loop(); }) {}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Worker::run(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

std::optional<base::Duration> Worker::busyFor() const {
  const std::lock_guard lock(mutex_);
  if (!taskBegan_)
    return std::nullopt;
  return clock_.now() - *taskBegan_;
}

bool Worker::isStuck() const {
  const auto busy = busyFor();
  return busy && *busy > kStuckAfter;
}

void Worker::loop() {
  pthread_setname_np(pthread_self(), name_.substr(0, 15).c_str());
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
    if (tasks_.empty())
      return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    taskBegan_ = clock_.now();
    lock.unlock();
    task();
    // What the task captured is let go before the next wait, not with the next task.
    task = nullptr;
    lock.lock();
    taskBegan_.reset();
  }
}

}  // namespace fanlight::gst
