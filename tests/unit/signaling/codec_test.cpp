// SPDX-License-Identifier: Apache-2.0
// What the golden messages cannot hold: limits, broken bytes, and what only this side writes.
#include "signaling/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json/object.h"
#include "session/fakes.h"

namespace fanlight::signaling {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kSession = "n5Vb0kYw3QeTgHs2";

std::string offer(const std::string& sdp) {
  return R"({"type":"offer","session":")" + kSession + R"(","camera":"front-door","sdp":")" + sdp + R"("})";
}

std::string candidate(const std::string& fields) {
  return R"({"type":"candidate","session":")" + kSession + R"(",)" + fields + "}";
}

ErrorMessage failure(const std::string& text) {
  const auto decoded = decode(text);
  EXPECT_FALSE(decoded) << text.substr(0, 200);
  return decoded ? ErrorMessage{} : decoded.error();
}

/// The object that was written, for its fields.
json::ObjectRef read(const std::string& text) {
  auto object = json::parseObject(text);
  EXPECT_TRUE(object) << object.error().message << ": " << text;
  return object ? std::move(*object) : json::ObjectRef::adopt(json_object_new());
}

std::string text(const json::ObjectRef& object, const char* name) {
  return json_object_get_string_member_with_default(object.get(), name, "(none)");
}

TEST(Decode, TakesAMessageUpToItsLimit) {
  std::string message = R"({"type":"hello","ignored":")";
  message += std::string(kMaxMessageBytes - message.size() - 2, 'x') + "\"}";
  ASSERT_EQ(message.size(), kMaxMessageBytes);
  EXPECT_TRUE(decode(message));
  EXPECT_EQ(failure(message + " ").code, ErrorCode::TooLarge);
}

TEST(Decode, TakesAnSdpUpToItsLimit) {
  EXPECT_TRUE(decode(offer(std::string(kMaxSdpBytes, 'x'))));
  const auto error = failure(offer(std::string(kMaxSdpBytes + 1, 'x')));
  EXPECT_EQ(error.code, ErrorCode::TooLarge);
  EXPECT_EQ(error.session, session::SessionId(kSession));
  EXPECT_THAT(error.message, HasSubstr("'sdp'"));
}

TEST(Decode, RefusesAMebibyteOfSdp) {
  EXPECT_EQ(failure(offer(std::string(1024 * 1024, 'x'))).code, ErrorCode::TooLarge);
}

TEST(Decode, TakesACandidateUpToItsLimit) {
  const auto of = [](std::size_t size) { return candidate(R"("candidate":")" + std::string(size, 'x') + '"'); };
  EXPECT_TRUE(decode(of(kMaxCandidateBytes)));
  EXPECT_EQ(failure(of(kMaxCandidateBytes + 1)).code, ErrorCode::TooLarge);
}

TEST(Decode, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(failure(R"({"type":"bye"})").message, "cannot read the message: field 'session' is missing; it is ignored");
  EXPECT_EQ(failure(R"({"type":7})").message, "cannot read the message: field 'type' is not a string; it is ignored");
  EXPECT_THAT(failure(candidate(R"("candidate":"","sdpMLineIndex":-1)")).message, HasSubstr("'sdpMLineIndex'"));
}

TEST(Decode, NamesTheSessionOfAMessageThatIsWrong) {
  EXPECT_EQ(failure(candidate(R"("candidate":7)")).session, session::SessionId(kSession));
  EXPECT_EQ(failure(R"({"type":"dance","session":")" + kSession + "\"}").session, session::SessionId(kSession));
  EXPECT_EQ(failure(R"({"type":"bye","session":"short"})").session, std::nullopt);
}

TEST(Decode, NamesAnUnknownType) {
  const auto error = failure(R"({"type":"dance"})");
  EXPECT_EQ(error.code, ErrorCode::UnknownType);
  EXPECT_THAT(error.message, HasSubstr("'dance'"));
}

TEST(Decode, DoesNotRepeatAnEndlessType) {
  EXPECT_THAT(failure(R"({"type":")" + std::string(10'000, 'x') + "\"}").message, Not(HasSubstr("xx")));
}

TEST(Decode, RefusesANumberThatIsNoIndex) {
  for (const char* number : {"65536", "-1", "0.5", "1e3", "2147483648", "4294967296", "123456789012345678",
                             "18446744073709551615", "-99999999999999999999999", "1e999", "true", "\"0\"", "[]"})
    EXPECT_EQ(failure(candidate(std::string(R"("candidate":"","sdpMLineIndex":)") + number)).code,
              ErrorCode::BadMessage)
        << number;
}

TEST(Decode, TakesEveryNumberThatIsAnIndex) {
  for (const int index : {0, 1, 65535}) {
    const auto decoded = decode(candidate(R"("candidate":"","sdpMLineIndex":)" + std::to_string(index)));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(std::get<CandidateMessage>(*decoded).candidate.sdpMLineIndex, index);
  }
}

TEST(Decode, RefusesTextThatIsNotUtf8) {
  for (const char* bytes : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80"}) {
    const auto error = failure(std::string(R"({"type":"hello","token":")") + bytes + "\"}");
    EXPECT_EQ(error.code, ErrorCode::BadMessage);
    EXPECT_THAT(error.message, HasSubstr("UTF-8"));
  }
}

TEST(Decode, RefusesNul) {
  EXPECT_EQ(failure(std::string("{\"type\":\"hello\"}\0", 17)).code, ErrorCode::BadMessage);
  EXPECT_EQ(failure(std::string("{\"type\":\"hel\0lo\"}", 17)).code, ErrorCode::BadMessage);
  EXPECT_EQ(failure(R"({"type":"hello\u0000"})").code, ErrorCode::BadMessage);
}

TEST(Decode, RefusesDeepNesting) {
  const auto error = failure(R"({"type":"hello","a":)" + std::string(30'000, '[') + std::string(30'000, ']') + "}");
  EXPECT_EQ(error.code, ErrorCode::BadMessage);
  EXPECT_THAT(error.message, HasSubstr("nested"));
}

TEST(Decode, RefusesWhatOnlyTheParserFinds) {
  for (const char* text :
       {R"({"type":"hello",})", R"({"type" "hello"})", R"({"type":"hello" "a":1})", R"({"type":"hello"])",
        R"({"type":"hello","a":[1,]})", R"({,})", R"({"type"})", R"({"type":"hello","a":[1 2]})", R"({"a":truefalse})",
        R"({"a":1true})", R"({"a":"b""c"})", R"({"a"::1})", R"({1:2})"})
    EXPECT_EQ(failure(text).code, ErrorCode::BadMessage) << text;
}

TEST(Decode, TakesTheLastOfFieldsWithOneName) {
  const auto decoded = decode(R"({"type":"offer","type":"hello","token":7,"token":"a"})");
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(std::get<Hello>(*decoded).token.reveal(), "a");
}

TEST(Decode, ReadsEscapedText) {
  const auto decoded = decode(R"({"type":"hello","token":"a\r\n\"\\\u00e9\ud83d\ude00"})");
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(std::get<Hello>(*decoded).token.reveal(), "a\r\n\"\\é😀");
}

TEST(Decode, RefusesACameraIdThatIsNone) {
  for (const char* camera : {"", "Front", "front door", "../etc", "012345678901234567890123456789012"})
    EXPECT_EQ(failure(R"({"type":"offer","session":")" + kSession + R"(","sdp":"","camera":")" + camera + "\"}").code,
              ErrorCode::BadMessage)
        << camera;
}

TEST(Decode, SurvivesAMessageThatIsCutAnywhere) {
  const std::string whole = offer("v=0\\r\\n\\u00e9");
  ASSERT_TRUE(decode(whole));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(failure(whole.substr(0, length)).code, ErrorCode::BadMessage) << length;
}

TEST(Encode, WritesOneLineThoughTheTextHasSeveral) {
  const std::string line = encode(AnswerMessage{session::SessionId(kSession), "v=0\r\n\"\\\x01é"});
  EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
  EXPECT_EQ(text(read(line), "sdp"), "v=0\r\n\"\\\x01é");
}

TEST(Encode, WritesUtf8ThoughACameraCallsItselfOtherwise) {
  const std::string line =
      encode(CameraStateMessage{base::CameraId("front"), session::CameraState::Away, "bad \xff byte"});
  EXPECT_EQ(text(read(line), "reason"), "bad \xef\xbf\xbd byte");
}

TEST(Encode, WritesAFrameRateThatIsNoWholeNumber) {
  session::CameraInfo camera = test::cameraInfo("front");
  camera.frameRate = {30000, 1001};
  const auto list = read(encodeCameras({}, {camera}));
  JsonObject* written = json_array_get_object_element(json_object_get_array_member(list.get(), "cameras"), 0);
  EXPECT_DOUBLE_EQ(json_object_get_double_member(written, "framerate"), 30000.0 / 1001);
}

TEST(Encode, ShowsTheListOfCamerasAsWelcomeDoes) {
  const DeviceInfo device{base::DeviceId("porch"), "Porch", "0.1.0"};
  const std::vector<session::CameraInfo> cameras{test::cameraInfo("front"), test::cameraInfo("garden")};
  const auto list = read(encodeCameras(device, cameras));
  const auto welcome = read(encode(Welcome{device, cameras, {session::Right::View}, {}}));
  EXPECT_EQ(json_object_get_size(list.get()), 2U);
  for (const char* name : {"device", "cameras"})
    EXPECT_TRUE(json_node_equal(json_object_get_member(list.get(), name), json_object_get_member(welcome.get(), name)))
        << name;
}

TEST(Names, OfRefusalsAreThoseOfErrors) {
  using session::RefusalCode;
  const std::vector<std::pair<RefusalCode, std::string_view>> names{
      {RefusalCode::BadOffer, "bad-offer"},
      {RefusalCode::UnsupportedOffer, "unsupported-offer"},
      {RefusalCode::UnknownCamera, "unknown-camera"},
      {RefusalCode::UnknownSession, "unknown-session"},
      {RefusalCode::SessionExists, "session-exists"},
      {RefusalCode::TooManyCandidates, "too-many-candidates"},
      {RefusalCode::Busy, "busy"},
      {RefusalCode::Unauthorized, "unauthorized"},
      {RefusalCode::Expired, "expired"},
      {RefusalCode::Revoked, "revoked"},
      {RefusalCode::NotYet, "not-yet"},
      {RefusalCode::ClockUnset, "clock-unset"},
      {RefusalCode::TooManyTries, "rate-limited"},
      {RefusalCode::WrongCode, "wrong-code"},
      {RefusalCode::NoPairing, "no-pairing"},
      {RefusalCode::BadCommand, "bad-command"},
      {RefusalCode::Forbidden, "forbidden"},
      {RefusalCode::Internal, "internal"},
  };
  ASSERT_EQ(names.size(), static_cast<std::size_t>(RefusalCode::Internal) + 1);
  for (const auto& [refusal, name] : names)
    EXPECT_EQ(toText(toErrorCode(refusal)), name);
}

}  // namespace
}  // namespace fanlight::signaling
