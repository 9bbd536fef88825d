// SPDX-License-Identifier: Apache-2.0
// Given or its own, and looked at each minute.
#include "app/shown_certificate.h"

#include "access/machine_names.h"
#include "base/log.h"

namespace fanlight::app {
namespace {

constexpr std::chrono::minutes kBetweenLooks{1};

base::Result<std::unique_ptr<access::TlsIdentity>> openIdentity(const config::Http& settings,
                                                                const std::string& stateFolder) {
  if (!settings.certificate.empty())
    return access::openTlsFiles({settings.certificate, settings.key});
  auto folder = access::StateFolder::open(stateFolder);
  if (!folder)
    return tl::unexpected(folder.error());
  static const base::SystemClock clock;
  return access::openOwnTls(std::move(*folder),
                            {[hosts = settings.hosts] { return access::machineNames(hosts); }, clock});
}

}  // namespace

base::Result<std::unique_ptr<ShownCertificate>> ShownCertificate::show(const glib::MainContext& context,
                                                                       const config::Http& settings,
                                                                       const std::string& stateFolder,
                                                                       http::Server& server) {
  auto identity = openIdentity(settings, stateFolder);
  if (!identity)
    return tl::unexpected(identity.error());
  const std::string whose = settings.certificate.empty() ? "of the device's own" : "'" + settings.certificate + "'";
  if (auto used = server.useCertificate((*identity)->pair()); !used)
    return tl::unexpected(std::move(used.error()).within("certificate " + whose));
  base::logInfo("http", "the certificate's fingerprint (SHA-256) is {}", (*identity)->fingerprint());
  return std::make_unique<ShownCertificate>(context, std::move(*identity), server);
}

ShownCertificate::ShownCertificate(const glib::MainContext& context, std::unique_ptr<access::TlsIdentity> identity,
                                   http::Server& server)
    : identity_(std::move(identity)), server_(server) {
  looks_ = glib::EventSource::timer(context, kBetweenLooks, [this] {
    look();
    return glib::Continue::Yes;
  });
}

void ShownCertificate::look() {
  if (!identity_->renew())
    return;
  if (const auto used = server_.useCertificate(identity_->pair()); !used)
    base::logWarning("http", "{}; the certificate before it is shown", used.error().message);
  else
    base::logInfo("http", "another certificate is shown from now on; its fingerprint (SHA-256) is {}",
                  identity_->fingerprint());
}

}  // namespace fanlight::app
