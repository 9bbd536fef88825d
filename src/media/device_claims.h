// SPDX-License-Identifier: Apache-2.0
// Which camera of ours uses which device, so that two cameras with `source = "auto"` never take the same. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace fanlight::media {

class DeviceClaims : public std::enable_shared_from_this<DeviceClaims> {
 public:
  /// Gives the device back when destroyed.
  using Claim = std::shared_ptr<void>;

  /// `device` is a V4l2Device's id. Empty where another camera has it.
  Claim claim(const std::string& device) {
    {
      const std::lock_guard lock(mutex_);
      if (!taken_.insert(device).second)
        return nullptr;
    }
    return Claim(this, [claims = shared_from_this(), device](void*) { claims->release(device); });
  }

 private:
  void release(const std::string& device) {
    const std::lock_guard lock(mutex_);
    taken_.erase(device);
  }

  std::mutex mutex_;
  std::set<std::string> taken_;
};

}  // namespace fanlight::media
