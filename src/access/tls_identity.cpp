// SPDX-License-Identifier: Apache-2.0
// Following files, and making one's own.
#include "access/tls_identity.h"

#include <algorithm>
#include <optional>

#include "base/log.h"
#include "glib/atomic_file.h"

namespace fanlight::access {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using namespace std::chrono_literals;

/// A chain of certificates with long lists of names.
constexpr std::size_t kMaxPemBytes = 64 * 1024;
constexpr const char* kCertificate = "tls/certificate.pem";
constexpr const char* kKey = "tls/key.pem";

/// So that a viewer's clock may be behind.
constexpr std::chrono::days kBackdated{1};
/// RFC 5280 section 4.1.2.5: no end that anybody knows. With an unset clock no other would hold once it is set; the
/// first look after that makes a certificate with an end.
constexpr Validity kUntilClockIsSet{sys_days(1970y / 1 / 1), sys_days(9999y / 12 / 31) + 23h + 59min + 59s};

tl::unexpected<base::Error> invalid(std::string what) {
  return base::fail(base::ErrorCode::InvalidArgument, std::move(what));
}

// Given files.

/// They are somebody else's to write, who may be at it: what cannot be used now may be at the next start.
tl::unexpected<base::Error> notNow(std::string what) {
  return base::fail(base::ErrorCode::Unavailable, std::move(what));
}

base::Result<std::string> readGiven(const std::string& path) {
  auto text = glib::readWhole(path, kMaxPemBytes);
  if (!text)
    return notNow(text.error().message);
  if (!*text)
    return notNow("cannot read '" + path + "': there is no such file");
  return std::move(**text);
}

base::Result<TlsPair> readGiven(const TlsFiles& files) {
  auto certificate = readGiven(files.certificate);
  if (!certificate)
    return tl::unexpected(certificate.error());
  auto key = readGiven(files.key);
  if (!key)
    return tl::unexpected(key.error());
  TlsPair pair{std::move(*certificate), base::Secret(std::move(*key))};
  if (const auto checked = checkTlsPair(pair); !checked)
    return notNow("cannot use '" + files.certificate + "' with '" + files.key + "': " + checked.error().message);
  return pair;
}

class GivenTls final : public TlsIdentity {
 public:
  GivenTls(TlsFiles files, TlsPair pair) : files_(std::move(files)) { use(std::move(pair)); }

  bool renew() override {
    auto read = readGiven(files_);
    if (!read) {
      complain(read.error().message + "; the certificate before it is shown");
      return false;
    }
    stopComplaining();
    if (read->certificate == pair().certificate && read->key.reveal() == pair().key.reveal())
      return false;
    use(std::move(*read));
    return true;
  }

 private:
  const TlsFiles files_;
};

// The device's own.

bool holdsAll(const std::vector<std::string>& held, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted,
                             [&held](const std::string& each) { return std::ranges::find(held, each) != held.end(); });
}

bool mustBeMadeAnew(const TlsCertificate& certificate, const TlsNames& wanted, std::optional<sys_seconds> now) {
  if (!holdsAll(certificate.names.hosts, wanted.hosts) || !holdsAll(certificate.names.addresses, wanted.addresses))
    return true;
  const Validity& validity = certificate.validity;
  // Of an unset clock it cannot be said how long is left.
  return now && (validity.begin > *now || validity.end - *now < kTlsRenewal || validity.end == kUntilClockIsSet.end);
}

/// Those of now, then those of before, newest first: who opens the device by an address that it will have again is not
/// asked anew whether the certificate is trusted.
TlsNames withEarlierAddresses(TlsNames wanted, const std::vector<std::string>& earlier) {
  for (const std::string& address : earlier)
    if (wanted.addresses.size() < kMaxTlsAddresses && !holdsAll(wanted.addresses, {address}))
      wanted.addresses.push_back(address);
  return wanted;
}

Validity validityFrom(std::optional<sys_seconds> now) {
  return now ? Validity{*now - kBackdated, *now - kBackdated + kTlsLifetime} : kUntilClockIsSet;
}

class OwnTls final : public TlsIdentity {
 public:
  OwnTls(StateFolder folder, TlsMaker maker) : folder_(std::move(folder)), maker_(std::move(maker)) {}

  /// Before anything else.
  base::Result<> open();
  bool renew() override;

 private:
  base::Result<base::Secret> openKey();
  base::Result<> make(const TlsNames& wanted);

  const StateFolder folder_;
  const TlsMaker maker_;
  base::Secret key_;
  TlsCertificate certificate_;  ///< without names: none
};

base::Result<base::Secret> OwnTls::openKey() {
  auto there = folder_.read(kKey, kMaxPemBytes);
  if (!there)
    return tl::unexpected(there.error());
  if (*there)
    return base::Secret(std::move(**there));
  auto made = makeTlsKey();
  if (!made)
    return made;
  if (auto written = folder_.write(kKey, made->reveal()); !written)
    return tl::unexpected(written.error());
  return made;
}

base::Result<> OwnTls::open() {
  auto key = openKey();
  if (!key)
    return tl::unexpected(key.error());
  key_ = std::move(*key);
  auto there = folder_.read(kCertificate, kMaxPemBytes);
  if (!there)
    return tl::unexpected(there.error());
  TlsPair pair{there->value_or(""), key_};
  const auto certificate = readTlsCertificate(pair.certificate);
  // One that is broken, or of another key, is nothing that anybody would miss.
  if (certificate && checkTlsPair(pair)) {
    certificate_ = *certificate;
    use(std::move(pair));
  }
  const TlsNames wanted = maker_.names();
  if (!mustBeMadeAnew(certificate_, wanted, maker_.clock.now()))
    return {};
  auto made = make(wanted);
  if (made || !this->pair().certificate.empty()) {
    if (!made)
      complain(made.error().message + "; the certificate before it is shown");
    return {};
  }
  return made;
}

base::Result<> OwnTls::make(const TlsNames& wanted) {
  const TlsNames names = withEarlierAddresses(wanted, certificate_.names.addresses);
  auto pair = signByItself(key_, names, validityFrom(maker_.clock.now()));
  if (!pair && pair.error().code == base::ErrorCode::InvalidArgument)
    return invalid("cannot use '" + folder_.pathOf(kKey) + "': " + pair.error().message +
                   "; move it away, and a new one is made");
  if (!pair)
    return tl::unexpected(pair.error());
  if (auto written = folder_.write(kCertificate, pair->certificate); !written)
    return written;
  auto certificate = readTlsCertificate(pair->certificate);
  if (!certificate)
    return tl::unexpected(certificate.error());
  certificate_ = std::move(*certificate);
  use(std::move(*pair));
  return {};
}

bool OwnTls::renew() {
  const TlsNames wanted = maker_.names();
  if (!mustBeMadeAnew(certificate_, wanted, maker_.clock.now()))
    return false;
  if (const auto made = make(wanted); !made) {
    complain(made.error().message + "; the certificate before it is shown");
    return false;
  }
  stopComplaining();
  return true;
}

}  // namespace

void TlsIdentity::use(TlsPair pair) {
  const auto certificate = readTlsCertificate(pair.certificate);
  fingerprint_ = certificate ? certificate->fingerprint : "";
  pair_ = std::move(pair);
}

void TlsIdentity::complain(const std::string& what) {
  if (what != complaint_)
    base::logWarning("access", "{}", what);
  complaint_ = what;
}

base::Result<std::unique_ptr<TlsIdentity>> openTlsFiles(TlsFiles files) {
  auto pair = readGiven(files);
  if (!pair)
    return tl::unexpected(pair.error());
  return std::make_unique<GivenTls>(std::move(files), std::move(*pair));
}

base::Result<std::unique_ptr<TlsIdentity>> openOwnTls(StateFolder folder, TlsMaker maker) {
  auto identity = std::make_unique<OwnTls>(std::move(folder), std::move(maker));
  if (auto opened = identity->open(); !opened)
    return tl::unexpected(opened.error());
  return identity;
}

}  // namespace fanlight::access
