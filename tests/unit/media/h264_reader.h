// SPDX-License-Identifier: Apache-2.0
// Reads what matters here out of H.264 (ITU-T H.264, clauses 7.3 and 9.1) in avc format (ISO/IEC 14496-15): what an
// encoder says of its stream, and of which kind its pictures are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gst/ref_traits.h"

namespace fanlight::test {

using Bytes = std::vector<std::uint8_t>;

/// A sequence parameter set, as far as it is read.
struct Sps {
  int profile = 0;
  int constraints = 0;  ///< the byte of flags, constraint_set0 in its highest bit
  int level = 0;        ///< ten times the level
};

/// constraint_set1 makes the baseline profile (66) the constrained one.
inline constexpr int kBaseline = 66;
inline constexpr int kConstraintSet1 = 0x40;

enum class NalKind { Slice = 1, Idr = 5, Sei = 6, Sps = 7, Pps = 8 };
/// Modulo 5 of the slice_type that is written.
enum class SliceKind { P = 0, B = 1, I = 2 };

/// Of the first parameter set in the caps' codec_data; none where there is none.
std::optional<Sps> readSps(const GstCaps* caps);

/// The NAL units of an access unit with lengths of four bytes; empty where they do not add up.
std::vector<Bytes> splitNals(GstBuffer* buffer);
inline int kindOf(const Bytes& nal) {
  return nal.at(0) & 0x1f;
}
bool hasKind(const std::vector<Bytes>& nals, NalKind kind);
/// Of a slice or IDR slice.
int sliceKindOf(const Bytes& nal);

}  // namespace fanlight::test
