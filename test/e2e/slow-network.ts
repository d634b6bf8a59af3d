import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { labelPicture } from '../pictures/index.ts';

/** A label's photo of D12345678, so large that sending it over a slow network takes its time. */
export async function largePhoto(): Promise<Buffer> {
  const label = await labelPicture({
    serial: 'D12345678',
    code: 'QWERTZ',
    model: 'DS-2CD2143G2-I',
    seed: 3,
  });
  return sharp(label).resize(2400).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** The network of one page, as slow as a test needs it. */
export class SlowNetwork {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<SlowNetwork> {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    return new SlowNetwork(session);
  }

  /** @param upload bytes a second, or null: as fast as it is */
  async limit(upload: number | null): Promise<void> {
    await this.#set(false, upload ?? -1);
  }

  /** What is under way breaks off, and nothing more comes through until a limit is set. */
  async cut(): Promise<void> {
    await this.#set(true, 0);
  }

  async #set(offline: boolean, uploadThroughput: number): Promise<void> {
    const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput };
    await this.#session.send('Network.emulateNetworkConditions', conditions);
  }
}
