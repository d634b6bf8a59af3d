import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** How long anything the page waits for may take; reading a photo is the slowest. */
const PATIENCE = 20_000;

/** Somebody at the chat page, on a phone. */
export class Installer {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  /** Opens the chat for the first time. */
  static async visit(browser: Browser, url: string, locale: 'vi-VN' | 'en-GB'): Promise<Installer> {
    const context = await browser.newContext({
      locale,
      timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: { width: 360, height: 740 },
      hasTouch: true,
    });
    const page = await context.newPage();
    await page.goto(url);
    return new Installer(page);
  }

  /** Opens the chat again in the browser that knows it. */
  static async returns(context: BrowserContext, url: string): Promise<Installer> {
    const page = await context.newPage();
    await page.goto(url);
    return new Installer(page);
  }

  async writes(text: string): Promise<void> {
    const field = this.page.locator('textarea');
    await field.fill(text);
    await field.press('Enter');
  }

  /** Presses the newest button with this label, once it is there. */
  async presses(label: string): Promise<void> {
    const button = this.page
      .locator('button.choice[aria-disabled="false"]')
      .filter({ hasText: new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) });
    await button.last().click();
  }

  async sendsPhoto(...pictures: Buffer[]): Promise<void> {
    const files = pictures.map((buffer, index) => ({
      name: `IMG_${index + 1}.jpg`,
      mimeType: 'image/jpeg',
      buffer,
    }));
    await this.page.locator('input[type=file][multiple]').setInputFiles(files);
  }

  async sendsFile(name: string, buffer: Buffer): Promise<void> {
    const file = { name, mimeType: 'text/xml', buffer };
    await this.page.locator('.tools > input[type=file]').setInputFiles(file);
  }

  /** The shortest way to a case of the LAN path with this serial; in Vietnamese. */
  async submits(serial: string, label: Buffer, sadpString: string): Promise<void> {
    await this.presses('Mạng LAN (SADP)');
    await this.writes(serial);
    await this.sendsPhoto(label);
    await this.hears('Em cần thêm chuỗi SADP');
    await this.writes(sadpString);
    await this.presses('Đồng ý');
    await this.presses('Gửi hồ sơ');
    await this.page.locator('.case.submitted').waitFor();
  }

  /** Waits until the bot (or an agent) has said this. */
  async hears(text: string): Promise<Locator> {
    const line = this.page.locator('.row:not(.installer)').filter({ hasText: text }).last();
    await line.waitFor({ state: 'visible' });
    return line;
  }

  /** Everything that stands in the conversation. */
  async transcript(): Promise<string> {
    return this.page.locator('.log').innerText();
  }

  /** The text is in none of the bubbles. */
  async hasNeverSeen(text: string): Promise<void> {
    expect(await this.transcript()).not.toContain(text);
  }
}
