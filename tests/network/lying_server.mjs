// SPDX-License-Identifier: Apache-2.0
// A program: a STUN and TURN server that lies, at UDP port 3478 of all addresses. Who asks where it is seen is told another's
// address; who wants a relay is asked for a credential, and whatever that is sent to a server that is none. A stand-in: no real
// one can be had to do so.

import dgram from 'node:dgram';
import { attribute, attributes, classes, errorCode, maskedAddress, message, methods, read } from './stun.mjs';

const anothers = '198.51.100.66';
const nowhere = Buffer.from([0, 1, 0x0d, 0x96, 198, 51, 100, 67]);

const socket = dgram.createSocket('udp6');
socket.on('message', (packet, { address, port }) => {
  const { method, transaction, attributes: asked } = read(packet);
  const answer = (/** @type {number} */ kind, /** @type {Buffer[]} */ body) => socket.send(message(method | kind, transaction, Buffer.concat(body)), port, address);
  if (method === methods.binding) answer(classes.success, [attribute(attributes.mapped, maskedAddress(anothers, 6666, transaction))]);
  else if (method !== methods.allocate) return;
  else if (asked.has(attributes.username)) answer(classes.error, [errorCode(300), attribute(attributes.alternate, nowhere)]);
  else answer(classes.error, [errorCode(401), attribute(attributes.realm, Buffer.from('liar')), attribute(attributes.nonce, Buffer.from('nonce'))]);
});
socket.bind(3478, '::', () => process.stdout.write('listening\n'));
