// SPDX-License-Identifier: Apache-2.0
// Unguessable ids.
#include "base/random.h"

#include <set>

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

TEST(RandomId, IsThirtyTwoHexadecimalDigits) {
  const std::string id = randomId();
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos) << id;
}

TEST(RandomId, IsNeverTheSameTwice) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i)
    ids.insert(randomId());
  EXPECT_EQ(ids.size(), 1000U);
}

TEST(RandomId, ShowsEveryDigitInEveryPlace) {
  std::set<std::pair<std::size_t, char>> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = randomId();
    for (std::size_t place = 0; place < id.size(); ++place)
      seen.emplace(place, id[place]);
  }
  // One of the 512 is missing by chance once in 10^25 runs.
  EXPECT_EQ(seen.size(), 32U * 16U);
}

}  // namespace
}  // namespace fanlight::base
