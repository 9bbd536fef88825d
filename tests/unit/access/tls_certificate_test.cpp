// SPDX-License-Identifier: Apache-2.0
// Certificates made and read again.
#include "access/tls_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::access {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

const TlsNames kNames{{"localhost", "porch.local"}, {"192.0.2.7", "::1", "2001:db8::7"}};
const Validity kValidity{std::chrono::sys_days(2026y / 11 / 21), std::chrono::sys_days(2027y / 12 / 23)};

base::Secret makeKey() {
  auto key = makeTlsKey();
  EXPECT_TRUE(key);
  return std::move(*key);
}

TEST(TlsCertificate, HoldsTheNamesAndTheTimesThatItWasMadeFor) {
  const auto pair = signByItself(makeKey(), kNames, kValidity);
  ASSERT_TRUE(pair) << pair.error().message;
  const auto read = readTlsCertificate(pair->certificate);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->names, kNames);
  EXPECT_EQ(read->validity.begin, kValidity.begin);
  EXPECT_EQ(read->validity.end, kValidity.end);
}

TEST(TlsCertificate, BelongsToTheKeyThatItWasMadeWith) {
  const auto pair = signByItself(makeKey(), kNames, kValidity);
  EXPECT_TRUE(checkTlsPair(*pair));
  const auto checked = checkTlsPair({pair->certificate, makeKey()});
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().message, "the key is not the certificate's");
}

TEST(TlsCertificate, HasAFingerprintOfItsOwn) {
  const base::Secret key = makeKey();
  const auto one = readTlsCertificate(signByItself(key, kNames, kValidity)->certificate);
  const auto other = readTlsCertificate(signByItself(key, kNames, kValidity)->certificate);
  EXPECT_THAT(one->fingerprint, MatchesRegex("([0-9A-F][0-9A-F]:){31}[0-9A-F][0-9A-F]"));
  EXPECT_NE(one->fingerprint, other->fingerprint) << "their serial numbers differ";
}

TEST(TlsCertificate, MayLastAsLongAsX509KnowsYears) {
  const Validity endless{std::chrono::sys_days(1970y / 1 / 1), std::chrono::sys_days(9999y / 12 / 31)};
  const auto read = readTlsCertificate(signByItself(makeKey(), kNames, endless)->certificate);
  EXPECT_EQ(read->validity.begin, endless.begin);
  EXPECT_EQ(read->validity.end, endless.end);
}

TEST(TlsCertificate, NamesAreTakenAsTheyAreWrittenOrNotAtAll) {
  const auto read =
      readTlsCertificate(signByItself(makeKey(), {{"porch,DNS:evil.example"}, {}}, kValidity)->certificate);
  EXPECT_EQ(read->names.hosts, std::vector<std::string>{"porch,DNS:evil.example"});
  EXPECT_FALSE(signByItself(makeKey(), {{}, {"192.0.2.300"}}, kValidity));
}

TEST(TlsCertificate, SaysWhichFileIsNone) {
  const auto pair = signByItself(makeKey(), kNames, kValidity);
  EXPECT_THAT(checkTlsPair({"nothing", pair->key}).error().message, HasSubstr("the certificate is none"));
  EXPECT_THAT(checkTlsPair({pair->certificate, base::Secret("nothing")}).error().message,
              HasSubstr("the key is no private key"));
  EXPECT_THAT(readTlsCertificate("").error().message, HasSubstr("the certificate is none"));
  EXPECT_FALSE(signByItself(base::Secret(pair->certificate), kNames, kValidity));
}

TEST(TlsCertificate, AsksNobodyForAPassphrase) {
  const base::Secret locked(
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
      "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg=\n"
      "-----END ENCRYPTED PRIVATE KEY-----\n");
  const auto pair = signByItself(makeKey(), kNames, kValidity);
  EXPECT_THAT(checkTlsPair({pair->certificate, locked}).error().message, HasSubstr("without a passphrase"));
}

}  // namespace
}  // namespace fanlight::access
