import { BinaryBitmap, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from '@zxing/library';
import { describe, expect, it } from 'vitest';
import type { WebChannelOptions } from '../../../src/channels/web/options.ts';
import { LinkCodeAnswerSchema } from '../../../src/channels/web/wire.ts';
import { House } from './house.ts';

const NOW = 1_795_000_000_000;
const URL_OF_CODE = 'https://t.me/bot?start=link_KTRXMPQBN';

/** What the codes are asked for, and what they answer. */
function codes(answer: Awaited<ReturnType<WebChannelOptions['linkCodes']['issue']>>) {
  const asked: unknown[] = [];
  const linkCodes: WebChannelOptions['linkCodes'] = {
    channels: () => ['telegram'],
    issue: async (...of) => {
      asked.push(of);
      return answer;
    },
  };
  return { asked, linkCodes };
}

/** What a phone reads of a QR code that the page draws. */
function scanned({ size, path }: { size: number; path: string }): string {
  const [scale, margin] = [4, 4];
  const side = (size + 2 * margin) * scale;
  const pixels = new Uint8ClampedArray(side * side).fill(255);
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)];
  for (const [, x, y, width] of runs) {
    const [left, right] = [(Number(x) + margin) * scale, Number(width) * scale];
    for (let row = 0; row < scale; row += 1) {
      const from = ((Number(y) + margin) * scale + row) * side + left;
      pixels.fill(0, from, from + right);
    }
  }
  const source = new RGBLuminanceSource(pixels, side, side);
  return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
}

const ISSUED = {
  code: 'KTR-XMP-QBN',
  expiresAt: NOW + 900_000,
  targets: [{ channel: 'telegram' as const, url: URL_OF_CODE, carriesCode: true }],
};

describe('/api/chat/link', () => {
  it('tells which messengers can be linked, and which are', async () => {
    const house = await House.build({ linkCodes: codes(null).linkCodes });
    const { cookie } = await house.visit();
    const ask = async () =>
      (await house.app.inject({ url: '/api/chat/link', headers: { cookie } })).json();
    expect(await ask()).toEqual({ offered: ['telegram'], linked: [] });
    house.others = [{ conversationId: 'phone', channel: 'telegram', chatId: '42' }];
    expect(await ask()).toEqual({ offered: ['telegram'], linked: ['telegram'] });
  });

  it('gives this chat a code, its address and that as a QR code, and logs none of them', async () => {
    const { asked, linkCodes } = codes(ISSUED);
    const house = await House.build({ linkCodes });
    const { cookie, conversationId } = await house.visit();
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/chat/link',
      headers: { cookie },
      payload: {},
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    const body = LinkCodeAnswerSchema.parse(answer.json());
    expect(body).toMatchObject({ code: 'KTR-XMP-QBN', holds: 900_000 });
    const [target] = body.targets;
    expect(target).toMatchObject({ channel: 'telegram', url: URL_OF_CODE, carriesCode: true });
    expect(target && scanned(target.qr)).toBe(URL_OF_CODE);
    expect(asked).toEqual([[conversationId, 'web']]);
    expect(house.logged.join('')).not.toMatch(/KTR-?XMP/);
  });

  it('says in words that there were too many', async () => {
    const house = await House.build({ linkCodes: codes(null).linkCodes });
    const { cookie } = await house.visit();
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/chat/link',
      headers: { cookie, 'accept-language': 'en' },
      payload: {},
    });
    expect([answer.statusCode, answer.json().error.code]).toEqual([429, 'manyCodes']);
    expect(answer.json().error.message).toContain('in an hour');
  });

  it.each(['GET', 'POST'] as const)('%s asks for a session', async (method) => {
    const house = await House.build();
    const answer = await house.app.inject({ method, url: '/api/chat/link' });
    expect(answer.statusCode).toBe(401);
  });

  it('gives no code to another site’s page', async () => {
    const { asked, linkCodes } = codes(ISSUED);
    const house = await House.build({ linkCodes });
    const { cookie } = await house.visit();
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/chat/link',
      headers: { cookie, origin: 'https://elsewhere.example' },
      payload: {},
    });
    expect(answer.statusCode).toBe(403);
    expect(asked).toEqual([]);
  });
});
