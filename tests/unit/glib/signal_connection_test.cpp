// SPDX-License-Identifier: Apache-2.0
// Signals of real GObjects: where handlers run, and either side dying first.
#include "glib/signal_connection.h"

#include <optional>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "glib/lifetime.h"

namespace fanlight::glib {

template <>
struct RefTraits<GSimpleAction> : GObjectRefTraits<GSimpleAction> {};
template <>
struct RefTraits<GSimpleActionGroup> : GObjectRefTraits<GSimpleActionGroup> {};
template <>
struct RefTraits<GSocketListener> : GObjectRefTraits<GSocketListener> {};
template <>
struct RefTraits<GSocketService> : GObjectRefTraits<GSocketService> {};

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Ref<GSimpleActionGroup> newGroup() {
  return Ref<GSimpleActionGroup>::adopt(g_simple_action_group_new());
}

void emitAdded(const Ref<GSimpleActionGroup>& group, const char* name) {
  g_action_group_action_added(G_ACTION_GROUP(group.get()), name);
}

class SignalConnectionTest : public ::testing::Test {
 protected:
  template <class Handler>
  SignalConnection connectAdded(Handler handler) {
    return connectDirect<void(GSimpleActionGroup*, char*)>(group_.get(), "action-added", std::move(handler));
  }
  SignalConnection connectAndCount() {
    return connectAdded([this](GSimpleActionGroup*, char* name) { heard_.emplace_back(name); });
  }
  void emit(const char* name) { emitAdded(group_, name); }
  bool hasHandler() const { return g_signal_has_handler_pending(group_.get(), signal_, 0, TRUE) == TRUE; }

  Ref<GSimpleActionGroup> group_ = newGroup();
  const guint signal_ = g_signal_lookup("action-added", G_TYPE_SIMPLE_ACTION_GROUP);
  std::vector<std::string> heard_;
};

TEST_F(SignalConnectionTest, CallsADirectHandlerInsideTheEmission) {
  const auto connection = connectAndCount();
  emit("a");
  EXPECT_THAT(heard_, ElementsAre("a"));
}

TEST_F(SignalConnectionTest, ReturnsWhatADirectHandlerReturns) {
  const auto service = Ref<GSocketService>::adopt(g_socket_service_new());
  const auto connection = connectDirect<gboolean(GSocketService*, GSocketConnection*, GObject*)>(
      service.get(), "incoming", [](GSocketService*, GSocketConnection*, GObject*) -> gboolean { return TRUE; });
  gboolean handled = FALSE;
  g_signal_emit_by_name(service.get(), "incoming", nullptr, nullptr, &handled);
  EXPECT_EQ(handled, TRUE);
}

TEST_F(SignalConnectionTest, DisconnectsWhenItDies) {
  {
    const auto connection = connectAndCount();
    EXPECT_TRUE(hasHandler());
  }
  EXPECT_FALSE(hasHandler());
  emit("a");
  EXPECT_THAT(heard_, IsEmpty());
}

TEST_F(SignalConnectionTest, DisconnectsWhenToldToAndOnlyOnce) {
  auto connection = connectAndCount();
  connection.disconnect();
  connection.disconnect();
  emit("a");
  EXPECT_THAT(heard_, IsEmpty());
}

TEST_F(SignalConnectionTest, IsHarmlessWhenEmpty) {
  SignalConnection connection;
  connection.disconnect();
  SignalConnection other = std::move(connection);
  other.disconnect();
  EXPECT_FALSE(hasHandler());
}

TEST_F(SignalConnectionTest, StaysConnectedWhenMoved) {
  auto from = connectAndCount();
  const SignalConnection to = std::move(from);
  emit("a");
  EXPECT_THAT(heard_, ElementsAre("a"));
}

TEST_F(SignalConnectionTest, DisconnectsTheOneThatItReplaces) {
  auto connection = connectAndCount();
  connection = connectAdded([this](GSimpleActionGroup*, char* name) { heard_.push_back("new " + std::string(name)); });
  emit("a");
  EXPECT_THAT(heard_, ElementsAre("new a"));
}

TEST_F(SignalConnectionTest, FreesItsHandlerWhenItDies) {
  const auto held = std::make_shared<int>(0);
  {
    const auto connection = connectAdded([held](GSimpleActionGroup*, char*) {});
    EXPECT_EQ(held.use_count(), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(SignalConnectionTest, OutlivesItsInstance) {
  const auto held = std::make_shared<int>(0);
  auto connection = connectAdded([held](GSimpleActionGroup*, char*) {});
  group_ = nullptr;
  EXPECT_EQ(held.use_count(), 1);
  connection.disconnect();
}

TEST_F(SignalConnectionTest, DoesNotKeepItsInstanceAlive) {
  const auto connection = connectAndCount();
  EXPECT_EQ(G_OBJECT(group_.get())->ref_count, 1U);
}

TEST_F(SignalConnectionTest, MayBeDestroyedInItsOwnHandler) {
  std::optional<SignalConnection> connection;
  connection = connectAdded([this, &connection, held = std::make_shared<int>(7)](GSimpleActionGroup*, char* name) {
    connection.reset();
    heard_.push_back(name + std::to_string(*held));  // what the handler captured is there until it returns
  });
  emit("a");
  emit("b");
  EXPECT_THAT(heard_, ElementsAre("a7"));
}

TEST_F(SignalConnectionTest, MayOutliveTheInstanceInsideItsOwnHandler) {
  std::optional<SignalConnection> connection;
  connection = connectAdded([&](GSimpleActionGroup*, char* name) {
    group_ = nullptr;
    connection.reset();
    heard_.emplace_back(name);
  });
  emit("a");
  EXPECT_THAT(heard_, ElementsAre("a"));
}

TEST_F(SignalConnectionTest, MayBelongToWhatItsHandlerOwns) {
  struct Owner {
    SignalConnection connection;
    std::shared_ptr<int> held;
  };
  const auto held = std::make_shared<int>(0);
  auto owner = std::make_shared<Owner>();
  owner->held = held;
  SignalConnection* connection = &owner->connection;
  *connection = connectAdded([owner](GSimpleActionGroup*, char*) {});
  owner.reset();
  EXPECT_EQ(held.use_count(), 2);
  connection->disconnect();
  EXPECT_EQ(held.use_count(), 1);
}

class QueuedConnectionTest : public SignalConnectionTest {
 protected:
  SignalConnection connectQueuedAndKeep() {
    return connectQueued<void(GSimpleActionGroup*, char*)>(group_.get(), "action-added", context_,
                                                           [this](const std::string& name) { heard_.push_back(name); });
  }
  void run() {
    while (context_.iterate(false)) {
    }
  }
  MainContext context_ = MainContext::create();
};

TEST_F(QueuedConnectionTest, CallsTheHandlerOnTheContextNotInsideTheEmission) {
  const auto connection = connectQueuedAndKeep();
  emit("a");
  EXPECT_THAT(heard_, IsEmpty());
  run();
  EXPECT_THAT(heard_, ElementsAre("a"));
}

TEST_F(QueuedConnectionTest, CopiesTextThatIsGoneWhenTheHandlerRuns) {
  const auto connection = connectQueuedAndKeep();
  {
    std::string name = "short-lived";
    emit(name.c_str());
    name.assign(name.size(), '#');
  }
  run();
  EXPECT_THAT(heard_, ElementsAre("short-lived"));
}

TEST_F(QueuedConnectionTest, KeepsTheOrderOfEmissions) {
  const auto connection = connectQueuedAndKeep();
  emit("a");
  emit("b");
  emit("c");
  run();
  EXPECT_THAT(heard_, ElementsAre("a", "b", "c"));
}

TEST_F(QueuedConnectionTest, RunsHandlersOfAForeignThreadsEmissionsOnItsOwn) {
  std::thread::id ranOn;
  const auto connection = connectQueued<void(GSimpleActionGroup*, char*)>(
      group_.get(), "action-added", context_, [&](const std::string&) { ranOn = std::this_thread::get_id(); });
  std::jthread foreign([this] { emit("a"); });
  while (ranOn == std::thread::id())
    context_.iterate(true);
  EXPECT_EQ(ranOn, std::this_thread::get_id());
}

TEST_F(QueuedConnectionTest, IsSilentForAnOwnerThatDiedMeanwhile) {
  std::optional<Lifetime> lifetime(std::in_place);
  const auto connection = connectQueued<void(GSimpleActionGroup*, char*)>(
      group_.get(), "action-added", context_,
      lifetime->bind([this](const std::string& name) { heard_.push_back(name); }));
  emit("a");
  lifetime.reset();
  run();
  EXPECT_THAT(heard_, IsEmpty());
}

TEST_F(QueuedConnectionTest, KeepsObjectsOfAnEmissionUntilTheHandlerRan) {
  const auto listener = Ref<GSocketListener>::adopt(g_socket_listener_new());
  auto socket =
      Ref<GSocket>::adopt(g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, nullptr));
  GObject* borrowed = G_OBJECT(socket.get());
  guint references = 0;
  GSocketListenerEvent heard = G_SOCKET_LISTENER_BINDING;
  const auto connection = connectQueued<void(GSocketListener*, GSocketListenerEvent, GSocket*)>(
      listener.get(), "event", context_, [&](GSocketListenerEvent event, const std::shared_ptr<Ref<GSocket>>& held) {
        heard = event;
        references = G_OBJECT(held->get())->ref_count;
        EXPECT_EQ(G_OBJECT(held->get()), borrowed);
      });
  g_signal_emit_by_name(listener.get(), "event", G_SOCKET_LISTENER_LISTENED, socket.get());
  socket = nullptr;
  run();
  EXPECT_EQ(heard, G_SOCKET_LISTENER_LISTENED);
  EXPECT_EQ(references, 1U);
}

TEST_F(QueuedConnectionTest, TellsOfAChangedProperty) {
  const auto action = Ref<GSimpleAction>::adopt(g_simple_action_new("a", nullptr));
  const auto connection = connectQueued<void(GSimpleAction*, GParamSpec*)>(
      action.get(), "notify::enabled", context_, [this](auto&&) { heard_.emplace_back("enabled"); });
  g_simple_action_set_enabled(action.get(), FALSE);
  run();
  EXPECT_THAT(heard_, ElementsAre("enabled"));
}

TEST_F(QueuedConnectionTest, DeliversWhatWasEmittedBeforeItWasDisconnected) {
  auto connection = connectQueuedAndKeep();
  emit("a");
  connection.disconnect();
  emit("b");
  run();
  EXPECT_THAT(heard_, ElementsAre("a"));
}

TEST_F(QueuedConnectionTest, DeliversAfterTheInstanceDied) {
  const auto connection = connectQueuedAndKeep();
  emit("a");
  group_ = nullptr;
  run();
  EXPECT_THAT(heard_, ElementsAre("a"));
}

}  // namespace
}  // namespace fanlight::glib
