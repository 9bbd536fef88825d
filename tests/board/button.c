// SPDX-License-Identifier: Apache-2.0
// An input device with one key, Enter, which the kernel takes for real (uinput): pressed and let go at SIGUSR1, pressed and
// held at SIGUSR2, pulled out with the end of this program.
#include <fcntl.h>
#include <linux/uinput.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void tell(int device, int type, int code, int value) {
  struct input_event event = {.type = type, .code = code, .value = value};
  if (write(device, &event, sizeof(event)) != sizeof(event))
    perror("button");
}

static void set_key(int device, int value) {
  tell(device, EV_KEY, KEY_ENTER, value);
  tell(device, EV_SYN, SYN_REPORT, 0);
}

int main(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGUSR2);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  const int device = open("/dev/uinput", O_WRONLY | O_CLOEXEC);
  struct uinput_setup setup = {.id = {.bustype = BUS_USB, .vendor = 1, .product = 1}};
  strcpy(setup.name, "fanlight-button");
  if (device < 0 || ioctl(device, UI_SET_EVBIT, EV_KEY) < 0 || ioctl(device, UI_SET_KEYBIT, KEY_ENTER) < 0 ||
      ioctl(device, UI_DEV_SETUP, &setup) < 0 || ioctl(device, UI_DEV_CREATE) < 0) {
    perror("button");
    return 1;
  }
  for (int signal = 0; sigwait(&signals, &signal) == 0 && signal != SIGTERM;) {
    set_key(device, 1);
    if (signal == SIGUSR1)
      set_key(device, 0);
  }
  return 0;
}
