// SPDX-License-Identifier: Apache-2.0
// A reporter for node's test runner: one JSON object a line for each test that ended, for tests/support/cases.py.

/** @param {AsyncIterable<{ type: string, data: any }>} source */
export default async function* caseLines(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { name, nesting, skip, todo } = data;
    yield `${JSON.stringify({ passed: type === 'test:pass', name, nesting, skip, todo })}\n`;
  }
}
