// SPDX-License-Identifier: Apache-2.0
// Which texts are tokens of a key.
#include "access/token.h"

#include <glib.h>
#include <gtest/gtest.h>

#include "access/fleet_key.h"
#include "access/key_pair.h"

namespace fanlight::access {
namespace {

using namespace std::chrono_literals;

std::string base64Url(std::string_view bytes) {
  gchar* encoded = g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size());
  std::string text(encoded);
  g_free(encoded);
  for (char& c : text)
    c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text.substr(0, text.find('='));
}

Claims someClaims() {
  Claims claims;
  claims.id = session::GrantId("7d0kq2");
  claims.audience = "porch";
  claims.rights = {session::Right::View, session::Right::Talk};
  claims.cameras = std::set{base::CameraId("front-door")};
  claims.name = "kitchen tablet";
  claims.issued = std::chrono::sys_seconds(1'800'000'000s);
  claims.notBefore = std::chrono::sys_seconds(1'800'000'001s);
  claims.expires = std::chrono::sys_seconds(4'000'000'000s);
  return claims;
}

const Key kKey{Algorithm::Hs256, base::Secret("0123456789abcdef0123456789abcdef")};

std::string signedText(const Claims& claims = someClaims(), const Key& key = kKey) {
  return sign(claims, key).value().reveal();
}

bool isTaken(const std::string& token, const Key& key = kKey) {
  return verify(base::Secret(token), key).has_value();
}

/// A token with these claims as they stand, signed as its header says it is not.
std::string withHeader(const std::string& header) {
  const std::string token = signedText();
  return base64Url(header) + token.substr(token.find('.'));
}

TEST(Token, SaysWhatWasSigned) {
  EXPECT_EQ(verify(base::Secret(signedText()), kKey).value(), someClaims());
}

TEST(Token, OfAFleetSaysWhatWasSigned) {
  const auto pair = test::makeKeyPair();
  const std::string token = signedText(someClaims(), {Algorithm::Es256, base::Secret(pair.secret)});

  EXPECT_EQ(verify(base::Secret(token), readFleetKey(pair.open).value()).value(), someClaims());
}

TEST(Token, IsTheSameTextEachTime) {
  EXPECT_EQ(signedText(), signedText());
}

TEST(Token, NeedsNoneOfTheClaimsThatLimitIt) {
  Claims claims;
  claims.id = session::GrantId("a");
  claims.audience = "porch";
  claims.rights = {session::Right::View};

  EXPECT_EQ(verify(base::Secret(signedText(claims)), kKey).value(), claims);
}

TEST(Token, IsNoneOfAnotherKey) {
  EXPECT_FALSE(isTaken(signedText(), {Algorithm::Hs256, base::Secret("0123456789abcdef0123456789abcdee")}));
  const auto one = test::makeKeyPair();
  const auto other = test::makeKeyPair();
  const std::string token = signedText(someClaims(), {Algorithm::Es256, base::Secret(one.secret)});
  EXPECT_FALSE(isTaken(token, readFleetKey(other.open).value()));
}

TEST(Token, IsNoneThatChoosesItsOwnAlgorithm) {
  const auto pair = test::makeKeyPair();
  // The classic: the public half, which everybody may know, as the key of an HMAC.
  const std::string confused = signedText(someClaims(), {Algorithm::Hs256, base::Secret(pair.open)});
  EXPECT_FALSE(isTaken(confused, readFleetKey(pair.open).value()));
  for (const char* header :
       {R"({"alg":"none","typ":"JWT"})", R"({"alg":"None"})", R"({"alg":""})", R"({"typ":"JWT"})", R"({"alg":"HS512"})",
        R"({"alg":"ES256"})", R"({"alg":"hs256"})", R"({"alg":7})", "{}", "[]", ""})
    EXPECT_FALSE(isTaken(withHeader(header))) << header;
}

TEST(Token, IsNoneWithoutItsSignature) {
  const std::string token = signedText();
  const std::string body = token.substr(0, token.rfind('.'));
  EXPECT_FALSE(isTaken(body));
  EXPECT_FALSE(isTaken(body + "."));
  const std::string unsigned_ = base64Url(R"({"alg":"none"})") + body.substr(body.find('.')) + ".";
  EXPECT_FALSE(isTaken(unsigned_));
}

TEST(Token, IsNoneThatAsksForWhatIsNotKnownHere) {
  EXPECT_FALSE(isTaken(withHeader(R"({"alg":"HS256","crit":["exp"]})")));
}

TEST(Token, IsNoneOfItsPrefixes) {
  const std::string token = signedText();
  for (std::size_t length = 0; length < token.size(); ++length)
    EXPECT_FALSE(isTaken(token.substr(0, length))) << length;
}

TEST(Token, IsNoneOfItsSuffixes) {
  const std::string token = signedText();
  for (std::size_t start = 1; start <= token.size(); ++start)
    EXPECT_FALSE(isTaken(token.substr(start))) << start;
}

TEST(Token, IsNoneWithOneCharacterMore) {
  const std::string token = signedText();
  for (const char more : {'A', '=', '.', ' ', '\n', '\0', 'a'}) {
    EXPECT_FALSE(isTaken(token + more)) << int{more};
    EXPECT_FALSE(isTaken(more + token)) << int{more};
  }
}

TEST(Token, IsNoneWithOneCharacterChanged) {
  const std::string token = signedText();
  for (std::size_t at = 0; at < token.size(); ++at) {
    std::string other = token;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(isTaken(other)) << at;
  }
}

TEST(Token, OfAFleetHasOneSpelling) {
  const auto pair = test::makeKeyPair();
  const Key key = readFleetKey(pair.open).value();
  const std::string token = signedText(someClaims(), {Algorithm::Es256, base::Secret(pair.secret)});
  ASSERT_TRUE(isTaken(token, key));
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const char last : alphabet) {
    std::string other = token;
    other.back() = last;
    EXPECT_EQ(isTaken(other, key), other == token) << last;
  }
}

TEST(Token, IsNoneThatIsTooLong) {
  Claims claims = someClaims();
  claims.name = std::string(session::kMaxTokenBytes, 'a');
  EXPECT_FALSE(isTaken(signedText(claims)));
}

TEST(Token, IsNoneWhoseClaimsAreNotWhatTheyShouldBe) {
  for (const auto change : {+[](Claims& claims) { claims.id = session::GrantId(""); },
                            +[](Claims& claims) { claims.id = session::GrantId(std::string(65, 'a')); },
                            +[](Claims& claims) { claims.audience = std::string(65, 'a'); }}) {
    Claims claims = someClaims();
    change(claims);
    EXPECT_FALSE(isTaken(signedText(claims)));
  }
}

TEST(Token, TellsItsIdWithoutAKey) {
  EXPECT_EQ(unverifiedId(base::Secret(signedText())), session::GrantId("7d0kq2"));
  for (const char* text : {"", "a.b.c", "no token"})
    EXPECT_EQ(unverifiedId(base::Secret(text)), std::nullopt) << text;
}

TEST(FleetKey, IsAPublicKeyOfItsCurve) {
  EXPECT_TRUE(readFleetKey(test::makeKeyPair().open));
  EXPECT_FALSE(readFleetKey(test::makeKeyPair("P-384").open));
  EXPECT_FALSE(readFleetKey(test::makeKeyPair().secret));
  EXPECT_FALSE(readFleetKey(""));
}

}  // namespace
}  // namespace fanlight::access
