// SPDX-License-Identifier: Apache-2.0
// Preloaded into the daemon under test: an encoder that stalls, as hardware does whose firmware hung. Once the file
// STALL_ENCODER exists, which is removed then, the encoder that runs takes pictures and gives nothing more; another is as it
// was.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

enum { flowOk = 0 };
static const char mark[] = "stalled";

void *g_object_get_data(void *object, const char *key);
void g_object_set_data(void *object, const char *key, void *data);
void gst_video_codec_frame_unref(void *frame);

// GStreamer's function, by which each encoder hands over what it made; its enumerations are ints.
int gst_video_encoder_finish_frame(void *encoder, void *frame) {
  int (*real)(void *, void *) = (int (*)(void *, void *))dlsym(RTLD_NEXT, "gst_video_encoder_finish_frame");
  const char *order = getenv("STALL_ENCODER");
  if (order && unlink(order) == 0) g_object_set_data(encoder, mark, encoder);
  if (!g_object_get_data(encoder, mark)) return real(encoder, frame);
  gst_video_codec_frame_unref(frame);
  return flowOk;
}
