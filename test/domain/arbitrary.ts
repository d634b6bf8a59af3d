import fc from 'fast-check';

const digits = (count: number) =>
  fc.stringMatching(new RegExp(`^\\d{${count}}$`)).filter((text) => text.length === count);
const letters = (from: string) => fc.constantFrom(...from);

/** A short serial whose first two places nobody confuses: no O and no I. */
export const shortSerial = fc.oneof(
  digits(9),
  fc.tuple(letters('CDEFGQ'), digits(8)).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('AA', 'AD', 'FH', 'GA', 'GB', 'GC', 'GN', 'QC'), digits(7))
    .map((parts) => parts.join('')),
);

/** A device's own words: model (with channels) and what stands between date and short serial. */
const BODIES = [
  { model: 'DS-2CD2T43G2-4I', before: '', after: 'AAWR', features: '' },
  { model: 'DS-7608NI-E2/8P', before: '08', after: 'AAWR', features: 'WCVU' },
  { model: 'DS-7208HUHI-F2/N/A', before: '08', after: 'CCWR', features: 'WCVU' },
  { model: 'DS-KV6113-WPE1(C)', before: '01', after: 'RR', features: '' },
  { model: 'DS-KH6320-WTE1', before: '01', after: 'WR', features: 'CLU' },
  { model: 'DS-K1T341CMFW', before: '', after: 'V030315EN', features: '' },
  { model: 'CS-C6TC-32WFR', before: '01', after: 'CCCH', features: '' },
] as const;

/** A full serial with the parts it was made of. */
export const fullSerial = fc
  .record({
    body: fc.constantFrom(...BODIES),
    day: fc.date({
      min: new Date('2014-01-01'),
      max: new Date('2029-12-31'),
      noInvalidDate: true,
    }),
    short: shortSerial,
  })
  .map(({ body, day, short }) => {
    const date = day.toISOString().slice(0, 10).replaceAll('-', '');
    const full = `${body.model}${body.before}${date}${body.after}${short}${body.features}`;
    return { full, short, model: body.model };
  });

/** Bytes as base64 behind a header, as SADP exports them: 40 to 1024 characters. */
export const formatA = fc
  .uint8Array({ minLength: 32, maxLength: 760 })
  .map((bytes) => Buffer.concat([Buffer.from([3, 0, 0, 0]), bytes]).toString('base64'));

/** SADP's newer form, with made-up ciphertext. */
export const formatB = fc.uint8Array({ minLength: 256, maxLength: 256 }).map((bytes) => {
  const inner = Buffer.from(bytes).toString('base64');
  const xml = `<code>\r\n<cmd>GetEncryptString_v31</cmd>\r\n<RSAVersion>13</RSAVersion>\r\n<encryptedString>${inner}</encryptedString>\r\n</code>\r\n`;
  return Buffer.concat([Buffer.from([255, 255, 0, 0]), Buffer.from(xml)]).toString('base64');
});
