// SPDX-License-Identifier: Apache-2.0
// A picture as a file. Blocks some milliseconds: workers only.
#pragma once

#include <string>

#include "base/result.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

/// A JPEG file of one picture, which is raw, or an IDR in H.264. Fails with Unsupported where a plugin is missing that
/// decodes or writes it, Timeout where none comes out.
base::Result<std::string> toJpeg(GstSample* picture);

}  // namespace fanlight::media
