// SPDX-License-Identifier: Apache-2.0
// STUN's messages (RFC 8489) as far as the lab's client and its lying server need them.

import net from 'node:net';

const cookie = 0x2112a442;
export const methods = { binding: 0x001, allocate: 0x003, refresh: 0x004, createPermission: 0x008 };
export const classes = { success: 0x100, error: 0x110 };
export const attributes = {
  username: 0x0006, integrity: 0x0008, errorCode: 0x0009, lifetime: 0x000d, peer: 0x0012, realm: 0x0014, nonce: 0x0015, relayed: 0x0016, family: 0x0017,
  transport: 0x0019, mapped: 0x0020, software: 0x8022, alternate: 0x8023,
};

/** @param {number} type @param {Buffer} value */
export function attribute(type, value) {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

/** @param {number} type method and class @param {Buffer} transaction @param {Buffer} body */
export function message(type, transaction, body) {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length, 2);
  head.writeUInt32BE(cookie, 4);
  return Buffer.concat([head, transaction, body]);
}

/** The value of a XOR-…-ADDRESS. @param {string} address @param {number} port @param {Buffer} transaction */
export function maskedAddress(address, port, transaction) {
  const bytes = bytesOf(address);
  const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), transaction]);
  const masked = port ^ (cookie >>> 16);
  return Buffer.concat([Buffer.from([0, bytes.length === 4 ? 1 : 2, masked >> 8, masked & 0xff]), Buffer.from(bytes.map((byte, i) => byte ^ mask[i]))]);
}

/** @param {Buffer} packet @returns {{ method: number, isError: boolean, transaction: Buffer, attributes: Map<number, Buffer> }} */
export function read(packet) {
  const type = packet.readUInt16BE(0);
  const found = new Map();
  for (let at = 20; at + 4 <= packet.length; at += 4 + Math.ceil(packet.readUInt16BE(at + 2) / 4) * 4)
    found.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + packet.readUInt16BE(at + 2)));
  return { method: type & ~classes.error, isError: (type & classes.error) === classes.error, transaction: packet.subarray(8, 20), attributes: found };
}

/** @param {number} code */
export function errorCode(code) {
  return attribute(attributes.errorCode, Buffer.from([0, 0, Math.floor(code / 100), code % 100]));
}

/** @param {string} address */
function bytesOf(address) {
  if (!net.isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const host = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head, tail] = host.split('::').map((part) => part.split(':').filter(Boolean));
  const groups = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return Buffer.from(groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]));
}
