// SPDX-License-Identifier: Apache-2.0
// One table an enumeration; the page has the same names in its codec.
#include "signaling/names.h"

#include "signaling/codec.h"

namespace fanlight::signaling {

std::string_view toText(session::CameraState state) {
  switch (state) {
    case session::CameraState::Idle:
      return "idle";
    case session::CameraState::Starting:
      return "starting";
    case session::CameraState::Live:
      return "live";
    case session::CameraState::Away:
      return "away";
  }
  return {};
}

/// A viewer is told of Closing by `bye`.
std::string_view toText(session::SessionState state) {
  switch (state) {
    case session::SessionState::Negotiating:
    case session::SessionState::Connecting:
    case session::SessionState::Closing:
      return "connecting";
    case session::SessionState::Live:
      return "live";
  }
  return {};
}

std::string_view toText(session::AwayCause cause) {
  switch (cause) {
    case session::AwayCause::Missing:
      return "missing";
    case session::AwayCause::Busy:
      return "busy";
    case session::AwayCause::Settings:
      return "settings";
    case session::AwayCause::Silent:
      return "silent";
  }
  return {};
}

std::string_view toText(session::SlowedBy cause) {
  switch (cause) {
    case session::SlowedBy::Heat:
      return "heat";
    case session::SlowedBy::Power:
      return "power";
  }
  return {};
}

std::string_view toText(session::TurnEnd end) {
  switch (end) {
    case session::TurnEnd::Released:
      return "released";
    case session::TurnEnd::Limit:
      return "limit";
    case session::TurnEnd::Silent:
      return "silent";
    case session::TurnEnd::Preempted:
      return "preempted";
  }
  return {};
}

std::string_view toText(session::DeviceTrouble trouble) {
  switch (trouble) {
    case session::DeviceTrouble::Disk:
      return "disk";
    case session::DeviceTrouble::Memory:
      return "memory";
    case session::DeviceTrouble::Stuck:
      return "stuck";
  }
  return {};
}

std::string_view toText(session::EncoderKind kind) {
  switch (kind) {
    case session::EncoderKind::Software:
      return "software";
    case session::EncoderKind::Hardware:
      return "hardware";
    case session::EncoderKind::PassedThrough:
      return "passed-through";
  }
  return {};
}

ErrorCode toErrorCode(session::RefusalCode code) {
  switch (code) {
    case session::RefusalCode::BadOffer:
      return ErrorCode::BadOffer;
    case session::RefusalCode::UnsupportedOffer:
      return ErrorCode::UnsupportedOffer;
    case session::RefusalCode::UnknownCamera:
      return ErrorCode::UnknownCamera;
    case session::RefusalCode::UnknownSession:
      return ErrorCode::UnknownSession;
    case session::RefusalCode::SessionExists:
      return ErrorCode::SessionExists;
    case session::RefusalCode::TooManyCandidates:
      return ErrorCode::TooManyCandidates;
    case session::RefusalCode::Busy:
      return ErrorCode::Busy;
    case session::RefusalCode::Unauthorized:
      return ErrorCode::Unauthorized;
    case session::RefusalCode::Expired:
      return ErrorCode::Expired;
    case session::RefusalCode::Revoked:
      return ErrorCode::Revoked;
    case session::RefusalCode::NotYet:
      return ErrorCode::NotYet;
    case session::RefusalCode::ClockUnset:
      return ErrorCode::ClockUnset;
    case session::RefusalCode::TooManyTries:
      return ErrorCode::RateLimited;
    case session::RefusalCode::WrongCode:
      return ErrorCode::WrongCode;
    case session::RefusalCode::NoPairing:
      return ErrorCode::NoPairing;
    case session::RefusalCode::BadCommand:
      return ErrorCode::BadCommand;
    case session::RefusalCode::Forbidden:
      return ErrorCode::Forbidden;
    case session::RefusalCode::Internal:
      return ErrorCode::Internal;
  }
  return ErrorCode::Internal;
}

std::string_view toText(ErrorCode code) {
  switch (code) {
    case ErrorCode::BadMessage:
      return "bad-message";
    case ErrorCode::UnknownType:
      return "unknown-type";
    case ErrorCode::OutOfOrder:
      return "out-of-order";
    case ErrorCode::TooLarge:
      return "too-large";
    case ErrorCode::TooManyCandidates:
      return "too-many-candidates";
    case ErrorCode::RateLimited:
      return "rate-limited";
    case ErrorCode::Unauthorized:
      return "unauthorized";
    case ErrorCode::Expired:
      return "expired";
    case ErrorCode::Revoked:
      return "revoked";
    case ErrorCode::NotYet:
      return "not-yet";
    case ErrorCode::ClockUnset:
      return "clock-unset";
    case ErrorCode::WrongCode:
      return "wrong-code";
    case ErrorCode::NoPairing:
      return "no-pairing";
    case ErrorCode::BadCommand:
      return "bad-command";
    case ErrorCode::Forbidden:
      return "forbidden";
    case ErrorCode::UnknownCamera:
      return "unknown-camera";
    case ErrorCode::UnknownSession:
      return "unknown-session";
    case ErrorCode::SessionExists:
      return "session-exists";
    case ErrorCode::Busy:
      return "busy";
    case ErrorCode::UnsupportedOffer:
      return "unsupported-offer";
    case ErrorCode::BadOffer:
      return "bad-offer";
    case ErrorCode::UnknownCommand:
      return "unknown-command";
    case ErrorCode::Internal:
      return "internal";
  }
  return {};
}

std::string_view toText(session::EndReason reason) {
  switch (reason) {
    case session::EndReason::Left:
      return "left";
    case session::EndReason::Replaced:
      return "replaced";
    case session::EndReason::IceFailed:
      return "ice-failed";
    case session::EndReason::DtlsFailed:
      return "dtls-failed";
    case session::EndReason::FingerprintMismatch:
      return "fingerprint-mismatch";
    case session::EndReason::NegotiationFailed:
      return "negotiation-failed";
    case session::EndReason::ConnectTimeout:
      return "connect-timeout";
    case session::EndReason::RtcpTimeout:
      return "rtcp-timeout";
    case session::EndReason::PeerClosed:
      return "peer-closed";
    case session::EndReason::LimitExceeded:
      return "limit-exceeded";
    case session::EndReason::Expired:
      return "expired";
    case session::EndReason::Revoked:
      return "revoked";
    case session::EndReason::Ended:
      return "ended";
    case session::EndReason::CameraRemoved:
      return "camera-removed";
    case session::EndReason::Shutdown:
      return "shutdown";
    case session::EndReason::Internal:
      return "internal";
  }
  return {};
}

std::string_view toText(session::CheckUp::State state) {
  switch (state) {
    case session::CheckUp::State::None:
      return "none";
    case session::CheckUp::State::Running:
      return "running";
    case session::CheckUp::State::Done:
      return "done";
  }
  return {};
}

std::string_view toText(session::Finding::Verdict verdict) {
  switch (verdict) {
    case session::Finding::Verdict::Ok:
      return "ok";
    case session::Finding::Verdict::Warning:
      return "warning";
    case session::Finding::Verdict::Broken:
      return "broken";
    case session::Finding::Verdict::Untried:
      return "untried";
  }
  return {};
}

std::string_view toText(session::FindingCause cause) {
  using Cause = session::FindingCause;
  switch (cause) {
    case Cause::ClockUnset:
      return "clock-unset";
    case Cause::ClockUnkept:
      return "clock-unkept";
    case Cause::DiskAbsent:
      return "disk-absent";
    case Cause::DiskUnusable:
      return "disk-unusable";
    case Cause::DiskForbidden:
      return "disk-forbidden";
    case Cause::NoCamera:
      return "no-camera";
    case Cause::CameraMissing:
      return "camera-missing";
    case Cause::CameraBusy:
      return "camera-busy";
    case Cause::CameraSettings:
      return "camera-settings";
    case Cause::CameraSilent:
      return "camera-silent";
    case Cause::CameraTrouble:
      return "camera-trouble";
    case Cause::CameraWithoutEncoder:
      return "camera-without-encoder";
    case Cause::EncoderUnusable:
      return "encoder-unusable";
    case Cause::EncoderSoftware:
      return "encoder-software";
    case Cause::NoServers:
      return "no-servers";
    case Cause::ServerFile:
      return "server-file";
    case Cause::ServerService:
      return "server-service";
    case Cause::ServerClock:
      return "server-clock";
    case Cause::NameUnknown:
      return "name-unknown";
    case Cause::BrowsersOnly:
      return "browsers-only";
    case Cause::Ipv6Only:
      return "ipv6-only";
    case Cause::SecretDiffers:
      return "secret-differs";
    case Cause::PasswordRefused:
      return "password-refused";
    case Cause::ServiceCredentialsRefused:
      return "service-credentials-refused";
    case Cause::CredentialsMissing:
      return "credentials-missing";
    case Cause::RelayForbidden:
      return "relay-forbidden";
    case Cause::RelayFull:
      return "relay-full";
    case Cause::Refused:
      return "refused";
    case Cause::Closed:
      return "closed";
    case Cause::Foreign:
      return "foreign";
    case Cause::NoRoute:
      return "no-route";
    case Cause::Silent:
      return "silent";
    case Cause::UdpUnasked:
      return "udp-unasked";
    case Cause::UdpUnknown:
      return "udp-unknown";
    case Cause::UdpBlocked:
      return "udp-blocked";
    case Cause::UdpRelayed:
      return "udp-relayed";
    case Cause::NatUnknown:
      return "nat-unknown";
    case Cause::NatDependent:
      return "nat-dependent";
    case Cause::MtuUnknown:
      return "mtu-unknown";
    case Cause::MtuSmall:
      return "mtu-small";
    case Cause::Ipv6Untried:
      return "ipv6-untried";
    case Cause::Ipv6Broken:
      return "ipv6-broken";
  }
  return {};
}

}  // namespace fanlight::signaling
