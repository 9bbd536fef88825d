// SPDX-License-Identifier: Apache-2.0
// Preloaded into the daemon under test: on SIGUSR2 gives free heap back to the system, so that what is left in memory is in
// use, and writes how much the heap holds. glibc keeps freed memory for itself; a program that never trims looks as if it
// leaked.

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static sigset_t wanted;

static void *trimOnSignal(void *unused) {
  int received;
  (void)unused;
  while (sigwait(&wanted, &received) == 0) {
    malloc_trim(0);
    const struct mallinfo2 heap = mallinfo2();
    fprintf(stderr, "trimmed: %zu bytes in use\n", heap.uordblks + heap.hblkhd);
  }
  return NULL;
}

// Before main, so that every thread of the program inherits the mask and leaves the signal to this one.
__attribute__((constructor)) static void begin(void) {
  pthread_t thread;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &wanted, NULL);
  pthread_create(&thread, NULL, trimOnSignal, NULL);
  pthread_detach(thread);
}
