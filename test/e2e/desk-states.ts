import type { Page } from 'playwright-core';
import { PASSWORD } from '../desk/desk-app.ts';

/** A way to look at the desk, from any state of somebody who is signed in. */
export interface DeskState {
  name: string;
  open: (page: Page) => Promise<void>;
}

async function goTo(page: Page, fragment: string, ready: string): Promise<void> {
  await page.evaluate((hash) => {
    for (const dialog of document.querySelectorAll('dialog[open]')) {
      dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    }
    location.hash = hash;
  }, fragment);
  await page.locator(ready).first().waitFor();
}

const toCase = async (page: Page, serial: string): Promise<void> => {
  await goTo(page, `#/case/case-${serial}`, 'section.decide');
  await page.locator('.head-serial').filter({ hasText: serial }).waitFor();
  await page.locator('.transcript article').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.photo .thumb-making') === null);
};

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();

async function openViewer(page: Page): Promise<void> {
  await toCase(page, 'D12345678');
  await page.getByRole('button', { name: 'Xem ảnh 1' }).first().click();
  await page.locator('.viewer img').waitFor();
  await page.waitForFunction(
    () => document.querySelector<HTMLImageElement>('.viewer img')?.complete,
  );
}

/** Signs in with the form that is shown. */
export async function signIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await press(page, 'Đăng nhập');
}

/** Every view and dialog of a signed-in admin at the desk of desk-sample.ts. */
export const DESK_STATES: DeskState[] = [
  { name: 'queue', open: (page) => goTo(page, '#/cases/open', 'table.cases') },
  { name: 'queue-closed', open: (page) => goTo(page, '#/cases/closed', 'table.cases') },
  { name: 'case-match', open: (page) => toCase(page, 'D12345678') },
  { name: 'case-another', open: (page) => toCase(page, 'D12345679') },
  { name: 'case-doubtful', open: (page) => toCase(page, 'D20000009') },
  { name: 'case-list', open: (page) => toCase(page, 'D20000008') },
  { name: 'case-unmasked', open: (page) => toCase(page, 'D20000007') },
  { name: 'case-unreadable', open: (page) => toCase(page, 'AD1234567') },
  { name: 'case-inReview', open: (page) => toCase(page, '123456789') },
  { name: 'case-needsInfo', open: (page) => toCase(page, 'Q87654321') },
  { name: 'case-refused', open: (page) => toCase(page, 'D20000011') },
  { name: 'case-none', open: (page) => goTo(page, '#/case/none', '.trouble') },
  { name: 'tokens', open: (page) => goTo(page, '#/tokens', '.people .person') },
  { name: 'verifications', open: (page) => goTo(page, '#/verifications', 'article .thumb img') },
  {
    name: 'verification-refuse',
    open: async (page) => {
      await goTo(page, '#/verifications', 'article .thumb img');
      await press(page, 'Từ chối');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'zalo-oa', open: (page) => goTo(page, '#/zalo/declined', '.panel') },
  { name: 'viewer', open: openViewer },
  {
    name: 'viewer-turned',
    open: async (page) => {
      await openViewer(page);
      await page.keyboard.press('r');
      await page.keyboard.press('+');
      await page.keyboard.press('+');
    },
  },
  {
    name: 'viewer-original',
    open: async (page) => {
      await openViewer(page);
      await press(page, 'Mở ảnh gốc');
      await page.getByText('Đây là ảnh gốc').waitFor();
    },
  },
  {
    name: 'viewer-unmasked',
    open: async (page) => {
      await toCase(page, 'D20000007');
      await page.getByRole('button', { name: 'Xem ảnh 1' }).first().click();
      await page.locator('.viewer [role=alert]').waitFor();
    },
  },
  {
    name: 'string-shown',
    open: async (page) => {
      await toCase(page, 'AD1234567');
      await press(page, 'Hiện chuỗi');
      await page.getByLabel('Nội dung chuỗi SADP').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'dialog-approve',
    open: async (page) => {
      await toCase(page, 'D12345678');
      await press(page, 'Xác nhận đã gỡ liên kết');
    },
  },
  {
    name: 'dialog-refuse',
    open: async (page) => {
      await toCase(page, 'D12345679');
      await press(page, 'Từ chối');
      await page.getByRole('dialog').getByRole('button', { name: 'Từ chối' }).click();
    },
  },
  {
    name: 'dialog-refuse-other',
    open: async (page) => {
      await toCase(page, 'D12345679');
      await press(page, 'Từ chối');
      await page.getByRole('radio', { name: /^Lý do khác/ }).check();
    },
  },
  {
    name: 'dialog-ask',
    open: async (page) => {
      await toCase(page, 'D12345678');
      await press(page, 'Yêu cầu bổ sung');
    },
  },
  { name: 'conversations', open: (page) => goTo(page, '#/conversations', 'ul.conversations') },
  { name: 'conversation-queued', open: (page) => goTo(page, '#/conversation/c2', 'article') },
  { name: 'conversation-mine', open: (page) => goTo(page, '#/conversation/c3', '.slots dl') },
  { name: 'conversation-applied', open: (page) => goTo(page, '#/conversation/c5', '.thumb img') },
  {
    name: 'dialog-shortcuts',
    open: async (page) => {
      await goTo(page, '#/conversation/c3', '.slots dl');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'dialog-take',
    open: async (page) => {
      await goTo(page, '#/conversation/c4', 'article');
      await press(page, 'Tiếp nhận');
    },
  },
  {
    name: 'conversations-waiting',
    open: (page) => goTo(page, '#/conversations/queue', 'ul.conversations'),
  },
  {
    name: 'conversations-found',
    open: async (page) => {
      await goTo(page, '#/conversations/all', 'ul.conversations');
      await page.getByRole('searchbox').fill('go giup em');
      await press(page, 'Tìm');
      await page.getByText('cuộc trò chuyện có “go giup em”').waitFor();
    },
  },
  { name: 'figures', open: (page) => goTo(page, '#/figures', '.bars') },
  {
    name: 'invitation',
    open: async (page) => {
      await goTo(page, '#/people', 'ul.people');
      await press(page, 'Tạo đường dẫn');
      await page.getByLabel('Đường dẫn mời').waitFor();
    },
  },
  { name: 'people', open: (page) => goTo(page, '#/people', 'ul.people') },
  {
    name: 'dialog-person',
    open: async (page) => {
      await goTo(page, '#/people', 'ul.people');
      await press(page, 'Sửa Hoa');
    },
  },
  { name: 'office', open: (page) => goTo(page, '#/office', 'form.office') },
  {
    name: 'office-wrong',
    open: async (page) => {
      await goTo(page, '#/office', 'form.office');
      await page.getByLabel('Thứ Tư', { exact: true }).fill('8h30');
      await page.getByText('Anh/chị ghi giờ theo mẫu').waitFor();
    },
  },
  {
    name: 'dialog-office',
    open: async (page) => {
      await goTo(page, '#/office', 'form.office');
      await page.getByLabel('Thứ Tư', { exact: true }).fill('');
      await page.getByLabel('Trả lời trong (phút)').fill('30');
      await press(page, 'Xem trước khi lưu');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'audit', open: (page) => goTo(page, '#/audit', 'table.audit') },
  {
    name: 'dialog-account',
    open: async (page) => {
      await goTo(page, '#/cases/open', 'table.cases');
      await press(page, 'Tài khoản: Lan');
      await press(page, 'Lấy mã Telegram');
      await page.getByText('/link KTR-XMP-QBN').waitFor();
    },
  },
];
