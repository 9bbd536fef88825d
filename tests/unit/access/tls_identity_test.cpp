// SPDX-License-Identifier: Apache-2.0
// The device's own certificate over the years, and files that somebody else writes.
#include "access/tls_identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "access/machine_names.h"
#include "base/fake_wall_clock.h"
#include "temporary_folder.h"

namespace fanlight::access {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr sys_seconds kToday = sys_days(2026y / 11 / 21) + 17h;

TlsPair pairFor(const std::string& host) {
  return *signByItself(*makeTlsKey(), {{host}, {}}, {kToday, kToday + 24h});
}

class OwnTlsTest : public ::testing::Test {
 protected:
  base::Result<std::unique_ptr<TlsIdentity>> tryToOpen() {
    return openOwnTls(*StateFolder::open(place_.path("state")), {[this] { return names_; }, clock_});
  }
  void SetUp() override { clock_.time = kToday; }
  std::unique_ptr<TlsIdentity> open() {
    auto identity = tryToOpen();
    EXPECT_TRUE(identity) << identity.error().message;
    return std::move(*identity);
  }
  static TlsCertificate shown(const TlsIdentity& identity) { return *readTlsCertificate(identity.pair().certificate); }
  std::string fileText(const std::string& name) const {
    return StateFolder::open(place_.path("state"))->read(name, 100'000)->value_or("missing");
  }

  const TemporaryFolder place_;
  TlsNames names_{{"localhost", "porch.local"}, {"127.0.0.1", "192.0.2.7"}};
  test::FakeWallClock clock_;
};

TEST_F(OwnTlsTest, IsMadeForItsNamesAndALittleMoreThanAYear) {
  const auto identity = open();
  EXPECT_EQ(shown(*identity).names, names_);
  EXPECT_LT(shown(*identity).validity.begin, kToday) << "a viewer's clock may be behind";
  EXPECT_EQ(shown(*identity).validity.end - shown(*identity).validity.begin, kTlsLifetime);
  EXPECT_TRUE(checkTlsPair(identity->pair()));
}

TEST_F(OwnTlsTest, LiesInFilesThatOnlyItsOwnerReads) {
  open();
  for (const char* name : {"state/tls/certificate.pem", "state/tls/key.pem"}) {
    struct stat about {};
    ASSERT_EQ(::stat(place_.path(name).c_str(), &about), 0) << name;
    EXPECT_EQ(about.st_mode & 0777U, 0600U) << name;
  }
}

TEST_F(OwnTlsTest, IsTheSameAfterARestart) {
  const std::string before = open()->fingerprint();
  clock_.advance(24h * 300);
  EXPECT_EQ(open()->fingerprint(), before);
}

TEST_F(OwnTlsTest, IsAnotherOnAnotherDevice) {
  const auto one = open();
  const TemporaryFolder elsewhere;
  const auto other = openOwnTls(*StateFolder::open(elsewhere.path("")), {[this] { return names_; }, clock_});
  ASSERT_TRUE(other);
  EXPECT_NE((*other)->pair().key.reveal(), one->pair().key.reveal());
}

TEST_F(OwnTlsTest, IsMadeAnewWithItsKeyBeforeItEnds) {
  const auto identity = open();
  const std::string before = identity->pair().certificate;
  clock_.time = shown(*identity).validity.end - kTlsRenewal;
  EXPECT_FALSE(identity->renew());
  clock_.advance(1s);
  EXPECT_TRUE(identity->renew());
  EXPECT_GT(shown(*identity).validity.end, *clock_.time + kTlsRenewal);
  EXPECT_NE(identity->pair().certificate, before);
  EXPECT_TRUE(checkTlsPair({before, identity->pair().key})) << "the key has changed";
  EXPECT_EQ(fileText("tls/certificate.pem"), identity->pair().certificate);
}

TEST_F(OwnTlsTest, IsMadeAnewForAnAddressThatIsNewAndKeepsThoseOfBefore) {
  const auto identity = open();
  names_.addresses = {"127.0.0.1", "192.0.2.8"};
  EXPECT_TRUE(identity->renew());
  EXPECT_THAT(shown(*identity).names.addresses, ElementsAre("127.0.0.1", "192.0.2.8", "192.0.2.7"));
  names_.addresses = {"127.0.0.1", "192.0.2.7"};
  EXPECT_FALSE(identity->renew()) << "it has that address already";
}

TEST_F(OwnTlsTest, ForgetsTheOldestAddressesWhereThereAreTooMany) {
  const auto identity = open();
  for (int i = 0; i < 40; ++i) {
    names_.addresses = {"198.51.100." + std::to_string(i)};
    EXPECT_TRUE(identity->renew());
  }
  EXPECT_EQ(shown(*identity).names.addresses.size(), kMaxTlsAddresses);
  EXPECT_THAT(shown(*identity).names.addresses,
              AllOf(Contains("198.51.100.39"), Contains("198.51.100.8"), Not(Contains("198.51.100.7"))));
}

TEST_F(OwnTlsTest, IsMadeAnewForANewName) {
  const auto identity = open();
  names_.hosts = {"localhost", "shed.local"};
  EXPECT_TRUE(identity->renew());
  EXPECT_EQ(shown(*identity).names.hosts, names_.hosts);
}

TEST_F(OwnTlsTest, HoldsBeforeTheClockIsSetAndAfter) {
  clock_.time.reset();
  const auto identity = open();
  EXPECT_LT(shown(*identity).validity.begin, sys_days(1970y / 1 / 2)) << "a viewer's clock may be unset as well";
  EXPECT_GT(shown(*identity).validity.end, kToday);
  EXPECT_FALSE(identity->renew()) << "it would be another one at each start";
  clock_.time = kToday;
  EXPECT_TRUE(identity->renew());
  EXPECT_EQ(shown(*identity).validity.end - shown(*identity).validity.begin, kTlsLifetime);
}

TEST_F(OwnTlsTest, IsKeptByADeviceThatDoesNotKnowTheTime) {
  const std::string before = open()->fingerprint();
  clock_.time.reset();
  EXPECT_EQ(open()->fingerprint(), before);
}

TEST_F(OwnTlsTest, IsMadeAnewWhereTheClockWasAheadWhenItWasMade) {
  clock_.time = kToday + 24h * 700;
  const auto identity = open();
  clock_.time = kToday;
  EXPECT_TRUE(identity->renew());
  EXPECT_LT(shown(*identity).validity.begin, kToday);
}

TEST_F(OwnTlsTest, ReplacesACertificateThatIsBrokenButNotTheKey) {
  const std::string key(open()->pair().key.reveal());
  for (const std::string& broken : {std::string(), std::string("nothing"), pairFor("porch").certificate}) {
    place_.write("state/tls/certificate.pem", broken);
    EXPECT_TRUE(checkTlsPair(open()->pair()));
    EXPECT_EQ(fileText("tls/key.pem"), key);
  }
}

TEST_F(OwnTlsTest, LeavesAKeyAsItIsThatItCannotReadAndSaysWhatToDo) {
  open();
  place_.write("state/tls/key.pem", "precious");
  const auto identity = tryToOpen();
  ASSERT_FALSE(identity);
  EXPECT_EQ(identity.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_THAT(identity.error().message, AllOf(HasSubstr("'" + place_.path("state/tls/key.pem") + "'"),
                                              HasSubstr("move it away, and a new one is made")));
  EXPECT_EQ(fileText("tls/key.pem"), "precious");
}

TEST_F(OwnTlsTest, SaysWhereItCannotBeWritten) {
  place_.write("state/tls", "a file in the way");
  const auto identity = tryToOpen();
  ASSERT_FALSE(identity);
  EXPECT_EQ(identity.error().code, base::ErrorCode::Unavailable);
  EXPECT_THAT(identity.error().message, HasSubstr(place_.path("state/tls")));
}

TEST_F(OwnTlsTest, IsShownOnWhereItsSuccessorCannotBeWritten) {
  const auto identity = open();
  const std::string before = identity->fingerprint();
  std::filesystem::remove_all(place_.path("state"));
  place_.write("state", "a file in the way");
  clock_.advance(kTlsLifetime);
  EXPECT_FALSE(identity->renew());
  EXPECT_EQ(identity->fingerprint(), before);
}

class GivenTlsTest : public ::testing::Test {
 protected:
  void write(const TlsPair& pair) {
    place_.write("cert.pem", pair.certificate);
    place_.write("key.pem", pair.key.reveal());
  }
  auto open() { return openTlsFiles({place_.path("cert.pem"), place_.path("key.pem")}); }
  std::string errorOfOpening() {
    const auto identity = open();
    EXPECT_EQ(identity ? base::ErrorCode::Internal : identity.error().code, base::ErrorCode::Unavailable);
    return identity ? "none" : identity.error().message;
  }

  const TemporaryFolder place_;
};

TEST_F(GivenTlsTest, IsTakenAsItIs) {
  const TlsPair pair = pairFor("porch.example");
  write(pair);
  const auto identity = open();
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ((*identity)->pair().certificate, pair.certificate);
  EXPECT_EQ((*identity)->fingerprint(), readTlsCertificate(pair.certificate)->fingerprint);
  EXPECT_FALSE((*identity)->renew());
}

TEST_F(GivenTlsTest, IsTakenUpWhenItChanges) {
  write(pairFor("porch.example"));
  const auto identity = open();
  const TlsPair next = pairFor("porch.example");
  write(next);
  EXPECT_TRUE((*identity)->renew());
  EXPECT_EQ((*identity)->pair().certificate, next.certificate);
  EXPECT_FALSE((*identity)->renew());
}

TEST_F(GivenTlsTest, StaysWhileTheNewOneIsBroken) {
  const TlsPair first = pairFor("porch.example");
  write(first);
  const auto identity = open();
  const TlsPair next = pairFor("porch.example");
  for (const TlsPair& broken : {TlsPair{"nothing", first.key}, TlsPair{next.certificate, first.key}}) {
    write(broken);
    ::testing::internal::CaptureStderr();
    EXPECT_FALSE((*identity)->renew());
    EXPECT_FALSE((*identity)->renew());
    const std::string log = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(log.find("cert.pem"), log.rfind("cert.pem")) << "it is told more than once";
    EXPECT_THAT(log, HasSubstr("the certificate before it is shown"));
    EXPECT_EQ((*identity)->pair().certificate, first.certificate);
  }
  write(next);
  EXPECT_TRUE((*identity)->renew());
}

TEST_F(GivenTlsTest, NamesTheFileThatIsWrongAndWhy) {
  EXPECT_EQ(errorOfOpening(), "cannot read '" + place_.path("cert.pem") + "': there is no such file");
  const TlsPair pair = pairFor("porch.example");
  write({"nothing", pair.key});
  EXPECT_THAT(errorOfOpening(), AllOf(HasSubstr(place_.path("cert.pem")), HasSubstr("the certificate is none")));
  write({pair.certificate, base::Secret("nothing")});
  EXPECT_THAT(errorOfOpening(), AllOf(HasSubstr(place_.path("key.pem")), HasSubstr("the key is no private key")));
  write({pair.certificate, *makeTlsKey()});
  EXPECT_THAT(errorOfOpening(), HasSubstr("the key is not the certificate's"));
}

TEST(MachineNames, AreItsOwnTheConfiguredOnesAndLoopback) {
  const TlsNames names = machineNames({"Porch.Example", "203.0.113.9"});
  EXPECT_THAT(names.hosts,
              AllOf(Contains("localhost"), Contains("porch.example"), Contains(::testing::EndsWith(".local"))));
  EXPECT_THAT(names.addresses, AllOf(Contains("127.0.0.1"), Contains("::1"), Contains("203.0.113.9"),
                                     Not(Contains(::testing::StartsWith("fe80:")))));
  EXPECT_TRUE(signByItself(*makeTlsKey(), names, {kToday, kToday + 24h}));
}

}  // namespace
}  // namespace fanlight::access
