import { resolve } from 'node:path';
import sharp from 'sharp';
import { sadpA } from '../test/conversations/strings.ts';
import { Agent } from '../test/e2e/agent.ts';
import { Assistant } from '../test/e2e/assistant.ts';
import { withBrowser } from '../test/e2e/browser.ts';
import { Installer } from '../test/e2e/installer.ts';
import { labelPicture, sadpQrPicture } from '../test/pictures/index.ts';

// Takes the README's pictures anew: holds a conversation at phone width, with an agent at the desk,
// and writes docs/pictures/: the conversation as it moves, and the desk before the decision.

const FOLDER = resolve(import.meta.dirname, '../docs/pictures');
const SERIAL = 'D12345678';
/** Half of the phone's pixels: what a README shows beside its text. */
const WIDTH = 320;
const COLOURS = 48;

interface Frame {
  png: Buffer;
  /** How long it stands, in milliseconds. */
  delay: number;
}

async function film(minh: Installer, agent: Agent): Promise<Frame[]> {
  const frames: Frame[] = [];
  /** Once the bot has said this, and nothing moves any more. */
  const seen = async (text: string, delay = 1_800): Promise<void> => {
    await minh.hears(text);
    await minh.page.locator('.log').evaluate((log) => log.scrollTo({ top: log.scrollHeight }));
    await minh.page.waitForTimeout(400);
    frames.push({ png: await minh.page.screenshot(), delay });
  };
  await seen('Xin chào anh/chị!', 2_500);
  await minh.presses('Mạng LAN (SADP)');
  await seen('Anh/chị gửi em số seri');
  const label = { serial: SERIAL, code: 'QWERTZ', model: 'DS-2CD2143G2-I', seed: 3 };
  await minh.sendsPhoto(await labelPicture(label));
  await seen('Em đọc được trên ảnh', 2_500);
  await minh.presses('Đúng rồi');
  await seen('Em cần thêm chuỗi SADP', 2_200);
  await minh.sendsPhoto(await sadpQrPicture(sadpA()));
  await seen('Em đã nhận đủ chuỗi SADP', 2_200);
  await minh.presses('Đồng ý');
  await seen('kiểm tra lại giúp em', 3_000);
  await minh.presses('Gửi hồ sơ');
  await seen('Mã hồ sơ:', 3_500);
  await agent.opens(SERIAL);
  await agent.page.locator('.photo .thumb img').first().waitFor();
  await agent.page.screenshot({ path: `${FOLDER}/desk.png` });
  await agent.approves();
  await seen('Thiết bị đã được hủy liên kết', 4_000);
  return frames;
}

const assistant = await Assistant.begin();
try {
  await withBrowser(async (browser) => {
    const agent = await Agent.setUp(browser, assistant.setupLink ?? '');
    const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
    const frames = await film(minh, agent);
    const small = await Promise.all(
      frames.map(({ png }) => sharp(png).resize({ width: WIDTH }).png().toBuffer()),
    );
    await sharp(small, { join: { animated: true } })
      .gif({ delay: frames.map(({ delay }) => delay), colours: COLOURS, dither: 0, loop: 0 })
      .toFile(`${FOLDER}/conversation.gif`);
    console.log(`${frames.length} frames`);
  });
} finally {
  await assistant.remove();
}
