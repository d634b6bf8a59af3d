import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './chromium.ts';

/** Nothing beyond this machine is reached, by pages or by the browser itself. */
const THIS_MACHINE_ONLY =
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';

/**
 * Runs `body` with a real Chromium and closes it afterwards, whatever happens. The browser's own
 * protections (same-origin, site isolation) stay on; only the sandbox is off, so that root may
 * run it. Open a context per person: `browser.newContext({ locale: 'vi-VN' })`.
 */
export async function withBrowser<T>(body: (browser: Browser) => Promise<T>): Promise<T> {
  const { path, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath: path,
    env,
    headless: true,
    chromiumSandbox: false,
    args: ['--disable-dev-shm-usage', '--no-zygote', THIS_MACHINE_ONLY],
    timeout: 60_000,
  });
  try {
    return await body(browser);
  } finally {
    await browser.close();
  }
}
