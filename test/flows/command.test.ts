import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../conversations/world.ts';
import { flowCommand } from './command.ts';

let house = '';
afterEach(() => {
  if (house) rmSync(house, { recursive: true });
  house = '';
});

/** A house like this one, in which something can be broken. */
function build(): string {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  for (const part of ['src', 'flows', 'locales', 'package.json']) {
    cpSync(join(root, part), join(house, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'junction');
  return house;
}

function change(file: string, from: string, to: string): void {
  const path = join(house, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
}

describe('npm run flow', () => {
  it('check says that all is well, in one line, and ends with 0', async () => {
    const { code, out } = await flowCommand(['check']);
    expect(out).toBe('OK: the flows hold together, and every text is there in both languages.\n');
    expect(code).toBe(0);
  });

  it('check names each finding and ends with 1', async () => {
    build();
    change('flows/unbind.yaml', '  - slot: review\n    dependsOn: everything\n', '');
    change('locales/en/bot.json', '"again": ', '"agains": ');
    change('flows/flow.schema.json', '"network"', '"netwerk"');
    const { code, out } = await flowCommand(['check'], [], house);
    expect(out).toContain('flow "unbind": its last slot must be "review": nothing is sent unseen');
    expect(out).toContain('en/bot.json: "greeting.again" is missing');
    expect(out).toContain('vi/bot.json: "greeting.agains" is missing');
    expect(out).toContain('flow.schema.json is not that of the code; run `npm run flow -- schema`');
    expect(out).toMatch(/\n5 findings\.\n$/);
    expect(code).toBe(1);
  });

  it('check names a flow file that cannot be read, and where', async () => {
    build();
    change('flows/unbind.yaml', 'slot: serial', 'slot: cereal');
    const { code, out } = await flowCommand(['check'], [], house);
    expect(out).toContain('unbind.yaml');
    expect(out).toContain('slots[1].slot');
    expect(code).toBe(1);
  });

  it('schema writes the file that check compares', async () => {
    build();
    rmSync(join(house, 'flows/flow.schema.json'));
    expect((await flowCommand(['check'], [], house)).out).toContain('flow.schema.json is missing');
    expect((await flowCommand(['schema'], [], house)).code).toBe(0);
    expect((await flowCommand(['check'], [], house)).code).toBe(0);
  });

  it('draw prints a Mermaid flowchart with every slot, and refuses a flow that there is not', async () => {
    const { code, out } = await flowCommand(['draw', 'unbind']);
    expect(code).toBe(0);
    expect(out).toMatch(/^flowchart TD\n/);
    for (const slot of ['network', 'serial', 'proof', 'sadpString', 'consent', 'review']) {
      expect(out).toContain(`${slot}["${slot}"]`);
    }
    const wrong = await flowCommand(['draw', 'bind']);
    expect(wrong.err).toContain('There is no flow "bind". There is: unbind, verify.');
    expect(wrong.code).toBe(1);
  });

  it('without a command, or with a language that there is not, says what there is', async () => {
    const nothing = await flowCommand([]);
    expect(nothing.err).toContain('check');
    expect(nothing.err).toContain('talk');
    expect(nothing.code).toBe(1);
    const french = await flowCommand(['talk', '--language', 'fr']);
    expect(french.err).toBe('--language must be vi or en.\n');
    expect(french.code).toBe(1);
  });
});
