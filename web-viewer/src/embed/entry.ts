// SPDX-License-Identifier: Apache-2.0
// What other pages load, as fanlight-camera.js. A page may load it from several devices, whose releases differ: the first
// that comes defines the elements, and serves them all.
if (!customElements.get('fanlight-camera')) void import('./camera-element');
