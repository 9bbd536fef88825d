// SPDX-License-Identifier: Apache-2.0
// A line between two interfaces of a namespace, where the kernel has no netem: what comes in at one goes out at the other,
// late, lost, or not at all where the queue is full. Offloads have to be off at the far ends: a packet is what it is on a wire.
//
//   link OUTSIDE INSIDE SPECS-INWARDS SPECS-OUTWARDS
//
// Specs are `key=value` with commas between them: delay and jitter (ms, one way), rate (kbit/s), queue (ms of that rate), loss
// (percent), burst (mean number of packets that are lost in a row). What is not named is none. Lines on standard input change
// them: `inwards SPECS`, `outwards SPECS`. Packets are never put in another order.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <math.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { kMostBytes = 2048, kMostPackets = 8192 };
#define kNever INT64_MAX

struct specs {
  double delay, jitter, rate, queue, loss, burst;
};

struct packet {
  int64_t at;  // when it goes out, ns
  int size;
  unsigned char bytes[kMostBytes];
};

struct direction {
  int from, to;
  struct specs specs;
  struct packet* packets;  // a ring
  size_t first, count;
  int64_t idle_at;  // when the line has sent all that it took
  int64_t last_at;
  int is_losing;
};

static void fail(const char* what) {
  perror(what);
  exit(1);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static double chance(void) {
  return drand48();
}

static double normal(void) {
  return sqrt(-2 * log(1 - chance())) * cos(2 * M_PI * chance());
}

static struct specs parse(char* text) {
  struct specs specs = {.burst = 1};
  for (char* word = strtok(text, ", \n"); word; word = strtok(NULL, ", \n")) {
    char* value = strchr(word, '=');
    if (!value) {
      fprintf(stderr, "'%s' is no key=value\n", word);
      exit(2);
    }
    *value++ = 0;
    const struct {
      const char* key;
      double* number;
    } known[] = {{"delay", &specs.delay}, {"jitter", &specs.jitter}, {"rate", &specs.rate},
                 {"queue", &specs.queue}, {"loss", &specs.loss},     {"burst", &specs.burst}};
    size_t i = 0;
    while (i < sizeof known / sizeof *known && strcmp(known[i].key, word) != 0)
      ++i;
    if (i == sizeof known / sizeof *known) {
      fprintf(stderr, "'%s' is not known\n", word);
      exit(2);
    }
    *known[i].number = atof(value);
  }
  return specs;
}

// In bursts by Gilbert's model: nothing is lost in the one state, all in the other.
static int is_lost(struct direction* line) {
  const double loss = line->specs.loss / 100;
  const double end = 1 / line->specs.burst;
  if (line->specs.burst <= 1 || loss >= 1)
    line->is_losing = chance() < loss;
  else
    line->is_losing = line->is_losing ? chance() >= end : chance() < loss * end / (1 - loss);
  return line->is_losing;
}

static void take(struct direction* line) {
  unsigned char bytes[kMostBytes];
  for (;;) {
    const ssize_t size = recv(line->from, bytes, sizeof bytes, MSG_DONTWAIT | MSG_TRUNC);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENETDOWN))
      return;
    if (size < 0)
      fail("recv");
    if (size > kMostBytes) {
      fprintf(stderr, "a packet of %zd bytes: is an offload on?\n", size);
      continue;
    }
    const struct specs* specs = &line->specs;
    const int64_t time = now();
    int64_t leaves = time;
    if (specs->rate > 0) {
      const int64_t begins = line->idle_at > time ? line->idle_at : time;
      if (specs->queue > 0 && (double)(begins - time) > specs->queue * 1e6)
        continue;
      leaves = line->idle_at = begins + (int64_t)((double)size * 8e6 / specs->rate);
    }
    if (line->count == kMostPackets || is_lost(line))
      continue;
    const double extra = specs->jitter > 0 ? fmin(fmax(normal(), -2), 2) * specs->jitter : 0;
    const int64_t at = leaves + (int64_t)(fmax(0, specs->delay + extra) * 1e6);
    struct packet* packet = &line->packets[(line->first + line->count++) % kMostPackets];
    packet->at = line->last_at = at > line->last_at ? at : line->last_at;
    packet->size = (int)size;
    memcpy(packet->bytes, bytes, (size_t)size);
  }
}

// Returns when the next one goes out.
static int64_t give(struct direction* line) {
  for (; line->count > 0; line->first = (line->first + 1) % kMostPackets, --line->count) {
    const struct packet* packet = &line->packets[line->first];
    if (packet->at > now())
      return packet->at;
    if (send(line->to, packet->bytes, (size_t)packet->size, 0) < 0 && errno != ENOBUFS && errno != ENETDOWN)
      fail("send");
  }
  return kNever;
}

static int open_interface(const char* name) {
  const int descriptor = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(name)};
  const int yes = 1;
  const int bytes = 8 << 20;
  if (descriptor < 0 || address.sll_ifindex == 0 || bind(descriptor, (struct sockaddr*)&address, sizeof address) < 0 ||
      setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes) < 0 ||
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) < 0)
    fail(name);
  return descriptor;
}

// Returns whether there is more to come.
static int change(struct direction* inwards, struct direction* outwards) {
  char line[256];
  if (!fgets(line, sizeof line, stdin))
    return 0;
  char* specs = strchr(line, ' ');
  if (!specs)
    return 1;
  *specs++ = 0;
  (strcmp(line, "inwards") == 0 ? inwards : outwards)->specs = parse(specs);
  printf("changed\n");
  fflush(stdout);
  return 1;
}

int main(int argc, char** argv) {
  if (argc != 5) {
    fprintf(stderr, "link OUTSIDE INSIDE SPECS-INWARDS SPECS-OUTWARDS\n");
    return 2;
  }
  const int outside = open_interface(argv[1]);
  const int inside = open_interface(argv[2]);
  struct direction inwards = {.from = outside, .to = inside, .specs = parse(argv[3])};
  struct direction outwards = {.from = inside, .to = outside, .specs = parse(argv[4])};
  inwards.packets = calloc(kMostPackets, sizeof *inwards.packets);
  outwards.packets = calloc(kMostPackets, sizeof *outwards.packets);
  if (!inwards.packets || !outwards.packets)
    fail("calloc");
  // The same chances in each run.
  srand48(1);
  setvbuf(stdin, NULL, _IONBF, 0);
  printf("ready\n");
  fflush(stdout);
  for (int is_steered = 1;;) {
    const int64_t in = give(&inwards);
    const int64_t out = give(&outwards);
    const int64_t next = in < out ? in : out;
    const int64_t wait = next == kNever ? -1 : next > now() ? next - now() : 0;
    const struct timespec time = {wait / 1000000000, wait % 1000000000};
    struct pollfd polled[] = {{outside, POLLIN, 0}, {inside, POLLIN, 0}, {is_steered ? STDIN_FILENO : -1, POLLIN, 0}};
    if (ppoll(polled, 3, wait < 0 ? NULL : &time, NULL) < 0 && errno != EINTR)
      fail("ppoll");
    take(&inwards);
    take(&outwards);
    if (polled[2].revents)
      is_steered = change(&inwards, &outwards);
  }
}
