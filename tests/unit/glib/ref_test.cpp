// SPDX-License-Identifier: Apache-2.0
// Who owns a reference, counted.
#include "glib/ref.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace fanlight::glib {
namespace {

GObject* newObject() {
  return G_OBJECT(g_object_new(G_TYPE_OBJECT, nullptr));
}

guint count(const Ref<GObject>& ref) {
  return ref.get()->ref_count;
}

/// Whether the object it was made for is gone.
class Grave {
 public:
  explicit Grave(GObject* object) { g_object_weak_ref(object, dig, this); }
  bool isFilled() const { return filled_; }

 private:
  static void dig(gpointer self, GObject*) { static_cast<Grave*>(self)->filled_ = true; }
  bool filled_ = false;
};

TEST(Ref, AdoptsAReferenceWithoutAddingOne) {
  const auto ref = Ref<GObject>::adopt(newObject());
  EXPECT_EQ(count(ref), 1U);
}

TEST(Ref, RetainsABorrowedObjectWithAReferenceOfItsOwn) {
  const auto owner = Ref<GObject>::adopt(newObject());
  {
    const auto other = Ref<GObject>::retain(owner.get());
    EXPECT_EQ(count(owner), 2U);
  }
  EXPECT_EQ(count(owner), 1U);
}

TEST(Ref, SinksAFloatingObject) {
  GObject* floating = G_OBJECT(g_object_new(G_TYPE_INITIALLY_UNOWNED, nullptr));
  ASSERT_TRUE(g_object_is_floating(floating));
  const auto ref = Ref<GObject>::sink(floating);
  EXPECT_FALSE(g_object_is_floating(ref.get()));
  EXPECT_EQ(count(ref), 1U);
}

TEST(Ref, LetsGoWhenItDies) {
  GObject* object = newObject();
  const Grave grave(object);
  { const auto ref = Ref<GObject>::adopt(object); }
  EXPECT_TRUE(grave.isFilled());
}

TEST(Ref, MovesWithoutCounting) {
  auto from = Ref<GObject>::adopt(newObject());
  GObject* object = from.get();
  const Ref<GObject> to = std::move(from);
  EXPECT_EQ(to.get(), object);
  EXPECT_EQ(count(to), 1U);
  EXPECT_FALSE(from);  // NOLINT(bugprone-use-after-move): what a moved one holds is the point
}

TEST(Ref, LetsGoOfWhatItHeldWhenAssigned) {
  auto ref = Ref<GObject>::adopt(newObject());
  const Grave grave(ref.get());
  ref = Ref<GObject>::adopt(newObject());
  EXPECT_TRUE(grave.isFilled());
  EXPECT_EQ(count(ref), 1U);
}

TEST(Ref, KeepsItsObjectWhenAssignedToItself) {
  auto ref = Ref<GObject>::adopt(newObject());
  Ref<GObject>& same = ref;
  ref = std::move(same);
  ASSERT_TRUE(ref);
  EXPECT_EQ(count(ref), 1U);
}

TEST(Ref, ClonesByCounting) {
  const auto ref = Ref<GObject>::adopt(newObject());
  const auto clone = ref.clone();
  EXPECT_EQ(clone.get(), ref.get());
  EXPECT_EQ(count(ref), 2U);
}

TEST(Ref, HandsItsReferenceOverOnRelease) {
  auto ref = Ref<GObject>::adopt(newObject());
  const auto taker = Ref<GObject>::adopt(ref.release());
  EXPECT_FALSE(ref);
  EXPECT_EQ(count(taker), 1U);
}

TEST(Ref, LetsGoBeforeItIsAnOutParameter) {
  auto ref = Ref<GObject>::adopt(newObject());
  const Grave grave(ref.get());
  *ref.out() = newObject();
  EXPECT_TRUE(grave.isFilled());
  EXPECT_EQ(count(ref), 1U);
}

TEST(Ref, HoldsNothingHarmlessly) {
  EXPECT_FALSE(Ref<GObject>());
  EXPECT_FALSE(Ref<GObject>(nullptr));
  EXPECT_FALSE(Ref<GObject>::adopt(nullptr));
  EXPECT_FALSE(Ref<GObject>::retain(nullptr));
  EXPECT_FALSE(Ref<GObject>::sink(nullptr));
  EXPECT_FALSE(Ref<GObject>().clone());
}

TEST(Ref, IsNotCopiedByAccident) {
  EXPECT_FALSE(std::is_copy_constructible_v<Ref<GObject>>);
  EXPECT_FALSE((std::is_convertible_v<GObject*, Ref<GObject>>));
}

TEST(Ref, CountsWhatIsNoObjectByItsOwnTraits) {
  const auto bytes = Ref<GBytes>::adopt(g_bytes_new("abc", 3));
  auto clone = bytes.clone();
  clone = nullptr;
  EXPECT_EQ(g_bytes_get_size(bytes.get()), 3U);
}

}  // namespace
}  // namespace fanlight::glib
