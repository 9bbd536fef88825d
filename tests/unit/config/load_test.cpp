// SPDX-License-Identifier: Apache-2.0
#include "config/load.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temporary_folder.h"

namespace fanlight::config {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Choices& choices() {
  static const Choices known{
      .encoders = {"openh264", "x264"}, .patterns = {"bars", "ball"}, .keys = {"KEY_ENTER", "BTN_0"}};
  return known;
}

class Load : public ::testing::Test {
 protected:
  void write(std::string_view text) { folder_.write("fanlight.toml", text); }
  void writeDropIn(const std::string& name, std::string_view text) { folder_.write("fanlight.d/" + name, text); }

  Sources sources() const { return {.standard = folder_.path("fanlight.toml"), .hostName = "porch"}; }
  Reading read() const { return config::read(sources(), choices()); }
  Settings load() const { return config::load(sources(), choices()).value_or(Settings{}); }

  /// Each without the folder.
  std::vector<std::string> problems() const {
    std::vector<std::string> texts;
    for (const Problem& problem : read().problems)
      texts.push_back(toText(problem).substr(folder_.path("").size()));
    return texts;
  }

  const TemporaryFolder folder_;
};

TEST_F(Load, GivesDefaultsWithoutAnyFile) {
  const Settings settings = load();

  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(settings.device.id, base::DeviceId("porch"));
  EXPECT_EQ(settings.device.name, "porch");
  EXPECT_THAT(settings.http.listen, ElementsAre(base::Address{"127.0.0.1", 8080}));
  EXPECT_EQ(settings.http.connections, 128);
  EXPECT_EQ(settings.http.connectionsPerAddress, 16);
  EXPECT_EQ(settings.limits.viewers, 25);
  EXPECT_EQ(settings.limits.viewersPerCamera, 25);
  EXPECT_EQ(settings.limits.viewersPerSource, 16);
  EXPECT_EQ(settings.log.level, base::LogLevel::Info);
  EXPECT_THAT(settings.cameras, IsEmpty());
}

TEST_F(Load, GivesACameraItsDefaults) {
  write("[[camera]]\nid = 'front-door'\n");

  const Settings settings = load();

  ASSERT_THAT(settings.cameras, SizeIs(1));
  const Camera& camera = settings.cameras.front();
  EXPECT_EQ(camera.id, base::CameraId("front-door"));
  EXPECT_EQ(camera.name, "front-door");
  EXPECT_EQ(camera.source, SourceKind::Auto);
  EXPECT_EQ(camera.device, "");
  EXPECT_EQ(camera.resolution(), (base::Resolution{1280, 720}));
  EXPECT_EQ(camera.frameRate, (base::FrameRate{30, 1}));
  EXPECT_EQ(camera.bitrate, base::Bitrate{2'000'000});
  EXPECT_EQ(camera.keyframeInterval, std::chrono::seconds(10));
  EXPECT_EQ(camera.encoder, "auto");
}

TEST_F(Load, TakesEverySetting) {
  write(R"(
[device]
id = "porch-1"
name = "Porch ☂"
[http]
listen = ["[::1]:0"]
hosts = ["Porch.local"]
connections = 20
connections_per_address = 2
[limits]
viewers = 5
viewers_per_camera = 4
viewers_per_source = 3
[log]
level = "debug"
[[camera]]
id = "a"
name = "A"
source = "test"
pattern = "ball"
width = 640
height = 480
framerate = 15
bitrate = 500_000
keyframe_interval = "2s"
encoder = "x264"
[[camera]]
id = "b"
source = "v4l2"
device = "/dev/video2"
)");

  const Settings settings = load();

  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(settings.device.id, base::DeviceId("porch-1"));
  EXPECT_EQ(settings.device.name, "Porch ☂");
  EXPECT_THAT(settings.http.listen, ElementsAre(base::Address{"::1", 0}));
  EXPECT_THAT(settings.http.hosts, ElementsAre("porch.local"));
  EXPECT_EQ(settings.http.connections, 20);
  EXPECT_EQ(settings.http.connectionsPerAddress, 2);
  EXPECT_EQ(settings.limits.viewers, 5);
  EXPECT_EQ(settings.limits.viewersPerCamera, 4);
  EXPECT_EQ(settings.limits.viewersPerSource, 3);
  EXPECT_EQ(settings.log.level, base::LogLevel::Debug);
  ASSERT_THAT(settings.cameras, SizeIs(2));
  const Camera& a = settings.cameras[0];
  EXPECT_EQ(a.name, "A");
  EXPECT_EQ(a.source, SourceKind::Test);
  EXPECT_EQ(a.pattern, "ball");
  EXPECT_EQ(a.resolution(), (base::Resolution{640, 480}));
  EXPECT_EQ(a.frameRate, (base::FrameRate{15, 1}));
  EXPECT_EQ(a.bitrate, base::Bitrate{500'000});
  EXPECT_EQ(a.keyframeInterval, std::chrono::seconds(2));
  EXPECT_EQ(a.encoder, "x264");
  EXPECT_EQ(settings.cameras[1].source, SourceKind::V4l2);
  EXPECT_EQ(settings.cameras[1].device, "/dev/video2");
}

TEST_F(Load, TakesDefaultsFromOtherSettingsAsTheFilesHaveThem) {
  write("[device]\nid = 'gate'\n[limits]\nviewers = 7\n");
  EXPECT_EQ(load().device.name, "gate");
  EXPECT_EQ(load().limits.viewersPerCamera, 7);
}

TEST_F(Load, LetsLaterFilesWinKeyByKey) {
  write("[http]\nconnections = 10\nhosts = ['a']\n[limits]\nviewers = 1\n");
  writeDropIn("10.toml", "[http]\nhosts = ['b']\n[limits]\nviewers = 2\n");
  writeDropIn("20.toml", "[limits]\nviewers = 3\n");

  const Settings settings = load();

  EXPECT_EQ(settings.http.connections, 10);
  EXPECT_THAT(settings.http.hosts, ElementsAre("b"));
  EXPECT_EQ(settings.limits.viewers, 3);
}

TEST_F(Load, MergesCamerasByTheirId) {
  write("[[camera]]\nid = 'a'\nwidth = 640\nheight = 480\n[[camera]]\nid = 'b'\n");
  writeDropIn("10.toml", "[[camera]]\nid = 'c'\n[[camera]]\nid = 'a'\nwidth = 320\n");

  const Settings settings = load();

  ASSERT_THAT(settings.cameras, SizeIs(3));
  EXPECT_EQ(settings.cameras[0].id, base::CameraId("a"));
  EXPECT_EQ(settings.cameras[0].resolution(), (base::Resolution{320, 480}));
  EXPECT_EQ(settings.cameras[1].id, base::CameraId("b"));
  EXPECT_EQ(settings.cameras[2].id, base::CameraId("c"));
}

TEST_F(Load, RemembersWhereEachValueIsWritten) {
  write("[http]\nconnections = 10\nhosts = ['a']\n");
  writeDropIn("10.toml", "\n[http]\nhosts = [\n'b']\n[[camera]]\nid = 'a'\n");

  const Reading reading = read();

  const std::string main = folder_.path("fanlight.toml");
  const std::string dropIn = folder_.path("fanlight.d/10.toml");
  EXPECT_THAT(reading.files, ElementsAre(main, dropIn));
  EXPECT_THAT(reading.http.origins,
              ElementsAre(std::pair("connections", Origin{main, 2}), std::pair("hosts", Origin{dropIn, 3})));
  ASSERT_THAT(reading.cameras, SizeIs(1));
  EXPECT_THAT(reading.cameras.front().origins, ElementsAre(std::pair("id", Origin{dropIn, 6})));
}

TEST_F(Load, TakesDottedKeysAndInlineTablesForTheSame) {
  write("http.connections = 10\nlimits = {viewers = 4}\ncamera = [{id = 'a', width = 320}]\n");
  const Settings settings = load();
  EXPECT_EQ(settings.http.connections, 10);
  EXPECT_EQ(settings.limits.viewers, 4);
  ASSERT_THAT(settings.cameras, SizeIs(1));
  EXPECT_EQ(settings.cameras.front().width, 320);
}

TEST_F(Load, TakesAnEmptyListOfCameras) {
  write("camera = []\n");
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Load, IsNoSettingsWhereThereIsAProblem) {
  write("[limits]\nviewers = 0\n");
  const auto loaded = config::load(sources(), choices());
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error(),
              ElementsAre(Problem{{folder_.path("fanlight.toml"), 2},
                                  "'viewers' in [limits] must be a whole number from 1 to 1000, not 0"}));
}

TEST_F(Load, TellsTheProblemsOfAllFilesInTheOrderOfTheirLines) {
  write("[[camera]]\nid = 'a'\nwidht = 1\n[http]\nconnections = 0\n[[camera]]\nid = 'b'\nwidth = 1\n");
  writeDropIn("10.toml", "[device\n");
  writeDropIn("20.toml", "[log]\nlevel = 'all'\n");
  std::filesystem::create_directories(folder_.path("fanlight.d/30.toml"));

  const std::vector<std::string> found = problems();

  ASSERT_THAT(found, SizeIs(6));
  EXPECT_EQ(found[0], "fanlight.d/30.toml: the file cannot be read: Is a directory");
  EXPECT_EQ(found[1], "fanlight.toml:3: unknown key 'widht' in [[camera]] 'a': did you mean 'width'?");
  EXPECT_EQ(found[2], "fanlight.toml:5: 'connections' in [http] must be a whole number from 1 to 10000, not 0");
  EXPECT_EQ(found[3], "fanlight.toml:8: 'width' in [[camera]] 'b' must be an even number from 16 to 4096, not 1");
  // What follows is the library's and differs with its version.
  EXPECT_THAT(found[4], ::testing::StartsWith("fanlight.d/10.toml:1: not TOML: "));
  EXPECT_EQ(found[5],
            "fanlight.d/20.toml:2: 'level' in [log] must be one of 'debug', 'info', 'warning', 'error', not 'all'");
}

TEST_F(Load, TellsAWrongValueThoughALaterFileHasARightOne) {
  write("[limits]\nviewers = 0\n");
  writeDropIn("10.toml", "[limits]\nviewers = 5\n");
  EXPECT_THAT(problems(), SizeIs(1));
  EXPECT_EQ(read().limits.section.viewers, 5);
}

TEST_F(Load, JudgesWhetherASettingHasAMeaningAfterTheLastFile) {
  write("[[camera]]\nid = 'a'\ndevice = '/dev/video0'\n");
  writeDropIn("10.toml", "[[camera]]\nid = 'a'\nsource = 'test'\n");
  EXPECT_THAT(problems(), ElementsAre("fanlight.toml:3: 'device' in [[camera]] 'a' has no meaning here: "
                                      "it is for a camera, not for source 'file' or 'test'"));
}

TEST_F(Load, LimitsTheNumberOfCamerasOverAllFiles) {
  std::string cameras;
  for (std::size_t i = 0; i < kMaxCameras; ++i)
    cameras += "[[camera]]\nid = 'c" + std::to_string(i) + "'\n";
  write(cameras);
  EXPECT_THAT(problems(), IsEmpty());

  writeDropIn("10.toml", "[[camera]]\nid = 'c0'\nwidth = 320\n[[camera]]\nid = 'one-more'\nwidth = 1\n");

  EXPECT_THAT(problems(),
              ElementsAre("fanlight.d/10.toml:4: [[camera]] 'one-more' is one too many: there may be 16",
                          "fanlight.d/10.toml:6: 'width' in [[camera]] 'one-more' must be an even number from 16 to "
                          "4096, not 1"));
}

TEST_F(Load, LimitsTheNumberOfProblems) {
  std::string text = "[http]\n";
  for (std::size_t i = 0; i <= kMaxProblems; ++i)
    text += "unheard-of-" + std::to_string(i) + " = 1\n";
  write(text);

  const std::vector<std::string> found = problems();

  ASSERT_THAT(found, SizeIs(kMaxProblems + 1));
  EXPECT_EQ(found.back(), "fanlight.toml: only the first 100 problems are shown");
}

TEST_F(Load, SurvivesAnyMutationOfASoundFile) {
  const std::string sound =
      "[device]\nid = \"porch\"\n[http]\nlisten = [\"127.0.0.1:8080\", '[::1]:0']\n[limits]\nviewers = 25\n"
      "[[camera]]\nid = \"front-door\"\nwidth = 1_280\nkeyframe_interval = \"10s\"\n";
  // Fixed, so that a failure can be repeated.
  std::mt19937 random(2);
  const std::string_view tokens = "[]{}\"'=.,#\n\r\\\x01\xff_-0aZ ";
  int refused = 0;
  for (int round = 0; round < 400; ++round) {
    std::string mutated = sound;
    for (int edit = 0; edit < 3; ++edit)
      mutated[random() % mutated.size()] = tokens[random() % tokens.size()];
    write(mutated);
    const Reading reading = read();
    refused += reading.problems.empty() ? 0 : 1;
    for (const Problem& problem : reading.problems)
      EXPECT_TRUE(problem.where.line > 0 && !problem.message.empty()) << mutated;
  }
  EXPECT_GT(refused, 200);
}

/// A file, and exactly what is said about it.
struct Case {
  const char* name;
  const char* text;
  std::vector<std::string> problems;
};

void PrintTo(const Case& shown, std::ostream* out) {
  *out << shown.text;
}

class LoadTells : public Load, public ::testing::WithParamInterface<Case> {};

TEST_P(LoadTells, ExactlyWhatIsWrong) {
  write(GetParam().text);
  std::vector<std::string> expected;
  for (const std::string& problem : GetParam().problems)
    expected.push_back("fanlight.toml:" + problem);
  EXPECT_EQ(problems(), expected);
}

const Case kCases[] = {
    {"UnknownKey",
     "[[camera]]\nid = 'front-door'\nbitrat = 1\n",
     {"3: unknown key 'bitrat' in [[camera]] 'front-door': did you mean 'bitrate'?"}},
    {"UnknownKeyOfAnotherSection",
     "[http]\nviewers = 1\n",
     {"2: unknown key 'viewers' in [http]: it belongs in [limits]"}},
    {"UnknownKeyOfSeveralOtherSections",
     "[log]\nname = 'x'\n",
     {"2: unknown key 'name' in [log]: it belongs in [device] or [[input]] or [[output]] or [[camera]]"}},
    {"NothingToListenAt",
     "[http]\nlisten = []\n",
     {"2: 'listen' in [http] must name an address where 'tls_listen' names none"}},
    {"ACertificateWithoutItsKey",
     "[http]\ncertificate = '/cert.pem'\n",
     {"2: 'certificate' in [http] must come with 'key'"}},
    {"AKeyWithoutItsCertificate", "[http]\nkey = '/key.pem'\n", {"2: 'key' in [http] must come with 'certificate'"}},
    {"UnknownKeyLikeNone",
     "[http]\ntls = true\n",
     {"2: unknown key 'tls' in [http]: known are 'listen', 'tls_listen', 'certificate', 'key', 'hosts', 'origins', "
      "'trusted_proxies', 'connections', "
      "'connections_per_address'"}},
    {"UnknownKeyBeforeTheId",
     "[[camera]]\nframe_rate = 1\nid = 'a'\n",
     {"2: unknown key 'frame_rate' in [[camera]] 'a': did you mean 'framerate'?"}},
    {"UnknownKeyWithControlCharacters",
     "[log]\n\"le\\u001bvel\\n\" = 'info'\n",
     {"2: unknown key 'le?vel?' in [log]: did you mean 'level'?"}},
    {"UnknownKeyThatIsATable", "[log.levels]\nx = 1\n", {"1: unknown key 'levels' in [log]: did you mean 'level'?"}},
    {"UnknownSection", "[devcie]\nid = 'a'\n", {"1: unknown section 'devcie': did you mean [device]?"}},
    {"UnknownListOfSections", "[[cameras]]\nid = 'a'\n", {"1: unknown section 'cameras': did you mean [[camera]]?"}},
    {"UnknownSectionLikeNone",
     "[kafka]\n",
     {"1: unknown section 'kafka': known are [device], [http], [access], [limits], [log], [ice], [mqtt], "
      "[[ice_server]], "
      "[[audio]], [[input]], "
      "[[output]], [[camera]]"}},
    {"KeyOutsideOfSections",
     "width = 640\nfoo = 1\n",
     {"1: key 'width' outside of all sections: it belongs in [[camera]]",
      "2: key 'foo' outside of all sections: known are [device], [http], [access], [limits], [log], [ice], [mqtt], "
      "[[ice_server]], [[audio]], "
      "[[input]], [[output]], [[camera]]"}},
    {"SectionOfWrongShape",
     "http = 1\nlimits = []\n[[log]]\n[camera]\nid = 'a'\n",
     {"1: [http] must be one section, not 1", "2: [limits] must be one section, not a list",
      "3: [log] must be one section, not a list", "4: [[camera]] must be a list of sections, not a table"}},
    {"CameraOfWrongShape",
     "camera = [1, {id = 'a'}, []]\n",
     {"1: [[camera]] must be a list of sections, not 1", "1: [[camera]] must be a list of sections, not a list"}},
    {"CameraWithoutId",
     "\n[[camera]]\nwidth = 1\n",
     {"2: a [[camera]] has no 'id': it needs one, such as id = \"front-door\"",
      "3: 'width' in [[camera]] must be an even number from 16 to 4096, not 1"}},
    {"CameraWithWrongId",
     "[[camera]]\nid = 'Front Door'\nwidth = 1\n",
     {"2: 'id' in [[camera]] must be 1 to 32 of a-z, 0-9 and '-', not 'Front Door'",
      "3: 'width' in [[camera]] must be an even number from 16 to 4096, not 1"}},
    {"CameraWithReservedId",
     "[[camera]]\nid = 'signal'\n[[camera]]\nid = 'info'\n[[camera]]\nid = 'status'\n",
     {"2: 'id' in [[camera]] must be 1 to 32 of a-z, 0-9 and '-', not 'signal', which is reserved",
      "4: 'id' in [[camera]] must be 1 to 32 of a-z, 0-9 and '-', not 'info', which is reserved",
      "6: 'id' in [[camera]] must be 1 to 32 of a-z, 0-9 and '-', not 'status', which is reserved"}},
    {"DuplicateId",
     "[[camera]]\nid = 'a'\n[[camera]]\nid = 'a'\nheight = 15\n",
     {"3: a second [[camera]] 'a' in this file: the first is in line 1",
      "5: 'height' in [[camera]] 'a' must be an even number from 16 to 4096, not 15"}},
    {"WrongTypes",
     "[device]\nid = 5\nname = true\n[http]\nlisten = '127.0.0.1:80'\nhosts = {}\nconnections = 1.5\n",
     {"2: 'id' in [device] must be 1 to 32 of a-z, 0-9 and '-', not 5",
      "3: 'name' in [device] must be a text of 1 to 64 characters, not true",
      "5: 'listen' in [http] must be up to 8 addresses such as '127.0.0.1:8080' or '[::1]:8080', not the text "
      "'127.0.0.1:80'",
      "6: 'hosts' in [http] must be up to 16 host names such as 'porch.local', not a table",
      "7: 'connections' in [http] must be a whole number from 1 to 10000, not 1.5"}},
    {"WrongTypesOfACamera",
     "[[camera]]\nid = 'a'\nsource = 1\nwidth = '640'\nframerate = 2024-01-01\nbitrate = inf\nkeyframe_interval = "
     "10\nencoder = "
     "[]\nheight = nan\n",
     {"3: 'source' in [[camera]] 'a' must be one of 'auto', 'v4l2', 'libcamera', 'file', 'test', not 1",
      "4: 'width' in [[camera]] 'a' must be an even number from 16 to 4096, not the text '640'",
      "5: 'framerate' in [[camera]] 'a' must be a whole number of frames a second from 1 to 120, not a date or time",
      "6: 'bitrate' in [[camera]] 'a' must be a whole number of bit/s from 100_000 to 20_000_000, not inf",
      "7: 'keyframe_interval' in [[camera]] 'a' must be a time such as '10s', from 1s to 1m, not 10",
      "8: 'encoder' in [[camera]] 'a' must be one of 'auto', 'openh264', 'x264', not a list",
      "9: 'height' in [[camera]] 'a' must be an even number from 16 to 4096, not nan"}},
    {"OutOfRange",
     "[limits]\nviewers = 1001\nviewers_per_camera = 0\nviewers_per_source = -1\n[[camera]]\nid = 'a'\nwidth = "
     "4098\nheight = "
     "721\nframerate = 121\nbitrate = 99_999\nkeyframe_interval = '61s'\n",
     {"2: 'viewers' in [limits] must be a whole number from 1 to 1000, not 1001",
      "3: 'viewers_per_camera' in [limits] must be a whole number from 1 to 1000, not 0",
      "4: 'viewers_per_source' in [limits] must be a whole number from 1 to 1000, not -1",
      "7: 'width' in [[camera]] 'a' must be an even number from 16 to 4096, not 4098",
      "8: 'height' in [[camera]] 'a' must be an even number from 16 to 4096, not 721",
      "9: 'framerate' in [[camera]] 'a' must be a whole number of frames a second from 1 to 120, not 121",
      "10: 'bitrate' in [[camera]] 'a' must be a whole number of bit/s from 100_000 to 20_000_000, not 99999",
      "11: 'keyframe_interval' in [[camera]] 'a' must be a time such as '10s', from 1s to 1m, not '61s'"}},
    {"OneOfAListOverSeveralLines",
     "[http]\nlisten = [\n  '127.0.0.1:80',\n  'localhost:80',\n]\nhosts = ['a', 'käse']\n",
     {"4: 'listen' in [http] must be up to 8 addresses such as '127.0.0.1:8080' or '[::1]:8080', not 'localhost:80'",
      "6: 'hosts' in [http] must be up to 16 host names such as 'porch.local', not 'käse'"}},
    {"UnknownChoices",
     "[[camera]]\nid = 'a'\nsource = 'test'\npattern = 'snow'\nencoder = 'x265'\n",
     {"4: 'pattern' in [[camera]] 'a' must be one of 'bars', 'ball', not 'snow'",
      "5: 'encoder' in [[camera]] 'a' must be one of 'auto', 'openh264', 'x264', not 'x265'"}},
    {"DeviceOutsideOfDev",
     "[[camera]]\nid = 'a'\ndevice = '/dev/../etc/shadow'\n",
     {"3: 'device' in [[camera]] 'a' must be 'auto', a file below '/dev/', or the id of a camera of libcamera, not "
      "'/dev/../etc/shadow'"}},
    {"IdOfLibcameraForAnotherSource",
     "[[camera]]\nid = 'a'\ndevice = '/base/soc/i2c@1/imx708@1a'\nsource = 'v4l2'\n",
     {"3: 'device' in [[camera]] 'a' must be a file below '/dev/', unless 'source' is 'libcamera'"}},
    {"SlowerThanLibcameraEverIs",
     "[[camera]]\nid = 'a'\nsource = 'libcamera'\nmin_framerate = 5\n",
     {"4: 'min_framerate' in [[camera]] 'a' has no meaning here: it is for other sources than 'libcamera', which "
      "always "
      "keeps 'framerate'"}},
    {"DeviceOfTheTestPicture",
     "[[camera]]\nid = 'a'\ndevice = '/dev/video0'\nsource = 'test'\n",
     {"3: 'device' in [[camera]] 'a' has no meaning here: it is for a camera, not for source 'file' or 'test'"}},
    {"PatternOfACamera",
     "[[camera]]\nid = 'a'\npattern = 'ball'\n",
     {"3: 'pattern' in [[camera]] 'a' has no meaning here: it is for source 'test'"}},
    {"FileSourceWithoutAFile",
     "[[camera]]\nid = 'a'\nsource = 'file'\n",
     {"3: 'source' in [[camera]] 'a' must come with 'file'"}},
    {"FileOfACamera",
     "[[camera]]\nid = 'a'\nfile = '/srv/porch.mp4'\n",
     {"3: 'file' in [[camera]] 'a' has no meaning here: it is for source 'file'"}},
    {"NothingDerivedFromAWrongValue",
     "[[camera]]\nid = 'a'\npattern = 'ball'\nsource = 'tset'\n",
     {"4: 'source' in [[camera]] 'a' must be one of 'auto', 'v4l2', 'libcamera', 'file', 'test', not 'tset'"}},
    {"AudioWithoutId",
     "[[audio]]\nmicrophone = 'alsa'\n",
     {"1: a [[audio]] has no 'id': it needs one, such as id = \"hall\""}},
    {"AudioWithReservedId",
     "[[audio]]\nid = 'none'\n",
     {"2: 'id' in [[audio]] must be 1 to 32 of a-z, 0-9 and '-', not 'none', which is reserved"}},
    {"OneAudioTooMany",
     "[[audio]]\nid = 'a'\n[[audio]]\nid = 'b'\n[[audio]]\nid = 'c'\n[[audio]]\nid = 'd'\n[[audio]]\nid = 'e'\n",
     {"9: [[audio]] 'e' is one too many: there may be 4"}},
    {"DeviceOfAnyMicrophone",
     "[[audio]]\nid = 'a'\nmicrophone_device = 'hw:1'\n",
     {"3: 'microphone_device' in [[audio]] 'a' has no meaning here: it is for microphone 'alsa' or 'pulse'"}},
    {"AudioThatIsNone",
     "[[audio]]\nid = 'hall'\n[[camera]]\nid = 'a'\naudio = 'porch'\n[[camera]]\nid = 'b'\naudio = 'none'\n",
     {"5: 'audio' in [[camera]] 'a' must name an [[audio]] or be 'none': there is no 'porch'"}},
    {"CameraAndAudioOfOneIdAsNoneTwice", "[[audio]]\nid = 'a'\n[[camera]]\nid = 'a'\naudio = 'a'\n", {}},
    {"IceServerWithoutUrls",
     "[[ice_server]]\nid = 'home'\n",
     {"2: 'id' in [[ice_server]] 'home' must come with 'service', or with 'urls' and, where those have a 'turn:' or "
      "'turns:', with 'secret', or 'username' and 'password'"}},
    {"TurnServerWithoutCredentials",
     "[[ice_server]]\nid = 'home'\nurls = ['turn:turn.example']\nusername = 'porch'\n",
     {"2: 'id' in [[ice_server]] 'home' must come with 'service', or with 'urls' and, where those have a 'turn:' or "
      "'turns:', with 'secret', or 'username' and 'password'"}},
    {"TurnServerByTlsForTheDevice",
     "[[ice_server]]\nid = 'home'\nurls = ['turns:turn.example']\nsecret = '/etc/turn'\n",
     {"3: 'urls' in [[ice_server]] 'home' must name no 'turns:' but for used_by = \"viewers\": the device's ICE has no "
      "TLS; for the device name a 'turn:' with '?transport=tcp', at port 443 where nothing else gets out"}},
    {"TurnServerByTlsForViewers",
     "[[ice_server]]\nid = 'home'\nurls = ['turns:turn.example']\nsecret = '/etc/turn'\nused_by = 'viewers'\n",
     {}},
    {"StunServerWithSlashes",
     "[[ice_server]]\nid = 'home'\nurls = [\n'stun:stun.example',\n'stun://stun.example']\n",
     {"5: 'urls' in [[ice_server]] 'home' must be 1 to 4 servers such as 'stun:stun.example:3478', "
      "'turn:turn.example:3478?transport=udp' or 'turns:turn.example:443', not 'stun://stun.example'"}},
    {"TwoKindsOfCredentials",
     "[[ice_server]]\nid = 'home'\nurls = ['turn:turn.example']\nusername = 'porch'\npassword = '/etc/p'\n"
     "secret = '/etc/s'\n",
     {"5: 'password' in [[ice_server]] 'home' must come with 'username', and without 'secret'"}},
    {"LifetimeOfAPassword",
     "[[ice_server]]\nid = 'home'\nurls = ['turn:turn.example']\nusername = 'porch'\npassword = '/etc/p'\n"
     "lifetime = '10m'\n",
     {"6: 'lifetime' in [[ice_server]] 'home' has no meaning here: it is for a server with 'secret' or "
      "'service_token'"}},
    {"CredentialsForADay",
     "[[ice_server]]\nid = 'home'\nurls = ['turn:turn.example']\nsecret = '/etc/s'\nlifetime = '24h'\n",
     {"5: 'lifetime' in [[ice_server]] 'home' must be a time such as '10s', from 5s to 60m, not '24h'"}},
    {"RelayByNobody",
     "[ice]\npolicy = 'relay'\n[[ice_server]]\nid = 'a'\nurls = ['turn:a']\nsecret = '/etc/s'\nused_by = 'viewers'\n",
     {"2: 'policy' in [ice] must come with an [[ice_server]] that has a 'turn:' for the device: nobody would reach "
      "it"}},
    {"RelayBySomebody",
     "[ice]\npolicy = 'relay'\n[[ice_server]]\nid = 'a'\nurls = ['stun:a', 'turn:a']\nsecret = '/etc/s'\n",
     {}},
    {"UrlsBesideAService",
     "[[ice_server]]\nid = 'a'\nservice = 'https://turn.example/x'\nurls = ['stun:a']\n",
     {"4: 'urls' in [[ice_server]] 'a' has no meaning here: it is for a server without 'service'"}},
    {"BrokerWithAPath",
     "[mqtt]\nbroker = 'mqtts://broker.example/x'\n",
     {"2: 'broker' in [mqtt] must be a broker such as 'mqtts://broker.example:8883' or 'mqtt://192.0.2.1', not "
      "'mqtts://broker.example/x'"}},
    {"AuthorityOfAPlainBroker",
     "[mqtt]\nbroker = 'mqtt://broker.example'\nca = '/etc/ca.pem'\n",
     {"3: 'ca' in [mqtt] has no meaning here: it is for a 'broker' by 'mqtts:'"}},
    {"CertificateWithoutItsKey",
     "[mqtt]\nbroker = 'mqtts://broker.example'\ncertificate = '/etc/device.pem'\n",
     {"3: 'certificate' in [mqtt] must come with 'key'"}},
    {"PasswordOfNobody",
     "[mqtt]\nbroker = 'mqtts://broker.example'\npassword = '/etc/p'\n",
     {"3: 'password' in [mqtt] must come with 'username'"}},
    {"PrefixWithoutABroker",
     "[mqtt]\nprefix = 'site'\n",
     {"2: 'prefix' in [mqtt] has no meaning here: it is for a 'broker'"}},
    {"PrefixWithAWildcard",
     "[mqtt]\nbroker = 'mqtt://broker.example'\nprefix = 'site/+'\n",
     {"3: 'prefix' in [mqtt] must be levels such as 'fanlight' or 'site/1', not 'site/+'"}},
    {"FewPorts",
     "[ice]\nports = '50000-50014'\n",
     {"2: 'ports' in [ice] must be 16 or more ports from 1024 on, such as '50000-50099', not '50000-50014'"}},
    {"InputByAKeyWithoutItsDevice",
     "[[input]]\nid = 'bell'\n",
     {"2: 'id' in [[input]] 'bell' must come with 'device', or with 'source' and what that needs: 'chip' and 'line' "
      "for 'gpio'"}},
    {"InputByALineWithoutItsNumber",
     "[[input]]\nid = 'bell'\nsource = 'gpio'\nchip = '/dev/gpiochip0'\n",
     {"2: 'id' in [[input]] 'bell' must come with 'device', or with 'source' and what that needs: 'chip' and 'line' "
      "for 'gpio'"}},
    {"InputByAKeyThatTheKernelDoesNotKnow",
     "[[input]]\nid = 'bell'\ndevice = '/dev/input/event0'\nkey = 'Enter'\n",
     {"4: 'key' in [[input]] 'bell' must be a key in the kernel's words, such as 'KEY_ENTER' or 'BTN_0', not 'Enter'"}},
    {"InputByADeviceElsewhere",
     "[[input]]\nid = 'bell'\ndevice = '/dev/input/../mem'\n",
     {"3: 'device' in [[input]] 'bell' must be a file below '/dev/input/'"}},
    {"LineOfAKey",
     "[[input]]\nid = 'bell'\ndevice = '/dev/input/event0'\nline = '17'\n",
     {"4: 'line' in [[input]] 'bell' has no meaning here: it is for source 'gpio'"}},
    {"InputOfACameraThatIsNot",
     "[[input]]\nid = 'bell'\nsource = 'test'\ncamera = 'b'\n[[camera]]\nid = 'a'\n",
     {"4: 'camera' in [[input]] 'bell' must name a [[camera]]: there is no 'b'"}},
    {"OutputWithoutItsLine",
     "[[output]]\nid = 'door'\nchip = '/dev/gpiochip0'\n",
     {"2: 'id' in [[output]] 'door' must come with 'chip' and 'line', or with kind 'test'"}},
    {"OutputThatIsHeldForATime",
     "[[output]]\nid = 'lamp'\nkind = 'test'\non = 'watch'\npulse = '1s'\n",
     {"5: 'pulse' in [[output]] 'lamp' has no meaning here: it is for on 'open' or 'ring'"}},
    {"OutputThatStaysOpen",
     "[[output]]\nid = 'door'\nkind = 'test'\npulse = '2m'\n",
     {"4: 'pulse' in [[output]] 'door' must be a time such as '10s', from 100ms to 1m, not '2m'"}},
    {"OutputOfACameraThatIsNot",
     "[[output]]\nid = 'door'\nkind = 'test'\ncamera = 'b'\n[[camera]]\nid = 'a'\n",
     {"4: 'camera' in [[output]] 'door' must name a [[camera]]: there is no 'b'"}},
    {"InputOfACameraThatWillBeFound", "[[input]]\nid = 'bell'\nsource = 'test'\ncamera = 'vivid'\n", {}},
    {"CarriageReturns", "[log]\r\n\r\nlevle = 'info'\r\n", {"3: unknown key 'levle' in [log]: did you mean 'level'?"}},
    {"DeepNesting",
     "[http]\nhosts = [[[[[[[[['a']]]]]]]]]\n[log.level.a.b.c]\n",
     {"2: 'hosts' in [http] must be up to 16 host names such as 'porch.local', not a list",
      "3: 'level' in [log] must be one of 'debug', 'info', 'warning', 'error', not a table"}},
    {"LongKey", "\na.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q = 1\n", {"2: a key has more than 16 parts: the file is left out"}},
    {"NothingInAnEmptyFile", "", {}},
    {"NothingInAFileOfComments", "# nothing\n\n[http]\n", {}},
};

INSTANTIATE_TEST_SUITE_P(Cases, LoadTells, ::testing::ValuesIn(kCases),
                         [](const ::testing::TestParamInfo<Case>& param) { return param.param.name; });

}  // namespace
}  // namespace fanlight::config
