// SPDX-License-Identifier: Apache-2.0
#include "ice/advertised_addresses.h"

#include <gmock/gmock.h>

#include "loop_fixture.h"

namespace fanlight::ice {
namespace {

using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AdvertisedAddressesTest : public test::LoopFixture {};

TEST_F(AdvertisedAddressesTest, AreThoseThatAreNamed) {
  const AdvertisedAddresses advertised(context_, {"198.51.100.7", "2001:db8::7"});
  EXPECT_THAT(advertised.now(), ElementsAre("198.51.100.7", "2001:db8::7"));
}

TEST_F(AdvertisedAddressesTest, AreThoseOfANameOnceItIsFound) {
  const AdvertisedAddresses advertised(context_, {"localhost"});
  EXPECT_THAT(advertised.now(), IsEmpty());
  runUntil("the name to be found", [&] { return !advertised.now().empty(); });
  EXPECT_THAT(advertised.now(), Each(AnyOf("127.0.0.1", "::1")));
}

TEST_F(AdvertisedAddressesTest, AreNoneOfANameThatNobodyKnows) {
  const AdvertisedAddresses advertised(context_, {"nobody.invalid", "localhost"});
  runUntil("the other name to be found", [&] { return !advertised.now().empty(); });
  EXPECT_THAT(advertised.now(), Each(AnyOf("127.0.0.1", "::1")));
}

}  // namespace
}  // namespace fanlight::ice
