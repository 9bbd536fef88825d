// SPDX-License-Identifier: Apache-2.0
// Where the device keeps what it must not forget: keys, tokens, its certificate. Any thread; waits for the disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace fanlight::access {

/// A folder that only its owner may enter. Copies name the same one.
class StateFolder {
 public:
  /// Makes the folder where it is missing. Unavailable: it cannot be had.
  static base::Result<StateFolder> open(const std::string& path);

  const std::string& path() const { return path_; }
  std::string pathOf(std::string_view name) const { return path_ + "/" + std::string(name); }

  /// `name` may have folders in front, which are made. See glib::readWhole() and writeAtomically().
  base::Result<std::optional<std::string>> read(std::string_view name, std::size_t limit) const;
  base::Result<> write(std::string_view name, std::string_view bytes) const;

 private:
  explicit StateFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// Held by one process at a time, while it reads, changes and writes; the kernel lets go of it if the process dies.
class StateLock {
 public:
  /// Waits for it. Unavailable: the folder cannot be written.
  static base::Result<StateLock> take(const StateFolder& folder);
  StateLock(StateLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  StateLock& operator=(StateLock&&) = delete;
  ~StateLock();

 private:
  explicit StateLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// Where it is unless somebody says otherwise: what systemd made for the service, else the system's place for root,
/// else the user's (XDG Base Directory Specification).
std::string standardStateFolder();

}  // namespace fanlight::access
