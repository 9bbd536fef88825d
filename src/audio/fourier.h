// SPDX-License-Identifier: Apache-2.0
// Fourier's transform of real sound, both ways, by GStreamer's library for it. Any one thread.
#pragma once

#include <complex>
#include <span>
#include <vector>

#include <gst/fft/gstfftf32.h>

#include "glib/owned.h"

namespace fanlight::glib {

template <>
struct Free<GstFFTF32> {
  void operator()(GstFFTF32* transform) const { gst_fft_f32_free(transform); }
};

}  // namespace fanlight::glib

namespace fanlight::audio {

/// Of half a block and one, from 0 Hz to half the rate.
using Spectrum = std::vector<std::complex<float>>;

class Fourier {
 public:
  /// `samples`: of a block; even, with small factors.
  explicit Fourier(std::size_t samples);

  /// `sound`: one block.
  Spectrum spectrumOf(std::span<const float> sound) const;
  /// The way back, times the number of samples.
  std::vector<float> soundOf(const Spectrum& spectrum) const;

 private:
  std::size_t samples_;
  glib::Owned<GstFFTF32> forward_;
  glib::Owned<GstFFTF32> back_;
};

/// Hann's: what is cut out of a sound fades in and out.
std::vector<float> hannWindow(std::size_t samples);

}  // namespace fanlight::audio
