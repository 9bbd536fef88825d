// SPDX-License-Identifier: Apache-2.0
// Whose word on the client is believed, and which of its words.
#include "http/trusted_proxies.h"

#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

Client clientOf(const char* peer, std::vector<Header> headers) {
  return TrustedProxies({"127.0.0.1", "::1"}).clientOf({"GET", "/", "", std::move(headers)}, {peer, Scheme::Http});
}

TEST(TrustedProxies, TellWhoAsksAndHow) {
  const Client client = clientOf("127.0.0.1", {{"X-Forwarded-For", "192.0.2.7"}, {"X-Forwarded-Proto", "https"}});
  EXPECT_EQ(client.address, "192.0.2.7");
  EXPECT_EQ(client.scheme, Scheme::Https);
}

TEST(TrustedProxies, AreNotWhoeverSaysSo) {
  const Client client = clientOf("192.0.2.66", {{"X-Forwarded-For", "127.0.0.1"}, {"X-Forwarded-Proto", "https"}});
  EXPECT_EQ(client.address, "192.0.2.66");
  EXPECT_EQ(client.scheme, Scheme::Http);
}

TEST(TrustedProxies, AreBelievedForTheLastOfTheChain) {
  EXPECT_EQ(clientOf("::1", {{"X-Forwarded-For", "127.0.0.1, 10.0.0.1, 2001:db8::7"}}).address, "2001:db8::7");
}

TEST(TrustedProxies, AreBelievedForWhatTheyAddedThemselves) {
  const std::vector<Header> twice{{"X-Forwarded-For", "10.0.0.1"}, {"X-Forwarded-For", "192.0.2.7"}};
  EXPECT_EQ(clientOf("::1", twice).address, "192.0.2.7") << "as HAProxy adds it";
  EXPECT_EQ(clientOf("::1", {{"X-Forwarded-For", "\", 192.0.2.7"}}).address, "192.0.2.7") << "behind a client's quote";
  const std::vector<Header> schemes{{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Proto", "http"}};
  EXPECT_EQ(clientOf("::1", schemes).scheme, Scheme::Http);
}

TEST(TrustedProxies, AreUnderstoodWhateverTheFormOfTheAddress) {
  EXPECT_EQ(clientOf("::1", {{"X-Forwarded-For", "::ffff:192.0.2.7"}}).address, "192.0.2.7");
  EXPECT_EQ(clientOf("::1", {{"X-Forwarded-For", "2001:DB8:0::7"}}).address, "2001:db8::7");
}

TEST(TrustedProxies, AreNotBelievedWhatIsNoAddressOrScheme) {
  for (const char* word : {"", "unknown", "_hidden", "192.0.2.7:80", "192.0.2"})
    EXPECT_EQ(clientOf("127.0.0.1", {{"X-Forwarded-For", word}}).address, "127.0.0.1") << word;
  EXPECT_EQ(clientOf("127.0.0.1", {{"X-Forwarded-Proto", "gopher"}}).scheme, Scheme::Http);
}

}  // namespace
}  // namespace fanlight::http
