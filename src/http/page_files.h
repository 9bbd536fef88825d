// SPDX-License-Identifier: Apache-2.0
// The files of the page: found by path, sent with what a browser needs to keep them. Main thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "http/response.h"

namespace fanlight::http {

struct PageFile {
  glib::Ref<GBytes> bytes;
  std::string contentType;
  std::string entityTag;  ///< strong, with its quotes
};

class PageFiles {
 public:
  virtual ~PageFiles() = default;
  /// `path` begins with a slash. None where there is no such file.
  virtual std::optional<PageFile> find(const std::string& path) const = 0;
};

/// The files that were linked into the program, under `prefix` ("/fanlight/page"); "/" is index.html.
class ResourceFiles final : public PageFiles {
 public:
  explicit ResourceFiles(std::string prefix) : prefix_(std::move(prefix)) {}
  std::optional<PageFile> find(const std::string& path) const override;

 private:
  const std::string prefix_;
  mutable std::map<std::string, std::string> entityTags_;  ///< by path; digesting a file takes as long as sending it
};

/// Answers a GET or HEAD of `head.path`: 200, 304 where the browser has it already, 404. With `embed` in its query, "/"
/// is the page for frames, which `framers`, other sites' origins, may show in theirs.
Response pageResponse(const PageFiles& files, const RequestHead& head, const std::vector<std::string>& framers);

}  // namespace fanlight::http
