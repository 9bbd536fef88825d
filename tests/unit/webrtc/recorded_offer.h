// SPDX-License-Identifier: Apache-2.0
// Offers that browsers really made, and edits of them that keep them whole. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fanlight::test {

/// The SDP of tests/fixtures/offers/NAME.json.
std::string recordedOffer(const std::string& name);

/// `sdp` less each line that begins with `prefix`.
std::string withoutLines(std::string sdp, const std::string& prefix);
/// The first `from` replaced, which has to be there; each `from`.
std::string replaced(std::string text, const std::string& from, const std::string& to);
std::string replacedAll(std::string text, const std::string& from, const std::string& to);

/// What stands before the first m-line, and each m-line with what belongs to it.
std::vector<std::string> sectionsOf(const std::string& sdp);
std::string joined(const std::vector<std::string>& sections);

/// The attribute of the first line moved to the session, as libdatachannel and Firefox write fingerprints.
std::string movedToSession(const std::string& sdp, const std::string& prefix);

/// `line` put in as m-line number `position`, bundled with the others as mid "extra".
std::string withBundledLine(const std::string& sdp, std::size_t position, const std::string& line);

}  // namespace fanlight::test
