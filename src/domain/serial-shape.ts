/**
 * The shapes of serial numbers. Layout of a full one, as printed and as SADP shows it: model,
 * channels, date, firmware (access terminals), CPU and DSP grade, region, the nine characters that
 * people call the serial, feature letters. Source: 23 serials collected from public dumps.
 */
const SHORT = /^(?:\d{9}|[A-Z]\d{8}|[A-Z]{2}\d{7})$/;
const FULL =
  /^(?<model>[A-Z][A-Z0-9]*-[A-Z0-9()/\-_.+]*?)(?<chan>\d{2})?(?<date>20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?<fw>V\d{6})?(?<hw>[A-D]{2})?(?<region>[A-Z]{2})(?<short>\d{9}|[A-Z]\d{8}|[A-Z]{2}\d{7})(?<feat>[A-Z]{0,6})$/;
/** The same with letters for digits among the last seven; then only known feature letters may follow. */
const FULL_MISREAD =
  /^(?<before>[A-Z][A-Z0-9]*-[A-Z0-9()/\-_.+]*?20[0-4]\d[01]\d[0-3]\d(?:V\d{6})?(?:[A-D]{2})?[A-Z]{2})(?<short>[A-Z0-9]{2}[0-9OQDILZSGB]{7})(?<feat>[WCVLU]{0,5})$/;
const FULL_WRONG_LENGTH =
  /^[A-Z][A-Z0-9]*-[A-Z0-9()/\-_.+]*?20[0-4]\d[01]\d[0-3]\d(?:V\d{6})?(?:[A-D]{2})?[A-Z]{2}(?<short>[A-Z]{0,2}\d{1,12})[A-Z]{0,6}$/;

/** SADP's extended field holds 128 characters; nothing longer is looked at. */
const LONGEST_FULL = 128;

/** Only digits stand from the third place on, so there these letters are misread digits. */
const MISREAD: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
};
/** What a digit in front of a letter may have been. */
const MISTYPED: Readonly<Record<string, readonly string[]>> = {
  '0': ['O', 'D', 'Q'],
  '1': ['I'],
  '2': ['Z'],
  '5': ['S'],
  '6': ['G'],
  '8': ['B'],
};
const KNOWN_HEAD = /^(?:[CDEFGQ]\d|AA|AD|FH|GA|GB|GC|GN|QC|\d\d)/;

interface FullParts {
  /** As given, without letters at the end that are no features: those may be a verification code. */
  full: string;
  model: string;
  short: string;
}

/** Whether upper-case text is a short serial as it should be written. */
export function isShort(text: string): boolean {
  return SHORT.test(text);
}

/** The parts of a full serial (upper case, no spaces), or null. */
export function splitFull(text: string): FullParts | null {
  if (text.length > LONGEST_FULL) return null;
  const parts = FULL.exec(text)?.groups;
  const { model, chan, short, feat = '' } = parts ?? {};
  if (!model || !short) return null;
  // Cameras and access terminals carry no channel count: two digits there end the model's name.
  const whole = chan && /^I?DS-(?:2|K[1-4])/.test(model) ? model + chan : model;
  const full = /^[WCVLU]*$/.test(feat) ? text : text.slice(0, text.length - feat.length);
  return { full, model: whole, short };
}

/** A full serial with its misread digits mended, or null. */
export function mendFull(text: string): string | null {
  if (text.length > LONGEST_FULL) return null;
  const { before, short, feat } = FULL_MISREAD.exec(text)?.groups ?? {};
  const mended = short ? mendTail(short) : null;
  return before && mended ? `${before}${mended}${feat ?? ''}` : null;
}

/** How many characters stand where a full serial has its nine, or null when it is no such thing. */
export function lengthInFull(text: string): number | null {
  if (text.length > LONGEST_FULL) return null;
  return FULL_WRONG_LENGTH.exec(text)?.groups?.short?.length ?? null;
}

function mendTail(nine: string): string | null {
  const tail = [...nine.slice(2)].map((char) => MISREAD[char] ?? char).join('');
  return nine.length === 9 && /^\d{7}$/.test(tail) ? nine.slice(0, 2) + tail : null;
}

/** The readings of one of the first two places; the one that was typed comes first. */
function readings(char: string, wide: boolean): string[] {
  if (char === 'O' || char === 'I' || char === 'L' || (wide && /[A-Z]/.test(char))) {
    const digit = MISREAD[char];
    return digit === undefined ? [char] : [char, digit];
  }
  return wide ? [char, ...(MISTYPED[char] ?? [])] : [char];
}

function unlikeliness(candidate: string, typed: string): number {
  const never = [...candidate.slice(0, 2)].filter((char) => char === 'O' || char === 'I').length;
  const changed = [0, 1].filter((place) => candidate[place] !== typed[place]).length;
  return never * 10 + changed * 2 + (KNOWN_HEAD.test(candidate) ? 0 : 1);
}

/**
 * What nine characters may stand for, most likely first, at most four; [] when they are no serial.
 * From place 3 on letters are mended. The first two places are real letters or digits, so they are
 * never mended: where O, I or L stands there, or a digit before a letter, each valid reading is given.
 *
 * @param nine upper-case letters and digits
 */
export function readNine(nine: string): { candidates: string[]; corrected: boolean } {
  const mended = mendTail(nine);
  if (!mended) return { candidates: [], corrected: false };
  const wide = /^\d[A-Z]/.test(mended);
  const [first = '', second = ''] = mended;
  const found: string[] = [];
  for (const a of readings(first, wide)) {
    for (const b of readings(second, wide)) {
      const candidate = a + b + mended.slice(2);
      if (isShort(candidate)) found.push(candidate);
    }
  }
  found.sort((a, b) => unlikeliness(a, mended) - unlikeliness(b, mended));
  // One guess at the first two places is still a guess.
  if (wide && found.length === 1) return { candidates: [], corrected: false };
  return { candidates: found.slice(0, 4), corrected: mended !== nine };
}
