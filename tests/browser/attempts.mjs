// SPDX-License-Identifier: Apache-2.0
// What a hostile page tries on a device: one function, which runs in that page and says what it could read.

/** @typedef {{ method: string, path: string, body: string, type: string }} Target */
/** @typedef {{ by: string, target: string, read: string | undefined }} Attempt `read`: what the page got to know */

/**
 * Every way that a browser gives a page to send a request elsewhere. Each is marked in the query by `by`.
 * Runs in the page: it knows nothing from outside.
 * @param {{ device: string, targets: Target[], hello: string }} plan
 * @returns {Promise<Attempt[]>}
 */
export async function tryEverything({ device, targets, hello }) {
  /** So that what hangs is a result, too. */
  const limitMs = 5000;
  /** @type {Attempt[]} */
  const attempts = [];
  const addressOf = (/** @type {Target} */ { path }, /** @type {string} */ by) => `${device}${path}?by=${by}`;

  /** @param {string} by @param {Target} target @param {(url: string) => Promise<string | undefined>} make */
  async function attempt(by, target, make) {
    const hung = new Promise((resolve) => (AbortSignal.timeout(limitMs).onabort = () => resolve(undefined)));
    const read = await Promise.race([make(addressOf(target, by)).catch(() => undefined), hung]);
    attempts.push({ by, target: `${target.method} ${target.path}`, read: /** @type {string | undefined} */ (read) });
  }

  /** @param {RequestInit} options */
  const fetching = (options) => async (/** @type {string} */ url) => {
    const response = await fetch(url, { credentials: 'include', signal: AbortSignal.timeout(limitMs), ...options });
    return response.type === 'opaque' ? undefined : `${response.status} ${(await response.text()).slice(0, 80)}`;
  };

  /** @param {string} tag @param {string} property @param {object} [more] */
  const loading = (tag, property, more = {}) => (/** @type {string} */ url) => new Promise((resolve) => {
    const element = /** @type {any} */ (document.createElement(tag));
    element.onload = () => resolve(tag === 'iframe' ? element.contentDocument?.body?.innerText : `${tag} was loaded`);
    element.onerror = () => resolve(undefined);
    Object.assign(element, more, { [property]: url });
    document.body.append(element);
  });

  const listening = (/** @type {string} */ url) => new Promise((resolve) => {
    const source = new EventSource(url, { withCredentials: true });
    source.onopen = () => resolve('events');
    source.onerror = () => source.readyState === EventSource.CLOSED && resolve(undefined);
  });

  /** @param {string} enctype @param {string} body */
  const submitting = (enctype, body) => (/** @type {string} */ url) => new Promise((resolve) => {
    const frame = Object.assign(document.createElement('iframe'), { name: `frame${document.forms.length}` });
    document.body.append(frame);
    frame.onload = () => resolve(frame.contentDocument?.body?.innerText);
    const form = Object.assign(document.createElement('form'), { action: url, method: 'POST', enctype, target: frame.name });
    // A text/plain form sends NAME=VALUE: split so, it is still the JSON that was meant.
    const [name, value] = body.endsWith('}') ? [`${body.slice(0, -1)}${body.length > 2 ? ',' : ''}"x":"`, '"}'] : ['body', body];
    form.append(Object.assign(document.createElement('input'), { name, value, type: 'hidden' }));
    document.body.append(form);
    form.submit();
  });

  /** @param {string[]} protocols */
  const connecting = (protocols) => (/** @type {string} */ url) => new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws'), protocols);
    socket.onopen = () => socket.send(hello);
    socket.onmessage = ({ data }) => resolve(data);
    socket.onclose = () => resolve(undefined);
  });

  /** @param {string} body @param {string} type */
  const beaming = (body, type) => async (/** @type {string} */ url) => {
    navigator.sendBeacon(url, type ? new Blob([body], { type }) : body);
    return undefined;
  };

  for (const target of targets) {
    const { method, body, type } = target;
    const sends = method === 'POST' || method === 'PATCH';
    const headers = sends ? { headers: { 'content-type': type }, body } : {};
    const tries = [attempt('fetch', target, fetching({ method, ...headers }))];
    if (method === 'GET') {
      tries.push(
        attempt('fetch-no-cors', target, fetching({ mode: 'no-cors' })),
        attempt('image', target, loading('img', 'src')),
        attempt('script', target, loading('script', 'src')),
        attempt('style', target, loading('link', 'href', { rel: 'stylesheet' })),
        attempt('frame', target, loading('iframe', 'src')),
        attempt('events', target, listening),
      );
    }
    if (method === 'GET' && target.path.endsWith('/signaling'))
      tries.push(attempt('socket', target, connecting(['fanlight.v1'])), attempt('bare-socket', target, connecting([])));
    if (method === 'POST') {
      const plain = { headers: { 'content-type': 'text/plain' }, body };
      tries.push(
        attempt('fetch-plain', target, fetching({ method, ...plain })),
        attempt('fetch-plain-no-cors', target, fetching({ method, mode: 'no-cors', ...plain })),
        attempt('fetch-no-body', target, fetching({ method, mode: 'no-cors' })),
        attempt('form', target, submitting('application/x-www-form-urlencoded', body)),
        attempt('form-plain', target, submitting('text/plain', body)),
        attempt('form-multipart', target, submitting('multipart/form-data', body)),
        attempt('beacon', target, beaming(body, '')),
        attempt('beacon-typed', target, beaming(body, type)),
      );
    }
    await Promise.all(tries);
  }
  return attempts;
}
