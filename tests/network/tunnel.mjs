// SPDX-License-Identifier: Apache-2.0
// A program: takes connections at one end and carries each to the other. An end is `unix:PATH` or `HOST:PORT`. Two of them, in
// two namespaces and with a socket in a folder between them, are how signaling comes to a camera that nobody can reach: by a
// tunnel of its owner's, a reverse proxy, a VPN. What it carries it does not look at.

import net from 'node:net';

/** @param {string} end */
const address = (end) => {
  if (end.startsWith('unix:')) return { path: end.slice(5) };
  const at = end.lastIndexOf(':');
  return { host: end.slice(0, at), port: Number(end.slice(at + 1)) };
};

const [from, to] = process.argv.slice(2);
net.createServer((one) => {
  const other = net.connect(address(to));
  for (const [socket, peer] of [[one, other], [other, one]]) {
    socket.pipe(peer);
    socket.on('error', () => peer.destroy());
  }
}).listen(address(from), () => process.stdout.write('listening\n'));
