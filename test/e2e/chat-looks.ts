import type { Page } from 'playwright-core';
import { axeFindings } from './axe.ts';

const LOOKS = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
] as const;

const WIDER = `[document.documentElement, ...document.querySelectorAll('.log, form, header')]
  .filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => 'wider than the screen: ' + one.tagName + '.' + one.className)`;

/**
 * What axe finds on the chat page as it stands, on a phone and a desktop, in light and dark; and
 * what is wider than the screen.
 */
export async function findingsInEachLook(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const { width, height, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    // Whatever moves would be looked at half way.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const here = [...(await axeFindings(page)), ...(await page.evaluate<string[]>(WIDER))];
    found.push(...here.map((one) => `${width} px, ${colorScheme}: ${one}`));
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
  return found;
}
