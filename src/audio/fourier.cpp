// SPDX-License-Identifier: Apache-2.0
#include "audio/fourier.h"

#include <cmath>
#include <numbers>

namespace fanlight::audio {
namespace {

// Both are two floats, the real part first: [complex.numbers.general].
GstFFTF32Complex* raw(std::complex<float>* values) {
  return reinterpret_cast<GstFFTF32Complex*>(values);
}
const GstFFTF32Complex* raw(const std::complex<float>* values) {
  return reinterpret_cast<const GstFFTF32Complex*>(values);
}

}  // namespace

Fourier::Fourier(std::size_t samples)
    : samples_(samples),
      forward_(gst_fft_f32_new(static_cast<gint>(samples), FALSE)),
      back_(gst_fft_f32_new(static_cast<gint>(samples), TRUE)) {}

Spectrum Fourier::spectrumOf(std::span<const float> sound) const {
  Spectrum spectrum(samples_ / 2 + 1);
  gst_fft_f32_fft(forward_.get(), sound.data(), raw(spectrum.data()));
  return spectrum;
}

std::vector<float> Fourier::soundOf(const Spectrum& spectrum) const {
  std::vector<float> sound(samples_);
  gst_fft_f32_inverse_fft(back_.get(), raw(spectrum.data()), sound.data());
  return sound;
}

std::vector<float> hannWindow(std::size_t samples) {
  std::vector<float> window(samples);
  for (std::size_t i = 0; i < samples; ++i)
    window[i] = static_cast<float>(
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(samples)));
  return window;
}

}  // namespace fanlight::audio
