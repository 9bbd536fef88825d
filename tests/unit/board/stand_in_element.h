// SPDX-License-Identifier: Apache-2.0
// Elements of GStreamer's registry that are broken, counted or missing for as long as a test wants.
#pragma once

#include "gst/ref_traits.h"

namespace fanlight::test {

/// What is special about a stand-in.
enum class Quirk {
  None,        ///< it works like the real one
  NoHardware,  ///< it says why it cannot leave NULL
  Mute,        ///< the same, without a word
  Hangs,       ///< it does not leave NULL before letGo()
  Swallows,    ///< an encoder that takes frames and gives none
  Breaks,      ///< an encoder that reports an error at its tenth frame
  Stalls,  ///< an encoder that gives nothing any more from its tenth frame on, and does not say so; the next that is
           ///< made is good
  StallsAndHangs,  ///< the same, but the next hangs like Hangs
  IsBusy,          ///< an encoder that is at its tenth frame until letGo()
  FallsSilent,     ///< a videotestsrc that gives ten pictures and no more, without a word
  Moves,           ///< a videotestsrc whose zone plate moves, so that it takes bits to encode
};

/// Takes an element's place in the registry while it lives. Derived from it, so that it has the same properties.
class StandInElement {
 public:
  StandInElement(const char* factory, Quirk quirk);
  ~StandInElement();
  StandInElement(const StandInElement&) = delete;
  StandInElement& operator=(const StandInElement&) = delete;

  /// How many of it have been made.
  int made() const;
  /// Whether Stalls or IsBusy has come to that.
  bool hasStalled() const;
  /// Ends what Hangs and IsBusy do, for those that hang and those to come.
  void letGo();

 private:
  gst::Ref<GstPluginFeature> real_;
  GType type_;
};

/// Takes an element out of the registry while it lives.
class MissingElement {
 public:
  explicit MissingElement(const char* factory);
  ~MissingElement();
  MissingElement(const MissingElement&) = delete;
  MissingElement& operator=(const MissingElement&) = delete;

 private:
  gst::Ref<GstPluginFeature> real_;
};

}  // namespace fanlight::test
