// SPDX-License-Identifier: Apache-2.0
// Promised and shown certificates.
#include "webrtc/fingerprint.h"

#include <gtest/gtest.h>

#include "webrtc/certificate.h"

namespace fanlight::webrtc {
namespace {

const std::string kDigest =
    "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89";

TEST(ParseFingerprint, ReadsWhatBrowsersWrite) {
  const auto fingerprint = parseFingerprint("SHA-256 " + kDigest);
  ASSERT_TRUE(fingerprint);
  EXPECT_EQ(fingerprint->algorithm, "sha-256");
  EXPECT_EQ(fingerprint->digest, kDigest);
}

TEST(ParseFingerprint, RefusesWeakDigestsAndOtherForms) {
  for (const std::string& value :
       {std::string(), std::string("sha-256"), "sha-1 " + kDigest.substr(0, 59), "sha-256 " + kDigest.substr(3),
        "sha-256 " + kDigest + ":00", "sha-256 G" + kDigest.substr(1), "sha-384 " + kDigest})
    EXPECT_FALSE(parseFingerprint(value)) << value;
}

TEST(Certificate, MatchesItsOwnFingerprintAndNoOther) {
  const auto own = createCertificate();
  const auto other = createCertificate();
  ASSERT_TRUE(own && other);
  EXPECT_TRUE(matchesAny(own->pem, {own->fingerprint}));
  EXPECT_TRUE(matchesAny(own->pem, {other->fingerprint, own->fingerprint}));
  EXPECT_FALSE(matchesAny(own->pem, {other->fingerprint}));
  EXPECT_FALSE(matchesAny(own->pem, {}));
}

TEST(Certificate, IsDigestedByEachAlgorithmThatAnOfferMayName) {
  const auto own = createCertificate();
  for (const char* algorithm : {"sha-256", "sha-384", "sha-512"}) {
    const auto fingerprint = fingerprintOf(own->pem, algorithm);
    ASSERT_TRUE(fingerprint) << algorithm;
    EXPECT_TRUE(parseFingerprint(fingerprint->algorithm + " " + fingerprint->digest));
  }
}

TEST(FingerprintOf, RefusesTextThatIsNoCertificate) {
  EXPECT_FALSE(fingerprintOf("", "sha-256"));
  EXPECT_FALSE(fingerprintOf("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "sha-256"));
  EXPECT_FALSE(matchesAny("", {Fingerprint{"sha-256", kDigest}}));
}

}  // namespace
}  // namespace fanlight::webrtc
