// SPDX-License-Identifier: Apache-2.0
#include "mqtt/topics.h"

namespace fanlight::mqtt {
namespace {

constexpr std::string_view kEnd = "/in";
constexpr std::string_view kOfNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::optional<std::string> Topics::viewerOf(std::string_view topic) const {
  const std::string start = root_ + "signal/";
  if (!topic.starts_with(start) || !topic.ends_with(kEnd) || topic.size() <= start.size() + kEnd.size())
    return std::nullopt;
  const std::string_view name = topic.substr(start.size(), topic.size() - start.size() - kEnd.size());
  if (name.size() > kMaxViewerNameBytes || name.find_first_not_of(kOfNames) != std::string_view::npos)
    return std::nullopt;
  return std::string(name);
}

}  // namespace fanlight::mqtt
