// SPDX-License-Identifier: Apache-2.0
// A stand-in for a room, as a LADSPA plugin for the sound server: what a speaker plays arrives later, weaker, and with
// what walls make of it. Inside the server, so that no busy machine makes it late.
#include <ladspa.h>
#include <math.h>
#include <stdlib.h>

enum { kInput, kOutput, kDelayMs, kGain, kDriftPpm, kPorts };
enum { kSize = 1 << 16, kWalls = 60 };

typedef struct {
  LADSPA_Data* ports[kPorts];
  double rate;
  unsigned long heard;  // samples, since the beginning
  float line[kSize];
  unsigned at[kWalls];
  float strength[kWalls];
} Room;

// The direct way, and walls within 60 ms: each time the same.
static void build(Room* room) {
  unsigned long seed = 1;
  for (unsigned i = 0; i < kWalls; ++i) {
    seed = seed * 48271 % 2147483647;
    room->at[i] = i * 48;
    room->strength[i] =
        i == 0 ? 1.0F : (float)(0.25 * (seed / 1073741824.0 - 1) * exp(-(double)room->at[i] / (0.02 * room->rate)));
  }
}

static LADSPA_Handle instantiate(const LADSPA_Descriptor* descriptor, unsigned long rate) {
  (void)descriptor;
  Room* room = calloc(1, sizeof(Room));
  room->rate = (double)rate;
  build(room);
  return room;
}

static void connect(LADSPA_Handle handle, unsigned long port, LADSPA_Data* data) {
  ((Room*)handle)->ports[port] = data;
}

static void run(LADSPA_Handle handle, unsigned long count) {
  Room* room = handle;
  const double delay = *room->ports[kDelayMs] / 1000 * room->rate;
  for (unsigned long i = 0; i < count; ++i, ++room->heard) {
    room->line[room->heard % kSize] = room->ports[kInput][i];
    // A clock that is slower plays each sample a little later than the one before.
    const double from = (double)room->heard + kSize - 1 - delay - (double)room->heard * *room->ports[kDriftPpm] / 1e6;
    const unsigned long whole = (unsigned long)from;
    const float share = (float)(from - (double)whole);
    float sum = 0;
    for (unsigned wall = 0; wall < kWalls; ++wall) {
      const unsigned long at = whole + kSize - room->at[wall];
      sum += room->strength[wall] * (room->line[at % kSize] * (1 - share) + room->line[(at + 1) % kSize] * share);
    }
    room->ports[kOutput][i] = *room->ports[kGain] * sum;
  }
}

static const LADSPA_PortDescriptor kPortKinds[kPorts] = {
    LADSPA_PORT_INPUT | LADSPA_PORT_AUDIO,   LADSPA_PORT_OUTPUT | LADSPA_PORT_AUDIO,
    LADSPA_PORT_INPUT | LADSPA_PORT_CONTROL, LADSPA_PORT_INPUT | LADSPA_PORT_CONTROL,
    LADSPA_PORT_INPUT | LADSPA_PORT_CONTROL,
};
static const char* const kPortNames[kPorts] = {"Input", "Output", "Delay in ms", "Gain", "Drift in ppm"};
static const LADSPA_PortRangeHint kHints[kPorts];

const LADSPA_Descriptor* ladspa_descriptor(unsigned long index) {
  static const LADSPA_Descriptor kRoom = {
      .UniqueID = 1,
      .Label = "room",
      .Name = "A room",
      .Maker = "Fanlight's tests",
      .Copyright = "Apache-2.0",
      .PortCount = kPorts,
      .PortDescriptors = kPortKinds,
      .PortNames = kPortNames,
      .PortRangeHints = kHints,
      .instantiate = instantiate,
      .connect_port = connect,
      .run = run,
      .cleanup = free,
  };
  return index == 0 ? &kRoom : NULL;
}
