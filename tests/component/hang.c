// SPDX-License-Identifier: Apache-2.0
// Preloaded into the daemon under test: a camera whose driver does not let go of it. What stops the pipeline of that name
// does not return, for ever or, where HANG_WHILE names a file, for as long as that is there; all else is as it was. Where
// HANG_ON names a file, it is asked for meanwhile: one that the kernel gets no answer for is a hang that no signal ends.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { stateNull = 1, lookEveryMicroseconds = 100000 };

char *gst_object_get_name(void *object);
void g_free(void *memory);

static int hangs(void *element) {
  const char *hanging = getenv("HANGING_PIPELINE");
  const char *file = getenv("HANG_WHILE");
  if (file && access(file, F_OK) != 0) return 0;
  char *name = gst_object_get_name(element);
  const int is_it = hanging && name && strcmp(name, hanging) == 0;
  g_free(name);
  return is_it;
}

static void wait_a_little(void) {
  const char *file = getenv("HANG_ON");
  if (file) (void)!access(file, F_OK);
  usleep(lookEveryMicroseconds);
}

// GStreamer's function; its enumerations are ints.
int gst_element_set_state(void *element, int state) {
  int (*real)(void *, int) = (int (*)(void *, int))dlsym(RTLD_NEXT, "gst_element_set_state");
  while (state == stateNull && hangs(element)) wait_a_little();
  return real(element, state);
}
