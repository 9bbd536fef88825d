// SPDX-License-Identifier: Apache-2.0
// From webrtcbin's answer to the viewer's: the lines of the viewer's offer, with what webrtcbin leaves wrong put right.
// Any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "webrtc/offer.h"

namespace fanlight::webrtc {

/// The answer's text: one line for each of the offer's, by its mid; those that are not used rejected. Every fingerprint
/// is `own`, and the video line states the profile that was agreed on. Fails with Internal where webrtcbin did not
/// accept video.
base::Result<std::string> finishAnswer(const GstSDPMessage* webrtcbinAnswer, const Offer& offer,
                                       const Fingerprint& own);

}  // namespace fanlight::webrtc
