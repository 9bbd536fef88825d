// SPDX-License-Identifier: Apache-2.0
// The page of `/?camera=ID&embed#key=KEY`: one <fanlight-camera> and nothing else. No cookie and no token counts here, so
// that whatever frames this page, a touch of it can do no more than the key: look.
const element = document.createElement('fanlight-camera');
const main = document.querySelector('main');
const heading = document.querySelector('h1');

/** The key stays in the address: whoever reloads this frame, or has it reloaded, sees the camera again. */
function follow(): void {
  const asked = new URLSearchParams(location.search);
  const camera = asked.get('camera') ?? '';
  document.documentElement.lang = asked.get('lang') ?? navigator.language;
  document.title = camera || 'Fanlight';
  if (heading) heading.textContent = document.title;
  element.setAttribute('src', location.origin);
  element.setAttribute('camera', camera);
  element.setAttribute('key', new URLSearchParams(location.hash.slice(1)).get('key') ?? '');
}

addEventListener('hashchange', follow);
follow();
main?.append(element);
