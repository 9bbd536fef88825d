// SPDX-License-Identifier: Apache-2.0
// What Fanlight's sound is measured beside: webrtcbin as GStreamer's own sendrecv example has it, every element at its
// defaults, with PulseAudio at both ends. Writes an offer as one line of base64, and reads the answer so.
//   plain_webrtcbin MICROPHONE SPEAKER

#define GST_USE_UNSTABLE_API
#include <gst/gst.h>
#include <gst/webrtc/webrtc.h>
#include <stdio.h>
#include <string.h>

static const char *speaker;

static void onOffer(GstPromise *promise, gpointer peer) {
  GstWebRTCSessionDescription *offer = NULL;
  gst_structure_get(gst_promise_get_reply(promise), "offer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &offer, NULL);
  gst_promise_unref(promise);
  g_signal_emit_by_name(peer, "set-local-description", offer, NULL);
  gst_webrtc_session_description_free(offer);
}

static void onNegotiationNeeded(GstElement *peer) {
  g_signal_emit_by_name(peer, "create-offer", NULL, gst_promise_new_with_change_func(onOffer, peer, NULL));
}

// The candidates stand in the description then.
static void onGathering(GstElement *peer) {
  GstWebRTCICEGatheringState state;
  g_object_get(peer, "ice-gathering-state", &state, NULL);
  if (state != GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE)
    return;
  GstWebRTCSessionDescription *offer = NULL;
  g_object_get(peer, "local-description", &offer, NULL);
  char *sdp = gst_sdp_message_as_text(offer->sdp);
  char *line = g_base64_encode((const guchar *)sdp, strlen(sdp));
  puts(line);
  fflush(stdout);
  g_free(line);
  g_free(sdp);
  gst_webrtc_session_description_free(offer);
}

static void append(GstElement *pipeline, GstPad *pad, const char *description) {
  GstElement *bin = gst_parse_bin_from_description(description, TRUE, NULL);
  gst_bin_add(GST_BIN(pipeline), bin);
  gst_element_sync_state_with_parent(bin);
  GstPad *sink = gst_element_get_static_pad(bin, "sink");
  if (gst_pad_link(pad, sink) != GST_PAD_LINK_OK)
    g_error("cannot link %s", description);
  gst_object_unref(sink);
}

static void onDecoded(GstElement *decodebin, GstPad *pad, gpointer pipeline) {
  (void)decodebin;
  char *play = g_strdup_printf("queue ! audioconvert ! audioresample ! pulsesink device=%s", speaker);
  append(pipeline, pad, play);
  g_free(play);
}

static void onPad(GstElement *peer, GstPad *pad, gpointer pipeline) {
  (void)peer;
  if (GST_PAD_DIRECTION(pad) != GST_PAD_SRC)
    return;
  GstElement *decodebin = gst_element_factory_make("decodebin", NULL);
  g_signal_connect(decodebin, "pad-added", G_CALLBACK(onDecoded), pipeline);
  gst_bin_add(GST_BIN(pipeline), decodebin);
  gst_element_sync_state_with_parent(decodebin);
  GstPad *sink = gst_element_get_static_pad(decodebin, "sink");
  if (gst_pad_link(pad, sink) != GST_PAD_LINK_OK)
    g_error("cannot link decodebin");
  gst_object_unref(sink);
}

static gboolean onAnswer(GIOChannel *input, GIOCondition condition, gpointer peer) {
  (void)condition;
  char *line = NULL;
  if (g_io_channel_read_line(input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    exit(0);
  gsize length = 0;
  guchar *text = g_base64_decode(line, &length);
  GstSDPMessage *sdp = NULL;
  gst_sdp_message_new(&sdp);
  if (gst_sdp_message_parse_buffer(text, (guint)length, sdp) != GST_SDP_OK)
    g_error("cannot read the answer");
  GstWebRTCSessionDescription *answer = gst_webrtc_session_description_new(GST_WEBRTC_SDP_TYPE_ANSWER, sdp);
  g_signal_emit_by_name(peer, "set-remote-description", answer, NULL);
  gst_webrtc_session_description_free(answer);
  g_free(text);
  g_free(line);
  return G_SOURCE_CONTINUE;
}

int main(int argc, char **argv) {
  gst_init(&argc, &argv);
  if (argc != 3)
    g_error("usage: plain_webrtcbin MICROPHONE SPEAKER");
  speaker = argv[2];
  char *description = g_strdup_printf(
      "webrtcbin name=peer bundle-policy=max-bundle pulsesrc device=%s ! audioconvert ! audioresample ! queue ! opusenc "
      "! rtpopuspay ! queue ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! peer.",
      argv[1]);
  GstElement *pipeline = gst_parse_launch(description, NULL);
  GstElement *peer = gst_bin_get_by_name(GST_BIN(pipeline), "peer");
  g_signal_connect(peer, "on-negotiation-needed", G_CALLBACK(onNegotiationNeeded), NULL);
  g_signal_connect(peer, "notify::ice-gathering-state", G_CALLBACK(onGathering), NULL);
  g_signal_connect(peer, "pad-added", G_CALLBACK(onPad), pipeline);
  GIOChannel *input = g_io_channel_unix_new(0);
  g_io_add_watch(input, G_IO_IN | G_IO_HUP, onAnswer, peer);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  g_main_loop_run(g_main_loop_new(NULL, FALSE));
  return 0;
}
