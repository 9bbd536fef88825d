// SPDX-License-Identifier: Apache-2.0
// Mounts a file system (FUSE, linux/fuse.h) whose root is there and whose files are never answered for. Who asks for one
// cannot be killed any more, as with a driver that hangs: the kernel waits for the answer whatever signal comes. It is over
// when this program ends.

#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { mostBytes = 1 << 17, protocol = 31, rootNode = 1 };

static void answer(int device, const struct fuse_in_header *asked, int error, const void *body, size_t size) {
  struct { struct fuse_out_header header; char body[256]; } reply = {{0}, {0}};
  reply.header.len = (unsigned)(sizeof reply.header + size);
  reply.header.error = -error;
  reply.header.unique = asked->unique;
  memcpy(reply.body, body, size);
  if (write(device, &reply, reply.header.len) < 0) perror("an answer");
}

int main(int count, char **arguments) {
  static char bytes[mostBytes] __attribute__((aligned(8)));
  if (count != 2) return 64;
  const int device = open("/dev/fuse", O_RDWR);
  char options[100];
  snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", device);
  if (device < 0 || mount("hung", arguments[1], "fuse", MS_NOSUID | MS_NODEV, options) != 0) return perror(arguments[1]), 1;
  while (read(device, bytes, sizeof bytes) > 0) {
    const struct fuse_in_header *asked = (const struct fuse_in_header *)bytes;
    if (asked->opcode == FUSE_INIT) {
      const struct fuse_init_out hello = {.major = FUSE_KERNEL_VERSION, .minor = protocol, .max_write = 4096};
      answer(device, asked, 0, &hello, sizeof hello);
    } else if (asked->opcode == FUSE_GETATTR && asked->nodeid == rootNode) {
      const struct fuse_attr_out root = {.attr_valid = 3600, .attr = {.ino = rootNode, .mode = S_IFDIR | 0755, .nlink = 2}};
      answer(device, asked, 0, &root, sizeof root);
    } else if (asked->opcode != FUSE_LOOKUP && asked->opcode != FUSE_FORGET && asked->opcode != FUSE_INTERRUPT) {
      answer(device, asked, ENOSYS, "", 0);
    }
  }
  return 0;
}
