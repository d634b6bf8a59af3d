import { exportName, sadpA, sadpB } from '../../conversations/strings.ts';
import { type Language, label, submitLabel, wordsOf } from '../../e2e/sentences.ts';
import { labelPicture } from '../../pictures/index.ts';

/** Somebody in Telegram, on whichever server. */
export interface Traveller {
  starts(): unknown;
  writes(text: string): unknown;
  presses(label: string): Promise<void>;
  sendsPhoto(bytes: Uint8Array): unknown;
  sendsFile(name: string, bytes: Uint8Array, mime: string): unknown;
  hears(text: string): Promise<unknown>;
}

/** Stands on every label; nobody ever sees it. */
export const CODE = 'QWERTZ';

const labelOf = (serial: string) =>
  labelPicture({ serial, code: CODE, model: 'DS-2CD2143G2-I', seed: 3 });

/** Everything typed or pressed; the string as an exported file. */
async function otherNetwork(person: Traveller, language: Language, serial: string): Promise<void> {
  await person.starts();
  await person.hears(wordsOf(language, 'greeting.hello').slice(0, 40));
  await person.presses(label(language, 'network.choice.other'));
  await person.hears(wordsOf(language, 'serial.ask'));
  await person.writes(serial);
  await person.hears(wordsOf(language, 'proof.ask'));
  await person.sendsPhoto(await labelOf(serial));
  await person.hears(wordsOf(language, 'sadpString.ask'));
  await person.sendsFile(exportName(serial), Buffer.from(sadpB(serial)), 'text/xml');
  await person.hears(wordsOf(language, 'sadpString.taken'));
  await person.presses(label(language, 'consent.choice.yes'));
  await person.presses(submitLabel(language));
}

/** Serial and proof from one label photo, which came as a document; the string pasted in pieces. */
async function lan(person: Traveller, language: Language, serial: string): Promise<void> {
  const string = sadpA(serial);
  await person.starts();
  await person.presses(label(language, 'network.choice.lan'));
  await person.hears(wordsOf(language, 'serial.ask'));
  await person.sendsFile('IMG_2107.jpg', await labelOf(serial), 'image/jpeg');
  await person.hears(serial);
  await person.presses(label(language, 'serial.choice.yes'));
  await person.hears(wordsOf(language, 'sadpString.askUnsighted'));
  await person.writes(string.slice(0, 61));
  await person.writes(string.slice(61));
  await person.hears(wordsOf(language, 'sadpString.taken'));
  await person.presses(label(language, 'consent.choice.yes'));
  await person.presses(submitLabel(language));
}

/** Each journey in each language. */
export const JOURNEYS = [
  { language: 'vi' as const, network: 'other', serial: 'D12345678', go: otherNetwork },
  { language: 'en' as const, network: 'other', serial: 'AD1234567', go: otherNetwork },
  { language: 'vi' as const, network: 'LAN', serial: '123456789', go: lan },
  { language: 'en' as const, network: 'LAN', serial: 'Q87654321', go: lan },
];
