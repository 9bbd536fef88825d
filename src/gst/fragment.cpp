// SPDX-License-Identifier: Apache-2.0
// Fragments come out of the binary's own resource.
#include "gst/fragment.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "glib/resource.h"

// Generated C, which does not say so itself.
extern "C" {
#include "pipelines/pipelines-resource.h"
}

namespace fanlight::gst {
namespace {

constexpr std::string_view kFolder = "/fanlight/pipelines/";
constexpr std::string_view kSuffix = ".gst";

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + '"';
}

// GStreamer stops reading at a NUL, before the closing quote: what stands in front of it would be syntax. A backslash
// in front of that quote makes it read on to the next one, whether or not it is escaped itself.
const char* whyNotQuotable(const std::string& text) {
  if (text.find('\0') != std::string::npos)
    return "holds a NUL";
  return text.ends_with('\\') ? "ends in a backslash" : nullptr;
}

bool isPropertyName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return base::isAlphanumeric(c) || c == '-'; });
}

struct WhyNotText {
  const char* operator()(std::int64_t) const { return nullptr; }
  const char* operator()(const base::FrameRate&) const { return nullptr; }
  const char* operator()(const std::string& text) const { return whyNotQuotable(text); }
  const char* operator()(const Properties& properties) const {
    for (const auto& [name, text] : properties) {
      if (!isPropertyName(name))
        return "has a name that is none of a property";
      if (const char* why = whyNotQuotable(text))
        return why;
    }
    return nullptr;
  }
};

struct ToText {
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(const base::FrameRate& rate) const {
    return fmt::format("{}/{}", rate.numerator, rate.denominator);
  }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const Properties& properties) const {
    std::string result;
    for (const auto& [name, text] : properties)
      result += fmt::format("{}={} ", name, quoted(text));
    return result;
  }
};

std::string withoutComments(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (!line.starts_with('#'))
      kept.append(line).append(" ");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return kept;
}

/// Asked for once: while one thread has GLib register what is linked in, another one that asks is given nothing.
GResource* fragments() {
  static GResource* const resource = fanlight_pipelines_get_resource();
  return resource;
}

}  // namespace

std::vector<std::string> fragmentNames(std::string_view role) {
  std::vector<std::string> names;
  const std::string prefix = std::string(role) + '-';
  for (const std::string& name : glib::resourceNames(fragments(), std::string(kFolder)))
    if (name.starts_with(prefix) && name.ends_with(kSuffix))
      names.push_back(name.substr(prefix.size(), name.size() - prefix.size() - kSuffix.size()));
  std::ranges::sort(names);
  return names;
}

base::Result<std::string> renderFragment(std::string_view role, std::string_view name, const FragmentValues& values) {
  const std::string path = fmt::format("{}{}-{}{}", kFolder, role, name, kSuffix);
  const auto text = glib::resourceText(fragments(), path);
  if (!text)
    return base::fail(base::ErrorCode::NotFound, fmt::format("no pipeline fragment '{}-{}'", role, name));
  auto filled = fillPlaceholders(withoutComments(*text), values);
  if (!filled)
    return tl::unexpected(std::move(filled.error()).within(fmt::format("fragment '{}-{}'", role, name)));
  return filled;
}

base::Result<std::string> fillPlaceholders(std::string_view text, const FragmentValues& values) {
  std::string result;
  while (true) {
    const std::size_t open = text.find('{');
    result.append(text.substr(0, open));
    if (open == std::string_view::npos)
      return result;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos)
      return base::fail(base::ErrorCode::InvalidArgument, "a '{' without its '}'");
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto value = values.find(name);
    if (value == values.end())
      return base::fail(base::ErrorCode::InvalidArgument, fmt::format("nothing is given for '{{{}}}'", name));
    if (const char* why = std::visit(WhyNotText{}, value->second))
      return base::fail(base::ErrorCode::InvalidArgument, fmt::format("the text for '{{{}}}' {}", name, why));
    result += std::visit(ToText{}, value->second);
    text.remove_prefix(close + 1);
  }
}

}  // namespace fanlight::gst
