// SPDX-License-Identifier: Apache-2.0
// What axe has against a page. The page's content security policy forbids `eval`, which is how a test driver would bring axe
// in later: so it is there before the page. Nothing of the policy is switched off.

import axe from 'axe-core';

/** @param {import('playwright-core').BrowserContext} profile before a page is open in it */
export const addAxe = (profile) => profile.addInitScript({ content: axe.source });

/** @param {import('playwright-core').Page} page @returns {Promise<string[]>} a line for each thing that is wrong */
export async function faultsOf(page) {
  /** @type {import('axe-core').AxeResults} */
  const { violations } = await page.evaluate(async () => {
    // On its way from one colour to another a button has neither.
    const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
    return /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ['violations'] });
  });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${JSON.stringify(target)} ${failureSummary}`));
}
