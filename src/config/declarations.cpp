// SPDX-License-Identifier: Apache-2.0
// The table of settings. A new one is a member in settings.h and a row here.
#include "config/declarations.h"

#include <algorithm>

#include "base/broker_url.h"
#include "base/ice_url.h"
#include "config/network_kinds.h"
#include "config/number_kinds.h"
#include "config/picture_kinds.h"
#include "config/text_kinds.h"

namespace fanlight::config {
namespace {

base::DeviceId idOfHost(const std::string& hostName) {
  const std::string id = base::toNameId(hostName.substr(0, hostName.find('.')));
  return base::DeviceId(id.empty() ? "fanlight" : id);
}

NameId<base::CameraId> cameraIdKind() {
  return {.reserved = {kReservedCameraIds.begin(), kReservedCameraIds.end()}};
}

NameId<base::AudioId> audioIdKind() {
  return {.reserved = {std::string(kNoAudio)}};
}

Choice<SoundKind> soundKind() {
  using enum SoundKind;
  return {{{"none", None}, {"auto", Auto}, {"alsa", Alsa}, {"pulse", Pulse}, {"test", Test}}};
}

Choice<IcePolicy> icePolicyKind() {
  return {{{"all", IcePolicy::All}, {"relay", IcePolicy::Relay}}};
}

Choice<IceUser> iceUserKind() {
  using enum IceUser;
  return {{{"all", All}, {"viewers", Viewers}, {"device", Device}}};
}

template <base::IceUrl::Scheme... schemes>
bool hasUrlOf(const IceServer& server) {
  return (!base::urlsOf(server.urls, schemes).empty() || ...);
}

/// Browsers take no TURN server without a name and a credential.
bool hasCredentials(const IceServer& server) {
  return !server.secret.empty() || (!server.username.empty() && !server.password.empty());
}

bool hasBroker(const Mqtt& mqtt) {
  return !mqtt.broker.empty();
}

bool isByTls(const Mqtt& mqtt) {
  const auto url = base::parseBrokerUrl(mqtt.broker);
  return url && url->isTls;
}

Choice<Talkers> talkersKind() {
  return {{{"one", Talkers::One}, {"all", Talkers::All}}};
}

Choice<Duplex> duplexKind() {
  return {{{"auto", Duplex::Auto}, {"half", Duplex::Half}, {"full", Duplex::Full}}};
}

bool hasNamedDevice(SoundKind kind) {
  return kind == SoundKind::Alsa || kind == SoundKind::Pulse;
}

Choice<InputSource> inputSource() {
  return {{{"key", InputSource::Key}, {"gpio", InputSource::Gpio}, {"test", InputSource::Test}}};
}

Choice<Bias> biasKind() {
  using enum Bias;
  return {{{"as-is", AsIs}, {"none", None}, {"pull-up", PullUp}, {"pull-down", PullDown}}};
}

Choice<OutputKind> outputKind() {
  return {{{"gpio", OutputKind::Gpio}, {"test", OutputKind::Test}}};
}

Choice<OutputUse> outputUse() {
  using enum OutputUse;
  return {{{"open", Open}, {"ring", Ring}, {"watch", Watch}, {"talk", Talk}}};
}

bool isGpioOutput(const Output& output) {
  return output.kind == OutputKind::Gpio;
}

bool isPulsed(const Output& output) {
  return output.on == OutputUse::Open || output.on == OutputUse::Ring;
}

bool isKey(const Input& input) {
  return input.source == InputSource::Key;
}

bool isGpio(const Input& input) {
  return input.source == InputSource::Gpio;
}

bool isWhole(const Input& input) {
  return isKey(input) ? !input.device.empty() : !isGpio(input) || (!input.chip.empty() && !input.line.empty());
}

Choice<SourceKind> sourceKind() {
  return {{{"auto", SourceKind::Auto},
           {"v4l2", SourceKind::V4l2},
           {"libcamera", SourceKind::Libcamera},
           {"file", SourceKind::File},
           {"test", SourceKind::Test}}};
}

Choice<base::LogLevel> logLevelKind() {
  using enum base::LogLevel;
  return {{{"debug", Debug}, {"info", Info}, {"warning", Warning}, {"error", Error}}};
}

OneOf encoderKind(const Choices& choices) {
  OneOf kind{{"auto"}};
  kind.names.insert(kind.names.end(), choices.encoders.begin(), choices.encoders.end());
  return kind;
}

bool isOfDevice(const Camera& camera) {
  return camera.source != SourceKind::File && camera.source != SourceKind::Test;
}

// The rows read as a table: clang-format would break each its own way.
// clang-format off

std::vector<Setting<Device>> deviceSettings(const std::string& hostName) {
  return {
      setting("id", &Device::id, NameId<base::DeviceId>{},
              "names this device in URLs and topics")
          .defaultsTo("the host's name", [hostName](Device& device) { device.id = idOfHost(hostName); }),
      setting("name", &Device::name, Text{kMaxNameCharacters},
              "what people call this device")
          .defaultsTo("'id'", [](Device& device) { device.name = device.id.value(); }),
      setting("sysfs_root", &Device::sysfsRoot, FilePath{"a folder's whole path, such as '/sys'"},
              "where sysfs is mounted, which tells how hot the board is, and whether its power is low"),
  };
}

std::vector<Setting<Http>> httpSettings() {
  return {
      setting("listen", &Http::listen, AddressList{kMaxListeners},
              "where plain HTTP is served; port 0 picks a free one")
          .demands("name an address where 'tls_listen' names none",
                   [](const Http& http) { return !http.listen.empty() || !http.tlsListen.empty(); }),
      setting("tls_listen", &Http::tlsListen, AddressList{kMaxListeners},
              "where HTTPS is served"),
      setting("certificate", &Http::certificate, FilePath{},
              "PEM file that HTTPS shows, with what vouches for it; none: the device makes its own")
          .demands("come with 'key'", [](const Http& http) { return !http.key.empty(); }),
      setting("key", &Http::key, FilePath{},
              "PEM file of the certificate's key")
          .demands("come with 'certificate'", [](const Http& http) { return !http.certificate.empty(); }),
      setting("hosts", &Http::hosts, HostList{kMaxHosts},
              "further names this device may be called by"),
      setting("origins", &Http::origins, OriginList{kMaxOrigins},
              "other sites whose pages may use this device, with a token or key of their own"),
      setting("trusted_proxies", &Http::trustedProxies, IpList{kMaxProxies},
              "whose 'X-Forwarded-For' and 'X-Forwarded-Proto' are believed"),
      setting("connections", &Http::connections, Integer{1, 10'000},
              "most connections at once"),
      setting("connections_per_address", &Http::connectionsPerAddress, Integer{1, 10'000},
              "most connections at once from one address"),
  };
}

std::vector<Setting<Access>> accessSettings() {
  return {
      setting("fleet_keys", &Access::fleetKeys, PublicKeyList{kMaxFleetKeys},
              "whose tokens (ES256) count beside the device's own"),
  };
}

std::vector<Setting<Limits>> limitsSettings() {
  return {
      setting("viewers", &Limits::viewers, Integer{1, 1000},
              "most sessions at once; a wall of four cameras is four")
          .takesEffect(Applies::AtOnce),
      setting("viewers_per_camera", &Limits::viewersPerCamera, Integer{1, 1000},
              "most sessions at once of one camera")
          .defaultsTo("'viewers'", [](Limits& limits) { limits.viewersPerCamera = limits.viewers; })
          .takesEffect(Applies::AtOnce),
      setting("viewers_per_source", &Limits::viewersPerSource, Integer{1, 1000},
              "most sessions at once from one address")
          .takesEffect(Applies::AtOnce),
  };
}

std::vector<Setting<Log>> logSettings() {
  return {
      setting("level", &Log::level, logLevelKind(),
              "the least that is logged")
          .takesEffect(Applies::AtOnce),
  };
}

std::vector<Setting<Ice>> iceSettings() {
  return {
      setting("policy", &Ice::policy, icePolicyKind(),
              "by which ways the device is reached: all, or those by a TURN server alone"),
      setting("ports", &Ice::ports, PortRangeText{kMinIcePorts},
              "of the device's own addresses, for media; a session takes one at each address; none: any"),
      setting("exclude_interfaces", &Ice::excludedInterfaces, InterfaceList{kMaxInterfaces},
              "network interfaces that media does not go by, but for who came by one of them"),
      setting("advertise", &Ice::advertised, PlaceList{kMaxAdvertised},
              "addresses or names from where a router forwards 'ports' to the device"),
      setting("hide_local_addresses", &Ice::hidesLocalAddresses, Flag{},
              "whether who comes from the internet is not told the device's addresses in its own network"),
  };
}

std::vector<Setting<IceServer>> iceServerSettings() {
  using namespace std::chrono_literals;
  using enum base::IceUrl::Scheme;
  return {
      setting("id", &IceServer::id, NameId<base::IceServerId>{},
              "names this server in the log")
          .demands("come with 'service', or with 'urls' and, where those have a 'turn:' or 'turns:', with 'secret', or 'username' "
                   "and 'password'",
                   [](const IceServer& server) {
                     return !server.service.empty() ||
                            (!server.urls.empty() && (!hasUrlOf<Turn, Turns>(server) || hasCredentials(server)));
                   }),
      setting("urls", &IceServer::urls, IceUrlList{kMaxIceUrls},
              "where it is, for STUN and for TURN")
          .onlyFor("a server without 'service'", [](const IceServer& server) { return server.service.empty(); })
          .demands("name no 'turns:' but for used_by = \"viewers\": the device's ICE has no TLS; for the device name a 'turn:' with "
                   "'?transport=tcp', at port 443 where nothing else gets out",
                   [](const IceServer& server) { return server.usedBy == IceUser::Viewers || !hasUrlOf<Turns>(server); }),
      setting("used_by", &IceServer::usedBy, iceUserKind(),
              "who goes by it: viewers, the device, or all"),
      setting("username", &IceServer::username, Text{kMaxNameCharacters},
              "of 'password'"),
      setting("password", &IceServer::password, FilePath{"a file's whole path, such as '/run/credentials/fanlight.service/turn-password'"},
              "the file that has it")
          .demands("come with 'username', and without 'secret'",
                   [](const IceServer& server) { return !server.username.empty() && server.secret.empty(); }),
      setting("secret", &IceServer::secret, FilePath{"a file's whole path, such as '/run/credentials/fanlight.service/turn-secret'"},
              "the file that has the server's secret (coturn's 'static-auth-secret'): credentials are made of it that end"),
      setting("lifetime", &IceServer::lifetime, DurationRange{5s, 1h},
              "of the credentials that are made, or that 'service' is asked for with 'service_token'")
          .onlyFor("a server with 'secret' or 'service_token'",
                   [](const IceServer& server) { return !server.secret.empty() || !server.serviceToken.empty(); }),
      setting("service", &IceServer::service, WebAddress{},
              "an address that answers with servers and credentials, as hosted services have one; it is asked again in good time")
          .isNotTold(),
      setting("service_token", &IceServer::serviceToken, FilePath{"a file's whole path, such as '/run/credentials/fanlight.service/turn-token'"},
              "the file that has what the service knows us by (Authorization: Bearer); it is asked by a POST then")
          .onlyFor("a server with 'service'", [](const IceServer& server) { return !server.service.empty(); }),
  };
}

std::vector<Setting<Mqtt>> mqttSettings() {
  using namespace std::chrono_literals;
  constexpr const char* withBroker = "a 'broker'";
  constexpr const char* byTls = "a 'broker' by 'mqtts:'";
  return {
      setting("broker", &Mqtt::broker, BrokerAddress{},
              "which broker tells that this device is there; 'mqtts:' is with TLS"),
      setting("ca", &Mqtt::ca, FilePath{},
              "PEM file of who vouches for the broker; none: whom the system trusts")
          .onlyFor(byTls, isByTls),
      setting("certificate", &Mqtt::certificate, FilePath{},
              "PEM file that the device shows the broker")
          .onlyFor(byTls, isByTls)
          .demands("come with 'key'", [](const Mqtt& mqtt) { return !mqtt.key.empty(); }),
      setting("key", &Mqtt::key, FilePath{"a file's whole path, such as '/run/credentials/fanlight.service/mqtt-key'"},
              "PEM file of the certificate's key")
          .onlyFor(byTls, isByTls)
          .demands("come with 'certificate'", [](const Mqtt& mqtt) { return !mqtt.certificate.empty(); }),
      setting("username", &Mqtt::username, Text{kMaxNameCharacters},
              "that the broker knows the device by")
          .onlyFor(withBroker, hasBroker),
      setting("password", &Mqtt::password, FilePath{"a file's whole path, such as '/run/credentials/fanlight.service/mqtt-password'"},
              "the file that has it")
          .onlyFor(withBroker, hasBroker)
          .demands("come with 'username'", [](const Mqtt& mqtt) { return !mqtt.username.empty(); }),
      setting("prefix", &Mqtt::prefix, TopicPrefix{},
              "what all topics begin with, before the device's 'id'")
          .onlyFor(withBroker, hasBroker),
      setting("keepalive", &Mqtt::keepalive, DurationRange{5s, 20min},
              "of silence, after which device and broker look whether the other is still there")
          .onlyFor(withBroker, hasBroker),
      setting("telemetry", &Mqtt::telemetry, DurationRange{0s, 1h},
              "how often the figures of '/metrics' are said; 0s: never")
          .onlyFor(withBroker, hasBroker),
  };
}

std::vector<Setting<Audio>> audioSettings() {
  using namespace std::chrono_literals;
  return {
      setting("id", &Audio::id, audioIdKind(),
              "names this sound device for the cameras that use it"),
      setting("microphone", &Audio::microphone, soundKind(),
              "where sound comes from; pulse is PipeWire's, too; auto is never the test tone"),
      setting("microphone_device", &Audio::microphoneDevice, SoundDevice{},
              "which microphone, where there are several, as 'fanlight devices' lists it")
          .onlyFor("microphone 'alsa' or 'pulse'",
                   [](const Audio& audio) { return hasNamedDevice(audio.microphone); }),
      setting("speaker", &Audio::speaker, soundKind(),
              "where those are heard who may talk; test is one that nobody hears"),
      setting("speaker_device", &Audio::speakerDevice, SoundDevice{},
              "which speaker, where there are several, as 'fanlight devices' lists it")
          .onlyFor("speaker 'alsa' or 'pulse'",
                   [](const Audio& audio) { return hasNamedDevice(audio.speaker); }),
      setting("duplex", &Audio::duplex, duplexKind(),
              "half: while the speaker is heard, the microphone is not; full: both, without the echo; auto: full where the "
              "echo is taken out"),
      setting("voice_processing", &Audio::voiceProcessing, Flag{},
              "whether echo and noise are taken out of what is heard, and its level is seen to; not of the test tone"),
      setting("talkers", &Audio::talkers, talkersKind(),
              "who may talk at the same time: one, and the others wait for their turn; or all, up to four"),
      setting("talk_limit", &Audio::talkLimit, DurationRange{10s, 1h},
              "how long one turn to talk may take"),
      setting("bitrate", &Audio::bitrate, BitrateRange{{8'000}, {128'000}},
              "of the encoded sound, in bit/s"),
  };
}

/// The line of a GPIO chip, of what is one: `when` says so in words, `isOne` of a section.
template <class Section>
Setting<Section> chipOf(const char* when, bool (*isOne)(const Section&)) {
  return setting("chip", &Section::chip, FilePath{"a chip's file, such as '/dev/gpiochip0'"},
                 "which chip has the line")
      .onlyFor(when, isOne)
      .demands("be a file below '/dev/'", [](const Section& section) { return isDeviceFile(section.chip); });
}

template <class Section>
Setting<Section> lineOf(const char* when, bool (*isOne)(const Section&)) {
  return setting("line", &Section::line, LineName{},
                 "which line, by its number or its name")
      .onlyFor(when, isOne);
}

std::vector<Setting<Input>> inputSettings(const Choices& choices) {
  using namespace std::chrono_literals;
  return {
      setting("id", &Input::id, NameId<base::InputId>{},
              "names this input in messages and in the log")
          .demands("come with 'device', or with 'source' and what that needs: 'chip' and 'line' for 'gpio'", isWhole),
      setting("name", &Input::name, Text{kMaxNameCharacters},
              "where somebody rings, for people")
          .defaultsTo("'id'", [](Input& input) { input.name = input.id.value(); }),
      setting("source", &Input::source, inputSource(),
              "what is pressed: a key, or what closes a line of a chip; test rings by itself, every ten seconds"),
      setting("device", &Input::device, FilePath{"a file below '/dev/input/'"},
              "which keyboard or other device has the key; a link, such as those in by-id, keeps its name")
          .onlyFor("source 'key'", isKey)
          .demands("be a file below '/dev/input/'",
                   [](const Input& input) { return isDeviceFile(input.device) && input.device.starts_with("/dev/input/"); }),
      setting("key", &Input::key, KeyName{choices.keys},
              "in the kernel's words, such as 'KEY_ENTER' or 'BTN_0'; without it, any")
          .onlyFor("source 'key'", isKey),
      chipOf("source 'gpio'", isGpio),
      lineOf("source 'gpio'", isGpio),
      setting("active_low", &Input::activeLow, Flag{},
              "whether it is low while the button is pressed, as one is that pulls to ground")
          .onlyFor("source 'gpio'", isGpio),
      setting("bias", &Input::bias, biasKind(),
              "what holds the line while nothing else does")
          .onlyFor("source 'gpio'", isGpio),
      setting("debounce", &Input::debounce, DurationRange{0s, 1s},
              "how long it must be still before a change counts; 0s: every change does")
          .onlyFor("source 'gpio'", isGpio),
      setting("camera", &Input::camera, NameId<base::CameraId>{},
              "the [[camera]] that shows who rings")
          .defaultsTo("the [[camera]], where there is just one", [](Input&) {}),
      setting("webhook", &Input::webhook, WebAddress{},
              "an address that is told of each ring, by a POST with a still of the camera")
          .isNotTold(),
  };
}

std::vector<Setting<Output>> outputSettings() {
  using namespace std::chrono_literals;
  return {
      setting("id", &Output::id, NameId<base::OutputId>{},
              "names this output in messages and in the log")
          .demands("come with 'chip' and 'line', or with kind 'test'",
                   [](const Output& output) { return !isGpioOutput(output) || (!output.chip.empty() && !output.line.empty()); }),
      setting("name", &Output::name, Text{kMaxNameCharacters},
              "what is opened, for people")
          .defaultsTo("'id'", [](Output& output) { output.name = output.id.value(); }),
      setting("kind", &Output::kind, outputKind(),
              "what is driven: a line of a chip; test: nothing"),
      chipOf("kind 'gpio'", isGpioOutput),
      lineOf("kind 'gpio'", isGpioOutput),
      setting("active_low", &Output::activeLow, Flag{},
              "whether it is low while it is active")
          .onlyFor("kind 'gpio'", isGpioOutput),
      setting("on", &Output::on, outputUse(),
              "what it is active for: somebody with the right 'open' asks for it, somebody rings, watches, or talks"),
      setting("pulse", &Output::pulse, DurationRange{100ms, 1min},
              "how long it is active each time")
          .onlyFor("on 'open' or 'ring'", isPulsed),
      setting("camera", &Output::camera, NameId<base::CameraId>{},
              "the [[camera]] that shows what is opened, or whose viewers count")
          .defaultsTo("the [[camera]], where there is just one", [](Output&) {}),
  };
}

std::vector<Setting<Camera>> cameraSettings(const Choices& choices) {
  using namespace std::chrono_literals;
  std::vector<Setting<Camera>> settings{
      setting("id", &Camera::id, cameraIdKind(),
              "names this camera in URLs and topics"),
      setting("name", &Camera::name, Text{kMaxNameCharacters},
              "what people call this camera")
          .defaultsTo("'id'", [](Camera& camera) { camera.name = camera.id.value(); })
          .takesEffect(Applies::AtOnce),
      setting("source", &Camera::source, sourceKind(),
              "where the picture comes from; auto is never the test picture")
          .demands("come with 'file'",
                   [](const Camera& camera) { return camera.source != SourceKind::File || !camera.file.empty(); }),
      setting("device", &Camera::device, CameraDevice{},
              "which camera, where there are several: below '/dev/', or libcamera's id, as 'fanlight devices' lists it")
          .onlyFor("a camera, not for source 'file' or 'test'", isOfDevice)
          .demands("be a file below '/dev/', unless 'source' is 'libcamera'", [](const Camera& camera) {
            return camera.source == SourceKind::Libcamera || camera.device.empty() || isDeviceFile(camera.device);
          }),
      setting("file", &Camera::file, FilePath{},
              "a video that is shown again and again")
          .onlyFor("source 'file'", [](const Camera& camera) { return camera.source == SourceKind::File; }),
      setting("pattern", &Camera::pattern, OneOf{choices.patterns},
              "what the test picture shows")
          .onlyFor("source 'test'", [](const Camera& camera) { return camera.source == SourceKind::Test; }),
      setting("width", &Camera::width, Integer{16, 4096, 2},
              "of the picture as the camera gives it, in pixels"),
      setting("height", &Camera::height, Integer{16, 4096, 2},
              "of the picture as the camera gives it, in pixels"),
      setting("framerate", &Camera::frameRate, FrameRateRange{1, 120},
              "frames a second"),
      setting("min_framerate", &Camera::minFrameRate, Integer{1, 120},
              "rather a smaller picture than fewer frames a second; as 'framerate', no longer exposure in the dark")
          .defaultsTo("10, or 'framerate' if that is less",
                      [](Camera& camera) {
                        camera.minFrameRate = std::min(camera.minFrameRate, camera.frameRate.numerator);
                      })
          .onlyFor("other sources than 'libcamera', which always keeps 'framerate'",
                   [](const Camera& camera) { return camera.source != SourceKind::Libcamera; })
          .demands("be at most 'framerate'",
                   [](const Camera& camera) { return camera.minFrameRate <= camera.frameRate.numerator; }),
      setting("rotate", &Camera::rotate, QuarterTurns{},
              "of the picture, clockwise, in degrees"),
      setting("mirror", &Camera::mirror, Flag{},
              "left and right swapped, after the rotation"),
      setting("bitrate", &Camera::bitrate, BitrateRange{{100'000}, {20'000'000}},
              "of the encoded picture, in bit/s")
          .takesEffect(Applies::AtOnce),
      setting("keyframe_interval", &Camera::keyframeInterval, DurationRange{1s, 60s},
              "the longest time between key frames; joining viewers get theirs at once"),
      setting("frozen_after", &Camera::frozenAfter, DurationRange{0s, 1h},
              "of one and the same picture the camera is started anew, less and less often; 0s: never")
          .onlyFor("a camera, not for source 'file' or 'test'", isOfDevice),
      setting("encoder", &Camera::encoder, encoderKind(choices),
              "auto passes the camera's own H.264 through where it can, else takes the first that works here"),
      setting("audio", &Camera::audio, NameId<base::AudioId>{},
              "the [[audio]] that those who watch may hear; 'none': nobody's")
          .defaultsTo("the [[audio]], where there is just one", [](Camera&) {})
          .takesEffect(Applies::AtOnce),
      setting("controls", &Camera::controls, ControlTable{},
              "the camera's own, as 'fanlight devices' lists them; written [camera.controls]")
          .onlyFor("a camera, not for source 'file' or 'test'", isOfDevice),
  };
  // Its pipeline is made of them.
  for (Setting<Camera>& one : settings)
    if (one.applies == Applies::AtRestart)
      one.applies = Applies::WithNewPicture;
  return settings;
}

// clang-format on

}  // namespace

Declarations declare(const Choices& choices, const std::string& hostName) {
  return {
      .device = {"device", deviceSettings(hostName)},
      .http = {"http", httpSettings()},
      .access = {"access", accessSettings()},
      .limits = {"limits", limitsSettings()},
      .log = {"log", logSettings()},
      .ice = {"ice", iceSettings()},
      .mqtt = {"mqtt", mqttSettings()},
      .iceServer = {{"ice_server", iceServerSettings()}, kMaxIceServers, "home"},
      .audio = {{"audio", audioSettings()}, kMaxAudios, "hall"},
      .input = {{"input", inputSettings(choices)}, kMaxInputs, "bell"},
      .output = {{"output", outputSettings()}, kMaxOutputs, "door"},
      .camera = {{"camera", cameraSettings(choices)}, kMaxCameras, "front-door"},
  };
}

}  // namespace fanlight::config
