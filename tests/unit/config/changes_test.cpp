// SPDX-License-Identifier: Apache-2.0
// What differs, in words, and when it takes effect.
#include "config/changes.h"

#include <gmock/gmock.h>

namespace fanlight::config {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ChangesTest : public ::testing::Test {
 protected:
  static Camera camera(const std::string& id) {
    Camera camera;
    camera.id = base::CameraId(id);
    camera.name = id;
    return camera;
  }
  ChangesTest() {
    before_.cameras = {camera("porch"), camera("yard")};
    after_ = before_;
  }
  std::vector<Change> found() const { return changes(declare({{"x264enc"}, {"bars"}}, "host"), before_, after_); }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const Change& change : found())
      texts.push_back(toText(change));
    return texts;
  }

  Settings before_;
  Settings after_;
};

TEST_F(ChangesTest, AreNoneWhereNothingDiffers) {
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(ChangesTest, AreNamedWithBothValues) {
  after_.cameras[1].bitrate = {500'000};
  after_.http.connections = 9;
  EXPECT_THAT(texts(), ElementsAre("'connections' of [http] is 9 now, and was 128",
                                   "'bitrate' of [[camera]] 'yard' is 500_000 now, and was 2_000_000"));
}

TEST_F(ChangesTest, SayWhatIsNotSet) {
  after_.http.certificate = "/etc/fanlight/tls.pem";
  EXPECT_THAT(texts(), ElementsAre("'certificate' of [http] is \"/etc/fanlight/tls.pem\" now, and was not set"));
}

TEST_F(ChangesTest, SayNothingOfASecretButThatItDiffers) {
  before_.inputs = {{.id = base::InputId("bell"), .webhook = "https://home.example/hook/one"}};
  after_.inputs = {{.id = base::InputId("bell"), .webhook = "https://home.example/hook/two"}};
  EXPECT_THAT(texts(), ElementsAre("'webhook' of [[input]] 'bell' is set now, and was set"));
}

TEST_F(ChangesTest, OfLimitsLogBitrateAndNameTakeEffectAtOnce) {
  after_.limits.viewers = 3;
  after_.log.level = base::LogLevel::Debug;
  after_.cameras[0].bitrate = {500'000};
  after_.cameras[0].name = "The porch";
  for (const Change& change : found())
    EXPECT_EQ(change.applies, Applies::AtOnce) << toText(change);
  EXPECT_EQ(found().size(), 4U);
}

TEST_F(ChangesTest, OfWhatAPipelineIsMadeOfTakeEffectWithANewPicture) {
  after_.cameras[0].width = 640;
  after_.cameras[0].encoder = "x264enc";
  after_.cameras[0].controls = {{"brightness", std::int64_t{3}}};
  after_.cameras[0].frozenAfter = {};
  for (const Change& change : found())
    EXPECT_EQ(change.applies, Applies::WithNewPicture) << toText(change);
  EXPECT_EQ(found().size(), 4U);
}

TEST_F(ChangesTest, OfListenersAndIdentityWaitForARestart) {
  after_.device.name = "Another";
  after_.http.listen = {{"127.0.0.1", 9}};
  after_.access.fleetKeys = {"a key"};
  for (const Change& change : found())
    EXPECT_EQ(change.applies, Applies::AtRestart) << toText(change);
  EXPECT_EQ(found().size(), 3U);
}

TEST_F(ChangesTest, NameACameraThatCameAndOneThatIsGone) {
  after_.cameras = {camera("porch"), camera("garden")};
  EXPECT_THAT(texts(), ElementsAre("[[camera]] 'garden' is new", "[[camera]] 'yard' is gone"));
  EXPECT_EQ(found()[0].applies, Applies::AtOnce);
  EXPECT_EQ(found()[1].applies, Applies::AtRestart) << "somebody may be watching it";
}

TEST_F(ChangesTest, FromFoundCamerasToNamedOnesWaitForARestart) {
  before_.cameras.clear();
  after_.cameras = {camera("porch")};
  EXPECT_EQ(found().front().applies, Applies::AtRestart);
}

}  // namespace
}  // namespace fanlight::config
