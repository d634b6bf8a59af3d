/** What generated pictures say: made-up serials, models, codes and payloads in the forms that are known. */
export class Chance {
  readonly #next: () => number;
  constructor(next: () => number) {
    this.#next = next;
  }
  /** 0 <= n < 1. */
  part(): number {
    return this.#next();
  }
  between(low: number, high: number): number {
    return low + (high - low) * this.#next();
  }
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }
  one<T>(of: readonly [T, ...T[]]): T {
    return of[Math.floor(this.#next() * of.length)] ?? of[0];
  }
  happens(share: number): boolean {
    return this.#next() < share;
  }
  digits(count: number): string {
    return Array.from({ length: count }, () => this.whole(0, 9)).join('');
  }
  letters(count: number): string {
    return Array.from({ length: count }, () => String.fromCharCode(this.whole(65, 90))).join('');
  }
}

export interface Device {
  short: string;
  full: string;
  model: string;
  /** Verification code: six capitals, as by default. */
  code: string;
  /** Material number: nine digits that are no serial. */
  material: string;
  /** DDMMYYYY-like date on the label. */
  made: string;
}

/** The three shapes of a short serial alike often. */
export function inventDevice(chance: Chance): Device {
  const short = chance.one([
    () => chance.one(['1', '2', '4', '5', '6', '7', '8', '9']) + chance.digits(8),
    () => chance.one(['C', 'D', 'E', 'F', 'G', 'J', 'K', 'L', 'Q']) + chance.digits(8),
    () => chance.one(['AA', 'AD', 'FH', 'GA', 'GB', 'GC', 'GN', 'QC', 'BX']) + chance.digits(7),
  ])();
  const model = chance.one([
    'DS-2CD2043G2-I',
    'DS-2CD1023G0E-I',
    'DS-2DE2A404IW-DE3',
    'DS-7608NI-K2/8P',
    'DS-7208HUHI-F2/N',
    'DS-2CE16D0T-ITF',
    'DS-KV6113-WPE1(C)',
    'CS-C6TC-32WFR',
  ]);
  const year = chance.whole(2016, 2025);
  const month = String(chance.whole(1, 12)).padStart(2, '0');
  const day = String(chance.whole(1, 28)).padStart(2, '0');
  const full = `${model}${model.startsWith('DS-7') ? '08' : ''}${year}${month}${day}${chance.one(['AA', 'CC', ''])}${chance.one(['WR', 'CH', 'RR', 'EN'])}${short}${model.startsWith('DS-7') ? 'WCVU' : ''}`;
  return {
    short,
    full,
    model,
    code: chance.letters(6),
    material: `30${chance.digits(7)}`,
    made: `${month}/${year}`,
  };
}

/** A label's QR in one of the forms that are known. */
export function labelPayload(chance: Chance, device: Device): string {
  const { short, full, code, model } = device;
  return chance.one([
    () => `www.hik-connect.com\r\n${short}\r\n${code}\r\n${model}\r\n`,
    () => `www.hik-connect.com\n${short}\n${code}\n${model}\n`,
    () => `www.ezviz7.com\r${short}\r${code}\r${model}\r`,
    () => `www.hik-connect.com\r\n${full}\r\n${code}\r\n`,
    () => `ys7\r\n${short}\r\n${code}\r\n${model}`,
    () => `ys7${short}${code}${model}`,
    () => `www.hik-connect.com ${short} ${code} ${model}`,
    () =>
      `https://www.hik-connect.com/device?qr=${Buffer.from(`x$$$\r\n${short}\r\n${code}\r\n${model}\r\n`).toString('base64')}`,
    () => short,
    () => full,
  ])();
}

/** A SADP string of one of the two known kinds. */
export function inventSadpString(chance: Chance): string {
  const bytes = (count: number) =>
    Buffer.from(Array.from({ length: count }, () => chance.whole(0, 255)));
  if (chance.happens(0.5)) {
    return Buffer.concat([Buffer.from([3, 0, 0, 0]), bytes(chance.one([92, 164, 188]))]).toString(
      'base64',
    );
  }
  const body = `<code>\r\n<cmd>PhoneNoReset_v31</cmd>\r\n<RSAVersion>13</RSAVersion>\r\n<encryptedString>${bytes(256).toString('base64')}</encryptedString>\r\n</code>\r\n`;
  return Buffer.concat([Buffer.from([0xff, 0xff, 0, 0]), Buffer.from(body)]).toString('base64');
}
