import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sadpA, sadpB } from '../conversations/strings.ts';
import { labelPicture, sadpQrPicture, zipFile } from '../pictures/index.ts';
import { flowCommand } from './command.ts';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sent-'));
  const label = { code: 'ABCDEF', model: 'DS-7608NI-K2' };
  writeFileSync(at('label.jpg'), await labelPicture({ ...label, serial: 'D12345678' }));
  writeFileSync(at('other.jpg'), await labelPicture({ ...label, serial: 'AD1234567' }));
  writeFileSync(at('qr.png'), await sadpQrPicture(sadpB()));
  writeFileSync(at('[AD1234567]-[209901010930].xml'), sadpA());
  writeFileSync(at('notes.xml'), zipFile());
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What came in this order; the places are named when one is missing. */
function expectInOrder(out: string, pieces: string[]): void {
  let from = 0;
  for (const piece of pieces) {
    const found = out.indexOf(piece, from);
    expect(found, `"${piece}" behind character ${from} of:\n${out}`).toBeGreaterThanOrEqual(from);
    from = found + piece.length;
  }
}

describe('npm run flow -- talk', () => {
  it('goes from greeting to unbound for a device on the LAN, in Vietnamese', async () => {
    const { code, out, err } = await flowCommand(
      ['talk'],
      [
        'lan',
        'D12345678',
        `photo ${at('label.jpg')}`,
        `photo ${at('qr.png')}`,
        '1',
        '1',
        'agent review',
        'agent approve',
        '/quit',
      ],
    );
    expectInOrder(out, [
      'Xin chào anh/chị!',
      'cùng mạng LAN',
      '1. Mạng LAN (SADP)',
      'Em đã ghi số seri D12345678.',
      'Ảnh thấy rõ số seri D12345678',
      'Em đã nhận đủ chuỗi SADP',
      'cam kết bảo mật',
      '• Mạng: Mạng LAN (SADP)',
      '• Ảnh: 1 ảnh, thấy rõ số seri',
      'Trình báo vụ việc thành công',
      'Nhân viên đang xem hồ sơ',
      'Thiết bị đã được hủy liên kết.',
    ]);
    expect(out).not.toContain(sadpB().slice(0, 30));
    expect(out).not.toContain('ABCDEF');
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('goes from greeting to unbound for another network, in English, by way of a refusal', async () => {
    const { code, out, err } = await flowCommand(
      ['talk', '--language', 'en'],
      [
        'press Another network',
        `photo ${at('other.jpg')}`,
        '1',
        `file ${at('notes.xml')}`,
        `file ${at('[AD1234567]-[209901010930].xml')}`,
        'i agree',
        'send',
        'agent refuse photoUnreadable too far away',
        '1',
        `photo ${at('other.jpg')}`,
        'send',
        'agent approve',
      ],
    );
    expectInOrder(out, [
      'Hello! I get Hikvision devices unbound',
      'Are you on the same LAN as the device?',
      'I read serial AD1234567 in the photo.',
      'Serial AD1234567 noted.',
      'is an archive',
      'I have the whole SADP string',
      '• Network: Another network',
      'Case submitted',
      'was refused.',
      'the serial cannot be read in the photo',
      'too far away',
      "Let's fix case",
      'The photo clearly shows serial AD1234567.',
      'Case submitted',
      'The device has been unbound.',
    ]);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('says what cannot be done and goes on', async () => {
    const { code, out } = await flowCommand(
      ['talk', '--language', 'en'],
      [
        `photo ${at('nowhere.jpg')}`,
        'press Nothing',
        'agent approve',
        'agent refuse because',
        'agent take',
        'hello?',
        'agent say I am here',
        'agent back',
        'lan',
      ],
    );
    expectInOrder(out, [
      'nowhere.jpg cannot be read; check the path.',
      'No button says "Nothing".',
      'There is no open case to decide on.',
      'A refusal needs a reason: serialMismatch,',
      'Terminal has joined to help you.',
      'Terminal: I am here',
      'The agent has handed the chat back to me.',
      "Please send the device's serial number",
    ]);
    expect(code).toBe(0);
  });
});
