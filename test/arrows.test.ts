import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const HOME = resolve(import.meta.dirname, '..');
const CRUISER = join(HOME, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const BIOME = join(HOME, 'node_modules/@biomejs/biome/bin/biome');

let house = '';
afterEach(() => {
  if (house) rmSync(house, { recursive: true });
  house = '';
});

/** A house of its own with the rules of this one, and these files in it. */
function build(files: Record<string, string>): void {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  for (const name of ['.dependency-cruiser.cjs', 'biome.json', '.gitignore', 'scripts/lint']) {
    cpSync(join(HOME, name), join(house, name), { recursive: true });
  }
  for (const name of ['tsconfig.json', 'package.json']) cpSync(join(HOME, name), join(house, name));
  symlinkSync(join(HOME, 'node_modules'), join(house, 'node_modules'), 'junction');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, name)), { recursive: true });
    writeFileSync(join(house, name), text);
  }
}

function runIn(program: string, ...args: string[]): string {
  return spawnSync(process.execPath, [program, ...args], { cwd: house, encoding: 'utf8' }).stdout;
}

/** What the arrows say about a house with these files in it: "rule: from -> to". */
function judge(files: Record<string, string>): string[] {
  build(files);
  const config = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { summary } = JSON.parse(runIn(CRUISER, ...config, '--preserve-symlinks', 'src')) as {
    summary: {
      totalCruised: number;
      violations: { rule: { name: string }; from: string; to: string }[];
    };
  };
  expect(summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(files).length);
  return summary.violations
    .map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
    .map((line) => line.replace(/(node_modules\/[^/]+)\/.*/, '$1'))
    .sort();
}

const made = 'export const made = 1;\nexport interface Shape { at: number }\n';
const takes = (path: string) => `import { made } from '${path}';\nexport const taken = made;\n`;
const takesType = (path: string) =>
  `import type { Shape } from '${path}';\nexport const shaped = (one: Shape) => one.at;\n`;

describe('the arrows between the rooms', () => {
  it('let pass a house that is built as drawn', () => {
    expect(
      judge({
        'src/domain/serial.ts': `import { z } from 'zod';\nexport const made = z.string();\n`,
        'src/dialogue/turn.ts': takes('../domain/serial.ts'),
        'src/dialogue/reply.ts': made,
        'src/store/contract.ts': made,
        'src/store/sqlite/engine.ts': takes('../../dialogue/reply.ts'),
        'src/engine/intake.ts': takesType('../store/contract.ts'),
        'src/channels/contract.ts': made,
        'src/channels/web/channel.ts': takes('../../engine/intake.ts').replace(
          'made',
          'shaped as made',
        ),
        'src/main.ts': takes('./store/sqlite/engine.ts').replace('made', 'taken as made'),
      }),
    ).toEqual([]);
  });

  it('refuse what is not drawn', () => {
    expect(
      judge({
        'src/domain/clock.ts': `import { readFileSync } from 'node:fs';\nexport const made = readFileSync;\n`,
        'src/domain/upward.ts': takes('../dialogue/slots/serial.ts'),
        'src/domain/typed.ts': takesType('../store/contract.ts'),
        'src/dialogue/slots/serial.ts': made,
        'src/dialogue/words.ts': `import i18next from 'i18next';\nexport const made = i18next;\n`,
        'src/store/contract.ts': made,
        'src/store/sqlite/engine.ts': made,
        'src/engine/early.ts': takes('../store/sqlite/engine.ts'),
        'src/engine/contract-at-run-time.ts': takes('../store/contract.ts'),
        'src/engine/upward.ts': takes('../desk/inbox.ts'),
        'src/desk/inbox.ts': made,
        'src/channels/web/slots.ts': takes('../../dialogue/slots/serial.ts'),
        'src/channels/web/neighbour.ts': takes('../../desk/inbox.ts'),
        'src/channels/web/dynamic.ts': `export const load = () => import('../../desk/inbox.ts');\n`,
        'src/web/desk/page.tsx': takes('../../engine/one.ts').replace('made', 'one as made'),
        'src/engine/one.ts': `import { two } from './two.ts';\nexport const one = (): unknown => two;\n`,
        'src/engine/two.ts': `import { one } from './one.ts';\nexport const two = (): unknown => one;\n`,
        'src/attic/box.ts': takes('../domain/clock.ts'),
        'src/office/tests.ts': `import { fc } from 'fast-check';\nexport const made = fc;\n`,
        'src/office/nowhere.ts': takes('./gone.ts'),
      }),
    ).toEqual([
      'arrows-of-channels: src/channels/web/dynamic.ts -> src/desk/inbox.ts',
      'arrows-of-channels: src/channels/web/neighbour.ts -> src/desk/inbox.ts',
      'arrows-of-domain: src/domain/upward.ts -> src/dialogue/slots/serial.ts',
      'arrows-of-engine: src/engine/early.ts -> src/store/sqlite/engine.ts',
      'arrows-of-engine: src/engine/upward.ts -> src/desk/inbox.ts',
      'arrows-of-web: src/web/desk/page.tsx -> src/engine/one.ts',
      'channel-knows-no-slot: src/channels/web/slots.ts -> src/dialogue/slots/serial.ts',
      'contracts-in-engine: src/engine/contract-at-run-time.ts -> src/store/contract.ts',
      'everything-resolves: src/office/nowhere.ts -> ./gone.ts',
      'no-circles: src/engine/one.ts -> src/engine/two.ts',
      'no-dev-packages-in-the-house: src/office/tests.ts -> node_modules/fast-check',
      'pure-rooms: src/dialogue/words.ts -> node_modules/i18next',
      'pure-rooms: src/domain/clock.ts -> fs',
      'pure-rooms: src/domain/typed.ts -> src/store/contract.ts',
      'room-is-drawn: src/attic/box.ts -> src/domain/clock.ts',
      'store-by-contract: src/engine/early.ts -> src/store/sqlite/engine.ts',
    ]);
  });
});

describe('the pure rooms', () => {
  const calls = [
    'Date.now()',
    'new Date()',
    'Math.random()',
    'performance.now()',
    'crypto.randomUUID()',
    'process.hrtime()',
    "fetch('http://127.0.0.1/')",
  ];
  const files = Object.fromEntries(
    calls.flatMap((call, index) => {
      const text = `export const made = ${call};\n`;
      const rooms = ['domain', 'dialogue/slots', 'engine'];
      return rooms.map((room) => [`src/${room}/call-${index}.ts`, text]);
    }),
  );

  it('have no clock, no chance and no I/O, while other rooms may', () => {
    build({
      ...files,
      'src/domain/given.ts': 'export const day = (at: number) => new Date(at).getUTCDay();\n',
    });
    const said = runIn(BIOME, 'lint', '--reporter=github', 'src');
    const refused = [
      ...said.matchAll(/title=(plugin|lint\/style\/noRestrictedGlobals),file=([^,]+)/g),
    ];
    const names = refused.map(([, , file]) => file?.slice(file.indexOf('src/')));
    expect([...new Set(names)].sort()).toEqual(
      Object.keys(files)
        .filter((name) => !name.startsWith('src/engine/'))
        .sort(),
    );
  });
});
