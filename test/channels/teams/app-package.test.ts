import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appPackage } from '../../../scripts/teams/app-package.ts';
import { AboutSchema, checkShape, englishOf, manifestOf } from '../../../scripts/teams/manifest.ts';
import { fold } from '../../../src/dialogue/normalise.ts';
import { matchPattern } from '../../../src/dialogue/patterns/index.ts';

const ABOUT = AboutSchema.parse({
  appId: '11111111-2222-4333-8444-555555555555',
  version: '1.0.0',
  developer: 'Công ty An Phát',
  website: 'https://bot.example.vn',
  privacy: 'https://bot.example.vn/privacy',
  terms: 'https://bot.example.vn/terms',
});

const CommandsSchema = z.object({
  bots: z.tuple([
    z.object({
      botId: z.string(),
      supportsFiles: z.boolean(),
      commandLists: z.tuple([
        z.object({ commands: z.array(z.object({ title: z.string(), description: z.string() })) }),
      ]),
    }),
  ]),
});

describe('the app package', () => {
  it('holds the manifest, both languages, and icons of the sizes that Teams wants', async () => {
    const files = unzipSync(await appPackage(ABOUT));
    expect(Object.keys(files).sort()).toEqual([
      'color.png',
      'en.json',
      'manifest.json',
      'outline.png',
    ]);
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
    expect(manifest).toMatchObject({
      id: ABOUT.appId,
      developer: { name: 'Công ty An Phát', privacyUrl: 'https://bot.example.vn/privacy' },
      localizationInfo: { defaultLanguageTag: 'vi', additionalLanguages: [{ file: 'en.json' }] },
      bots: [{ botId: ABOUT.appId, supportsFiles: true }],
    });
    for (const [name, size] of [
      ['color.png', 192],
      ['outline.png', 32],
    ] as const) {
      const { width, height, hasAlpha } = await sharp(files[name]).metadata();
      expect([width, height]).toEqual([size, size]);
      expect(hasAlpha).toBe(true);
    }
    // The outline's ground is clear and its line white.
    const { data } = await sharp(files['outline.png']).raw().toBuffer({ resolveWithObject: true });
    expect(data[3]).toBe(0);
  });

  it('says everything in English that it says in Vietnamese', () => {
    const [{ commandLists }] = CommandsSchema.parse(manifestOf(ABOUT)).bots;
    const english = englishOf();
    for (const [nth] of commandLists[0].commands.entries()) {
      const path = `bots[0].commandLists[0].commands[${nth}]`;
      expect(english[`${path}.title`]).toBeTruthy();
      expect(english[`${path}.description`]).toBeTruthy();
    }
    expect(Object.keys(english)).toHaveLength(5 + 2 * commandLists[0].commands.length);
  });

  it('offers commands that the assistant understands when they are sent', () => {
    const [{ commandLists }] = CommandsSchema.parse(manifestOf(ABOUT)).bots;
    const english = Object.entries(englishOf()).flatMap(([path, text]) =>
      path.endsWith('.title') ? [text] : [],
    );
    const titles = [...commandLists[0].commands.map(({ title }) => title), ...english];
    expect(titles.filter((title) => matchPattern(fold(title)) === null)).toEqual([]);
  });

  it('is not made of a manifest that the schema would refuse', () => {
    const manifest = manifestOf(ABOUT);
    expect(() => checkShape(manifest)).not.toThrow();
    for (const wrong of [
      { ...manifest, icons: { color: 'color.png' } },
      { ...manifest, bots: [{ botId: 5, scopes: ['personal'] }] },
      { ...manifest, bots: [{ botId: ABOUT.appId, scopes: ['everywhere'] }] },
    ]) {
      expect(() => checkShape(wrong)).toThrow();
    }
  });

  it.each([
    { appId: undefined },
    { website: 'http://127.0.0.1:3978' },
    { developer: 'x'.repeat(33) },
    { version: '1' },
  ])('asks for what is wrong in %o', (wrong) => {
    expect(AboutSchema.safeParse({ ...ABOUT, ...wrong }).success).toBe(false);
  });
});
