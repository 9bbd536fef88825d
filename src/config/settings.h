// SPDX-License-Identifier: Apache-2.0
// The configuration as values; each folder takes its section. What is not set has the value that it has here; ranges
// and meanings are in declarations.cpp. Any thread.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/address.h"
#include "base/log.h"
#include "base/values.h"

namespace fanlight::config {

struct Device {
  base::DeviceId id{"fanlight"};  ///< set from the host's name
  std::string name;               ///< set from the id
  std::string sysfsRoot = "/sys";
};

struct Http {
  std::vector<base::Address> listen{{"127.0.0.1", 8080}};
  std::vector<base::Address> tlsListen;
  std::string certificate;  ///< a file; empty: the device's own
  std::string key;
  std::vector<std::string> hosts;           ///< lower case
  std::vector<std::string> origins;         ///< "https://home.example:8123", lower case
  std::vector<std::string> trustedProxies;  ///< addresses, as inet_ntop(3) writes them
  int connections = 128;
  int connectionsPerAddress = 16;
};

struct Access {
  std::vector<std::string> fleetKeys;  ///< PEM of P-256 public keys, whose tokens count here
};

struct Limits {
  int viewers = 25;
  int viewersPerCamera = 25;  ///< set from `viewers`
  int viewersPerSource = 16;
};

struct Log {
  base::LogLevel level = base::LogLevel::Info;
};

/// The ways that this device's end of a session may take (W3C RTCIceTransportPolicy).
enum class IcePolicy {
  All,
  Relay,  ///< by a TURN server alone
};

struct Ice {
  IcePolicy policy = IcePolicy::All;
  base::PortRange ports;
  std::vector<std::string> excludedInterfaces;
  std::vector<std::string> advertised;  ///< addresses, and names in lower case
  bool hidesLocalAddresses = false;
};

enum class IceUser {
  All,
  Viewers,
  Device,
};

/// STUN and TURN servers with the same credentials, as W3C's RTCIceServer.
struct IceServer {
  base::IceServerId id;
  std::vector<std::string> urls;  ///< base::parseIceUrl() reads them
  IceUser usedBy = IceUser::All;
  std::string username;
  std::string password;                                        ///< a file, as is the next; one of them or none
  std::string secret;                                          ///< by which credentials are made that end
  std::chrono::milliseconds lifetime = std::chrono::hours(1);  ///< of those
  std::string service;       ///< an address that answers with servers and their credentials, in place of `urls`
  std::string serviceToken;  ///< a file
};

/// A broker that the device is reached and seen by.
struct Mqtt {
  std::string broker;       ///< base::parseBrokerUrl() reads it; empty: none
  std::string ca;           ///< a file, as are the next two; empty: those that the system trusts
  std::string certificate;  ///< empty: none is shown
  std::string key;
  std::string username;
  std::string password;             ///< the file that has it
  std::string prefix = "fanlight";  ///< of all topics
  std::chrono::milliseconds keepalive = std::chrono::seconds(30);
  std::chrono::milliseconds telemetry = std::chrono::seconds(60);  ///< between two; zero: none
};

enum class SoundKind {
  None,
  Auto,  ///< one that is there; never Test
  Alsa,
  Pulse,
  Test,  ///< a microphone that hears the test tone, a speaker that nobody hears
};

enum class Talkers {
  One,  ///< at a time
  All,
};

enum class Duplex {
  Auto,  ///< Half until it is shown that the echo is taken out, then Full
  Half,  ///< while the speaker is heard, the microphone is not
  Full,
};

/// A microphone and a speaker, which cameras share.
struct Audio {
  base::AudioId id;
  SoundKind microphone = SoundKind::Auto;
  std::string microphoneDevice;  ///< empty: any
  SoundKind speaker = SoundKind::None;
  std::string speakerDevice;  ///< empty: any
  Duplex duplex = Duplex::Auto;
  bool voiceProcessing = true;
  Talkers talkers = Talkers::One;
  std::chrono::milliseconds talkLimit = std::chrono::minutes(5);  ///< of one turn
  base::Bitrate bitrate{32'000};
};

enum class InputSource {
  Key,   ///< of a keyboard, a remote control, or the board's own (gpio-keys)
  Gpio,  ///< a line of a chip
  Test,  ///< nobody: it rings by itself
};

enum class Bias {
  AsIs,
  None,
  PullUp,
  PullDown,
};

/// What somebody rings by.
struct Input {
  base::InputId id;
  std::string name;  ///< set from the id
  InputSource source = InputSource::Key;
  std::string device;  ///< of source 'key', below /dev/
  std::string key;     ///< of source 'key', in the kernel's words; empty: any
  std::string chip;    ///< of source 'gpio', below /dev/
  std::string line;    ///< of source 'gpio': its number, or its name
  bool activeLow = false;
  Bias bias = Bias::AsIs;
  std::chrono::milliseconds debounce{20};
  base::CameraId camera;  ///< empty: the only one there is
  std::string webhook;    ///< an address that is told of each ring; empty: none is
};

enum class OutputKind {
  Gpio,  ///< a line of a chip
  Test,  ///< nothing
};

/// What an output is active for.
enum class OutputUse {
  Open,   ///< who has the right asks for it
  Ring,   ///< somebody rings
  Watch,  ///< somebody watches
  Talk,   ///< somebody talks
};

/// What the device drives: a door's relay, a chime, a lamp.
struct Output {
  base::OutputId id;
  std::string name;  ///< set from the id
  OutputKind kind = OutputKind::Gpio;
  std::string chip;  ///< of kind 'gpio', below /dev/
  std::string line;  ///< of kind 'gpio': its number, or its name
  bool activeLow = false;
  OutputUse on = OutputUse::Open;
  std::chrono::milliseconds pulse{3000};  ///< on 'open' and 'ring'
  base::CameraId camera;                  ///< empty: the only one there is
};

enum class SourceKind {
  Auto,  ///< a camera that is there; never the test picture
  V4l2,
  Libcamera,
  File,
  Test,
};

/// As it is written: a camera's own names, and values that only it can judge.
using ControlValue = std::variant<bool, std::int64_t, double, std::string>;
using Controls = std::map<std::string, ControlValue, std::less<>>;

struct Camera {
  base::CameraId id;
  std::string name;  ///< set from the id
  SourceKind source = SourceKind::Auto;
  std::string device;  ///< below /dev/, or libcamera's id; empty: any
  /// Not a setting: which one it is, where it was found rather than configured; `device` is empty then.
  std::string foundAs;
  std::string file;  ///< of source 'file'
  std::string pattern = "bars";
  int width = 1280;
  int height = 720;
  base::FrameRate frameRate{30, 1};
  int minFrameRate = 10;
  int rotate = 0;  ///< degrees clockwise: 0, 90, 180 or 270
  bool mirror = false;
  base::Bitrate bitrate{2'000'000};
  std::chrono::milliseconds keyframeInterval = std::chrono::seconds(10);
  std::chrono::milliseconds frozenAfter = std::chrono::seconds(30);  ///< zero: never
  std::string encoder = "auto";
  base::AudioId audio;  ///< empty: the only one there is; kNoAudio: none
  Controls controls;

  base::Resolution resolution() const { return {width, height}; }
};

/// What Camera::audio says of one that has no sound.
inline constexpr std::string_view kNoAudio = "none";

/// `cameras` in the order in which the files name them; none: whatever is found.
struct Settings {
  Device device;
  Http http;
  Access access;
  Limits limits;
  Log log;
  Ice ice;
  Mqtt mqtt;
  std::vector<IceServer> iceServers;
  std::vector<Audio> audios;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Camera> cameras;
};

/// Whether the device may be reached by it alone.
bool relaysForDevice(const IceServer& server);

/// Whose sound a camera's viewers may hear; null: nobody's.
const Audio* audioOf(const Camera& camera, const std::vector<Audio>& audios);

/// Which camera shows who rings, or what is opened: `named`, or the only one there is; empty: none does.
base::CameraId cameraOf(const base::CameraId& named, const std::vector<Camera>& cameras);

}  // namespace fanlight::config
