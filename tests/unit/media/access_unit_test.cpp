// SPDX-License-Identifier: Apache-2.0
// Which pictures are IDRs, by their NAL units.
#include "media/access_unit.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

// The first byte of NAL units, with nal_ref_idc 3.
constexpr std::uint8_t kSlice = 0x61;
constexpr std::uint8_t kIdr = 0x65;
constexpr std::uint8_t kSei = 0x06;
constexpr std::uint8_t kSps = 0x67;

/// Units of these kinds, with their lengths; each goes on with the first byte of an IDR, which is none in there.
Bytes picture(const std::vector<std::uint8_t>& kinds) {
  Bytes bytes;
  for (const std::uint8_t kind : kinds)
    bytes.insert(bytes.end(), {0, 0, 0, 3, kind, kIdr, kIdr});
  return bytes;
}

bool isIdr(const Bytes& bytes) {
  const auto buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, bytes.size(), nullptr));
  gst_buffer_fill(buffer.get(), 0, bytes.data(), bytes.size());
  return media::isIdr(buffer.get());
}

TEST(AccessUnit, IsAnIdrWhereOneOfItsUnitsIs) {
  EXPECT_TRUE(isIdr(picture({kIdr})));
  EXPECT_TRUE(isIdr(picture({kSps, kSei, kIdr})));
}

TEST(AccessUnit, IsNoneByItsOtherUnits) {
  EXPECT_FALSE(isIdr(picture({kSlice})));
  EXPECT_FALSE(isIdr(picture({kSps, kSei, kSlice, kSlice})));
}

TEST(AccessUnit, IsNoneWhereItEndsBeforeOne) {
  EXPECT_FALSE(isIdr({}));
  EXPECT_FALSE(isIdr({0, 0, 0, 1}));
  EXPECT_FALSE(isIdr({0, 0, 0, 9, kSlice, 0, 0, 0, 1, kIdr})) << "it lies within the one before";
  EXPECT_FALSE(isIdr({0xff, 0xff, 0xff, 0xff, kSlice}));
}

}  // namespace
}  // namespace fanlight::media
