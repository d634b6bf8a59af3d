import axe from 'axe-core';
import type { Page } from 'playwright-core';

// Text, since the types of a page are not those of these tests.
const RUN = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.target.join(' ')).join(', ')))`;

/** What axe finds on the page as it stands: each rule with the places. Empty is what is wanted. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(RUN);
}
