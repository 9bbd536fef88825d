// SPDX-License-Identifier: Apache-2.0
// GResource as the place of the page's files.
#include "http/page_files.h"

#include <algorithm>
#include <array>

#include "glib/owned.h"
#include "http/header_value.h"

namespace fanlight::http {
namespace {

struct FileType {
  std::string_view suffix;
  std::string_view contentType;
};

constexpr std::array kFileTypes = {
    FileType{".css", "text/css; charset=utf-8"},
    FileType{".html", "text/html; charset=utf-8"},
    FileType{".ico", "image/x-icon"},
    FileType{".js", "text/javascript; charset=utf-8"},
    FileType{".json", "application/json"},
    FileType{".png", "image/png"},
    FileType{".svg", "image/svg+xml"},
    FileType{".txt", "text/plain; charset=utf-8"},
    FileType{".webmanifest", "application/manifest+json"},
    FileType{".woff2", "font/woff2"},
};

std::string contentTypeOf(std::string_view path) {
  for (const FileType& type : kFileTypes)
    if (path.ends_with(type.suffix))
      return std::string(type.contentType);
  return "application/octet-stream";
}

bool asksForFrame(const RequestHead& head) {
  std::string_view rest = head.query;
  while (head.path == "/" && !rest.empty()) {
    const std::string_view field = rest.substr(0, rest.find('&'));
    if (field.substr(0, field.find('=')) == "embed")
      return true;
    rest.remove_prefix(std::min(field.size() + 1, rest.size()));
  }
  return false;
}

}  // namespace

std::optional<PageFile> ResourceFiles::find(const std::string& path) const {
  // GResource would take "/page.js/" for "/page.js".
  if (path.size() > 1 && path.ends_with('/'))
    return std::nullopt;
  const std::string name = prefix_ + (path == "/" ? "/index.html" : path);
  PageFile file;
  file.bytes = glib::Ref<GBytes>::adopt(g_resources_lookup_data(name.c_str(), G_RESOURCE_LOOKUP_FLAGS_NONE, nullptr));
  if (!file.bytes)
    return std::nullopt;
  file.contentType = contentTypeOf(name);
  std::string& tag = entityTags_[name];
  if (tag.empty())
    tag = quote(glib::takeString(g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, file.bytes.get())));
  file.entityTag = tag;
  return file;
}

Response pageResponse(const PageFiles& files, const RequestHead& head, const std::vector<std::string>& framers) {
  const bool isForFrame = asksForFrame(head);
  auto file = files.find(isForFrame ? "/embed.html" : head.path);
  if (!file)
    return textResponse(404, "nothing is here");
  Response response;
  if (isForFrame) {
    // Never from a browser's memory, which would keep who might frame it as well.
    response.headers = {{"Cache-Control", "no-store"}};
    response.framedBy = framers;
  } else {
    response.headers = {{"ETag", file->entityTag}, {"Cache-Control", "no-cache"}};
    if (head.has("If-None-Match") && namesEntityTag(head.find("If-None-Match"), file->entityTag)) {
      response.status = 304;
      return response;
    }
  }
  response.contentType = std::move(file->contentType);
  response.body = std::move(file->bytes);
  return response;
}

}  // namespace fanlight::http
