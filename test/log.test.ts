import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

function listen(options: { isTTY?: boolean; level?: string; secrets?: string[] } = {}) {
  const lines: string[] = [];
  const target = { isTTY: options.isTTY ?? false, write: (line: string) => lines.push(line) };
  const log = createLog({ level: options.level ?? 'info', secrets: options.secrets ?? [] }, target);
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

describe('the log', () => {
  it('writes lines of JSON with a level, a time and the fields', () => {
    const { log, last } = listen();
    log.info({ caseId: 'c1', turns: 3 }, 'committed');
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      caseId: 'c1',
      turns: 3,
      msg: 'committed',
    });
  });

  it('keeps still below its level', () => {
    const { log, lines } = listen({ level: 'warn' });
    log.info('nothing');
    expect(lines).toEqual([]);
  });

  it('hides secrets by key at any depth, in lists, and in the fields of a child', () => {
    const { log, lines, last } = listen();
    log
      .child({ sessionToken: 'aaaa', room: 'desk' })
      .child({ headers: { authorization: 'eeee' } })
      .warn({
        effect: { parts: [{ sadpString: 'bbbb' }], headers: { Cookie: 'cccc' } },
        password: 'dddd',
      });
    expect(lines.join()).not.toMatch(/aaaa|bbbb|cccc|dddd|eeee/);
    expect(last()).toMatchObject({ room: 'desk', effect: { parts: [{ sadpString: '[hidden]' }] } });
  });

  it('hides known secrets wherever they turn up, as in the address of a failed call', () => {
    const token = '123:AA"bb/cc-dd';
    const { log, lines } = listen({ secrets: [token, ''] });
    log.error(new Error(`GET https://api.example/bot${token}/getMe failed`));
    log.error({ url: `https://api.example/?t=${encodeURIComponent(token)}` }, token);
    const all = lines.join('');
    expect(all).not.toContain('bb/cc');
    expect(all).not.toContain(encodeURIComponent(token));
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('shows of an error its kind, sentence, code, stack and cause, and nothing that hangs on it', () => {
    const { log, last, lines } = listen();
    const cause = Object.assign(new Error('inner'), { code: 'EIO', request: { body: 'private' } });
    log.error({ err: new TypeError('outer', { cause }) }, 'it failed');
    expect(last().err).toMatchObject({
      type: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('log.test.ts'),
      cause: { message: 'inner', code: 'EIO' },
    });
    expect(lines.join()).not.toContain('private');
  });

  it('survives an error that is its own cause, and bytes', () => {
    const { log, last } = listen();
    const error = new Error('round');
    error.cause = error;
    log.error({ err: error, photo: Buffer.alloc(1000), why: error }, 'round');
    expect(last().photo).toBe('[1000 bytes]');
  });

  it('shows of a request its method and path, not its query', () => {
    const { log, last } = listen();
    log.info({ req: { method: 'GET', url: '/api/status?q=0912345678', ip: '::1', headers: {} } });
    expect(last().req).toEqual({ method: 'GET', path: '/api/status', from: '::1' });
  });

  it('reads as one plain line at a terminal', () => {
    const { log, lines } = listen({ isTTY: true });
    log.warn({ caseNumber: 'HV-7', note: 'a\u001b[2Jb\nc' }, 'késs\u0007');
    const [line = ''] = lines;
    expect(line).toMatch(/\d\d:\d\d:\d\d/);
    expect(line).toContain('késs');
    expect(line).toContain('caseNumber=HV-7  note=ab c');
    expect(line.trimEnd()).not.toContain('\n');
    expect(line).not.toContain('\u001b[2J');
  });

  it('shows the stack under the line at a terminal', () => {
    const { log, lines } = listen({ isTTY: true });
    log.error({ err: new Error('boom') }, 'a turn failed');
    expect(lines[0]?.split('\n')[0]).toContain('a turn failed');
    expect(lines[0]).toContain('Error: boom\n');
  });
});
