import type { Browser } from 'playwright-core';
import { sadpA, sadpB } from '../conversations/strings.ts';
import { labelPicture } from '../pictures/index.ts';
import { Installer } from './installer.ts';
import { type Language, label, submitLabel, wordsOf } from './sentences.ts';

/** Device labels carry a verification code; nobody ever sees this one. */
const CODE = 'QWERTZ';

/** A photo of a label that shows this serial. */
export function labelOf(serial: string): Promise<Buffer> {
  return labelPicture({ serial, code: CODE, model: 'DS-2CD2143G2-I', seed: 3 });
}

/** The SADP string of a device, its own for each serial. */
export function stringOf(language: Language, serial: string): string {
  return language === 'vi' ? sadpA(serial) : sadpB(serial);
}

/** Comes to the chat and sends a case with everything that it needs. */
export async function sendCase(
  browser: Browser,
  url: string,
  { serial, language }: { serial: string; language: Language },
): Promise<Installer> {
  const person = await Installer.visit(browser, url, language === 'vi' ? 'vi-VN' : 'en-GB');
  await person.presses(label(language, 'network.choice.other'));
  await person.hears(wordsOf(language, 'serial.ask'));
  await person.writes(serial);
  await person.hears(wordsOf(language, 'proof.ask'));
  await person.sendsPhoto(await labelOf(serial));
  await person.hears(wordsOf(language, 'sadpString.ask'));
  await person.writes(stringOf(language, serial));
  await person.presses(label(language, 'consent.choice.yes'));
  await sendAgain(person, language);
  return person;
}

/** Sends what stands at the review. */
export async function sendAgain(person: Installer, language: Language): Promise<void> {
  await person.hears(wordsOf(language, 'review.ask'));
  await person.presses(submitLabel(language));
}
