// SPDX-License-Identifier: Apache-2.0
// Text in, text out.
#include "webrtc/recorded_offer.h"

#include <gtest/gtest.h>
#include <json-glib/json-glib.h>

#include "glib/ref.h"

namespace fanlight::test {

std::string recordedOffer(const std::string& name) {
  const glib::Ref<GObject> parser = glib::Ref<GObject>::adopt(G_OBJECT(json_parser_new()));
  const std::string path = std::string(FIXTURES) + "/offers/" + name + ".json";
  EXPECT_TRUE(json_parser_load_from_file(JSON_PARSER(parser.get()), path.c_str(), nullptr)) << path;
  return json_object_get_string_member(json_node_get_object(json_parser_get_root(JSON_PARSER(parser.get()))), "sdp");
}

std::string withoutLines(std::string sdp, const std::string& prefix) {
  for (std::size_t at = sdp.find("\r\n" + prefix); at != std::string::npos; at = sdp.find("\r\n" + prefix, at))
    sdp.erase(at, sdp.find("\r\n", at + 2) - at);
  return sdp;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string replacedAll(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::vector<std::string> sectionsOf(const std::string& sdp) {
  std::vector<std::string> sections;
  std::size_t begin = 0;
  for (std::size_t at = sdp.find("\r\nm="); at != std::string::npos; at = sdp.find("\r\nm=", at + 1)) {
    sections.push_back(sdp.substr(begin, at + 2 - begin));
    begin = at + 2;
  }
  sections.push_back(sdp.substr(begin));
  return sections;
}

std::string joined(const std::vector<std::string>& sections) {
  std::string sdp;
  for (const std::string& section : sections)
    sdp += section;
  return sdp;
}

std::string movedToSession(const std::string& sdp, const std::string& prefix) {
  const std::size_t at = sdp.find(prefix);
  EXPECT_NE(at, std::string::npos) << prefix;
  auto sections = sectionsOf(withoutLines(sdp, prefix));
  sections[0] += sdp.substr(at, sdp.find("\r\n", at) + 2 - at);
  return joined(sections);
}

std::string withBundledLine(const std::string& sdp, std::size_t position, const std::string& line) {
  auto sections = sectionsOf(sdp);
  sections.insert(sections.begin() + static_cast<std::ptrdiff_t>(1 + position), line + "a=mid:extra\r\n");
  const std::string group = "a=group:BUNDLE";
  const std::size_t at = sections[0].find(group);
  // The group lists the lines in their order: its first one stands for the transport.
  const std::size_t end = position == 0 ? at + group.size() : sections[0].find("\r\n", at);
  sections[0].insert(end, " extra");
  return joined(sections);
}

}  // namespace fanlight::test
