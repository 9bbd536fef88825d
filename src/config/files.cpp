// SPDX-License-Identifier: Apache-2.0
// Listing and reading, with the limits that keep a wrong path from filling the memory.
#include "config/files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/file_descriptor.h"

namespace fanlight::config {
namespace {

namespace fs = std::filesystem;

std::string lastError() {
  return std::generic_category().message(errno);
}

/// The error is why not.
tl::expected<std::string, std::string> readText(const std::string& path) {
  std::string text(kMaxFileBytes + 1, '\0');
  const base::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::size_t size = 0;
  ssize_t got = file.get() < 0 ? -1 : 1;
  while (got > 0 && size < text.size()) {
    got = ::read(file.get(), text.data() + size, text.size() - size);
    size += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  if (got < 0)
    return tl::unexpected("cannot be read: " + lastError());
  if (size > kMaxFileBytes)
    return tl::unexpected(fmt::format("is larger than {} KiB: it is left out", kMaxFileBytes / 1024));
  text.resize(size);
  return text;
}

bool isDropIn(const std::string& name) {
  return name.ends_with(".toml") && !name.starts_with('.');
}

std::vector<std::string> listDropIns(const fs::path& folder, std::vector<Problem>& problems) {
  std::vector<std::string> names;
  std::error_code error;
  auto entry = fs::directory_iterator(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error))
    if (const std::string name = entry->path().filename(); isDropIn(name))
      names.push_back(name);
  if (error && error != std::errc::no_such_file_or_directory)
    problems.push_back({{folder}, "the folder cannot be read: " + error.message()});
  std::ranges::sort(names);
  if (names.size() > kMaxDropIns) {
    problems.push_back({{folder},
                        fmt::format("the folder has more than {} files '*.toml': those from '{}' on are left out",
                                    kMaxDropIns, names[kMaxDropIns])});
    names.resize(kMaxDropIns);
  }
  return names;
}

}  // namespace

std::vector<FileText> readFiles(const Sources& sources, std::vector<Problem>& problems) {
  std::vector<FileText> files;
  const auto add = [&files, &problems](const std::string& path) {
    if (auto text = readText(path))
      files.push_back({path, *std::move(text)});
    else
      problems.push_back({{path}, "the file " + text.error()});
  };
  const std::string& main = sources.named ? *sources.named : sources.standard;
  std::error_code error;
  // Not status(): a link to nothing is a mistake, which opening it will tell.
  const bool isAbsent = fs::symlink_status(main, error).type() == fs::file_type::not_found;
  if (sources.named || !isAbsent)
    add(main);

  const fs::path folder = fs::path(main).parent_path() / "fanlight.d";
  for (const std::string& name : listDropIns(folder, problems)) {
    const std::string path = folder / name;
    // Opening a pipe would wait for its other end.
    if (fs::is_other(path, error))
      problems.push_back({{path}, "this is no file: it is left out"});
    else
      add(path);
  }
  return files;
}

}  // namespace fanlight::config
