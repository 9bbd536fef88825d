// SPDX-License-Identifier: Apache-2.0
// Figures out of reports: what is counted, what is a rate, what is unknown.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StatisticsReader } from '../src/core/statistics';

function report(...entries: object[]): RTCStatsReport {
  return new Map(entries.map((entry) => [(entry as { id: string }).id, entry])) as unknown as RTCStatsReport;
}

const video = {
  id: 'V', type: 'inbound-rtp', kind: 'video', timestamp: 10_000, frameWidth: 1280, frameHeight: 720, codecId: 'C',
  framesDecoded: 300, bytesReceived: 1_000_000, packetsReceived: 900, packetsLost: 2, jitterBufferDelay: 1,
  jitterBufferEmittedCount: 300,
};
const codec = {
  id: 'C', type: 'codec', timestamp: 10_000, mimeType: 'video/H264',
  sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
};
const way = [
  { id: 'T', type: 'transport', timestamp: 10_000, selectedCandidatePairId: 'P' },
  { id: 'P', type: 'candidate-pair', timestamp: 10_000, currentRoundTripTime: 0.012, localCandidateId: 'L',
    remoteCandidateId: 'R' },
  { id: 'L', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tcp' },
  { id: 'R', type: 'remote-candidate', candidateType: 'host', protocol: 'udp' },
];

describe('statistics', () => {
  test('of a first report hold no rates', () => {
    const statistics = new StatisticsReader().read(report(video, codec, ...way));

    assert.deepEqual(statistics, {
      width: 1280, height: 720, packetsLost: 2, codec: 'H.264 Constrained Baseline 3.1', roundTrip: 12,
      route: { local: 'relay', remote: 'host', protocol: 'TCP' },
    });
  });

  test('of a second report hold the rates between the two', () => {
    const reader = new StatisticsReader();
    reader.read(report(video));
    const statistics = reader.read(report({
      ...video, timestamp: 12_000, framesDecoded: 360, bytesReceived: 1_500_000, packetsReceived: 1098, packetsLost: 4,
      jitterBufferDelay: 1.03, jitterBufferEmittedCount: 360,
    }));

    assert.equal(statistics.framesPerSecond, 30);
    assert.equal(statistics.bitsPerSecond, 2_000_000);
    assert.equal(statistics.lossShare, 0.01);
    assert.equal(statistics.bufferDelay?.toFixed(3), '0.500');
  });

  test('start anew with another session', () => {
    const reader = new StatisticsReader();
    reader.read(report(video));
    const statistics = reader.read(report({ ...video, id: 'W', timestamp: 12_000 }));

    assert.equal('bitsPerSecond' in statistics, false);
  });

  test('find the way where the browser names no selected pair', () => {
    const pair = { ...way[1], nominated: true, state: 'succeeded' };
    const statistics = new StatisticsReader().read(report(pair, ...way.slice(2)));

    assert.equal(statistics.route?.local, 'relay');
  });

  test('of an empty report are empty', () => {
    assert.deepEqual(new StatisticsReader().read(report()), {});
  });

  for (const [level, name] of [['42001f', 'Baseline 3.1'], ['4d0028', 'Main 4.0'], ['640c1f', 'High 3.1'],
    ['f4001f', 'Profile 244 3.1']] as const) {
    test(`name the profile ${level} ${name}`, () => {
      const entry = { ...codec, sdpFmtpLine: `profile-level-id=${level}` };
      const statistics = new StatisticsReader().read(report(video, entry));

      assert.equal(statistics.codec, `H.264 ${name}`);
    });
  }
});
