import type { Browser, Locator, Page } from 'playwright-core';

const PATIENCE = 20_000;
/** Of the first admin. */
const PASSWORD = 'một câu dài dễ nhớ';

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1280, height: 900 },
  });
  return context.newPage();
}

/** Somebody at the desk. */
export class Agent {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  /** Becomes the first admin by the link that the start printed. */
  static async setUp(browser: Browser, link: string): Promise<Agent> {
    const agent = new Agent(await newPage(browser));
    const { page } = agent;
    await page.goto(link);
    await page.getByLabel('Họ tên').fill('Lan Phạm');
    await page.getByLabel('Tên đăng nhập').fill('lan');
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Tạo và đăng nhập' }).click();
    await page.getByRole('heading', { name: 'Hồ sơ' }).waitFor();
    return agent;
  }

  /** Becomes an agent by an invitation. */
  static async joins(
    browser: Browser,
    link: string,
    person: { name: string; login: string; password: string },
  ): Promise<Agent> {
    const agent = new Agent(await newPage(browser));
    const { page } = agent;
    await page.goto(link);
    await page.getByLabel('Họ tên').fill(person.name);
    await page.getByLabel('Tên đăng nhập').fill(person.login);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(person.password);
    await page.getByRole('button', { name: 'Tạo và đăng nhập' }).click();
    await page.getByRole('heading', { name: 'Hồ sơ' }).waitFor();
    return agent;
  }

  /** As an admin: makes a link that lets somebody in. */
  async invites(role: string): Promise<string> {
    await this.page.getByRole('link', { name: 'Nhân viên' }).click();
    const form = this.formOf('Mời bằng đường dẫn');
    await form.getByRole('radio', { name: new RegExp(`^${role}`) }).check();
    await form.getByRole('button', { name: 'Tạo đường dẫn' }).click();
    return this.page.getByLabel('Đường dẫn mời').inputValue();
  }

  /** Opens the conversation that waits for this reason. */
  async opensWaiting(why: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Trò chuyện' }).first().click();
    await this.page.getByRole('link', { name: /^Đang chờ/ }).click();
    await this.page.locator('a.conversation').filter({ hasText: why }).click();
    await this.page.locator('.transcript article').first().waitFor();
  }

  /** Opens the desk in a browser of their own, not signed in yet. */
  static async comes(browser: Browser, url: string): Promise<Agent> {
    const agent = new Agent(await newPage(browser));
    await agent.page.goto(`${url}/desk`);
    return agent;
  }

  async signsIn(login: string, password: string): Promise<void> {
    await this.page.getByLabel('Tên đăng nhập').fill(login);
    await this.page.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await this.presses('Đăng nhập');
  }

  /** As an admin: lets somebody in. */
  async adds(person: { name: string; login: string; password: string; role: string }) {
    await this.page.getByRole('link', { name: 'Nhân viên' }).click();
    await this.page.getByLabel('Họ tên').fill(person.name);
    await this.page.getByLabel('Tên đăng nhập').fill(person.login);
    await this.page.getByLabel('Mật khẩu ban đầu', { exact: true }).fill(person.password);
    const form = this.formOf('Thêm nhân viên');
    await form.getByRole('radio', { name: new RegExp(`^${person.role}`) }).check();
    await this.presses('Thêm');
    await this.sees(`Đã thêm ${person.name}.`);
  }

  private formOf(heading: string): Locator {
    const title = this.page.getByRole('heading', { name: heading, exact: true });
    return this.page.locator('form').filter({ has: title });
  }

  async presses(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Waits until the text stands somewhere in the page. */
  async sees(text: string | RegExp): Promise<Locator> {
    const place = this.page.getByText(text).first();
    await place.waitFor();
    return place;
  }

  /** Opens the case of this serial from the queue. */
  async opens(serial: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Hồ sơ' }).first().click();
    const row = this.page.locator('table.cases tbody tr').filter({ hasText: serial });
    await row.locator('a.row-link').click();
    await this.page.locator('.head-serial').filter({ hasText: serial }).waitFor();
  }

  async approves(): Promise<void> {
    await this.presses('Xác nhận đã gỡ liên kết');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Xác nhận đã gỡ liên kết' }).click();
    await this.sees('Thiết bị đã được hủy liên kết');
  }

  /** @param more what is filled in besides the reason */
  async refuses(reason: string, more: { note?: string; tick?: string } = {}): Promise<void> {
    await this.presses('Từ chối');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: new RegExp(`^${reason}`) }).check();
    if (more.tick) await dialog.getByLabel(more.tick).check();
    if (more.note) await dialog.getByLabel('Ghi chú cho kỹ thuật viên').fill(more.note);
    await dialog.getByRole('button', { name: 'Từ chối' }).click();
    await this.sees('Đã từ chối. Kỹ thuật viên đã được báo.');
  }

  async asks(question: string): Promise<void> {
    await this.presses('Yêu cầu bổ sung');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Hoặc hỏi một câu').fill(question);
    await dialog.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
    await this.sees('Đã gửi yêu cầu bổ sung.');
  }

  /** Writes to the installer, once the conversation is theirs. */
  async says(text: string): Promise<void> {
    await this.page.getByLabel('Tin nhắn cho kỹ thuật viên').fill(text);
    await this.presses('Gửi');
  }
}
