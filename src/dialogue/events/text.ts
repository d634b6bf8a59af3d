import { isFullSerial, parseSerial } from '../../domain/serial.ts';
import { withoutVerificationCode } from '../../domain/label.ts';
import { recogniseSadp } from '../../domain/sadp-string.ts';
import type { Form } from '../conversation.ts';
import type { EventOf } from '../event.ts';
import { formAtHand } from '../forms.ts';
import { greet, sayIdle, soundsEnglish, topicOf } from '../greeting.ts';
import { type Folded, fold, isOneOf } from '../normalise.ts';
import { matchCommand, matchPattern } from '../patterns/index.ts';
import { takePiece, takeString } from '../sadp.ts';
import type { Scene } from '../scene.ts';
import { fillSerial, proposeSerials } from '../slots/serial.ts';
import { press } from './choice.ts';

/** A person wrote something. */
export function hearText(scene: Scene, event: EventOf<'text'>): void {
  const text = event.text.normalize('NFC').trim();
  const message = fold(text);
  if (!scene.conversation.greeted && soundsEnglish(message)) scene.conversation.language = 'en';
  scene.heard = { text: withoutVerificationCode(text) };
  if (hearSecret(scene, text)) return;
  if (scene.agentOwns) return;
  const first = !scene.conversation.greeted;
  if (first) greet(scene);
  if (text === '' || event.cut) {
    scene.say(text === '' ? 'text.empty' : 'text.tooLong');
    scene.asks = true;
    return;
  }
  hearWords(scene, message, first);
}

/** SADP strings and share codes are secret, whatever is being asked: they never reach the transcript. */
function hearSecret(scene: Scene, text: string): boolean {
  const found = recogniseSadp(text);
  if (found.kind === 'none') return false;
  if (found.kind === 'share') {
    scene.heard = { said: { key: 'heard.share' } };
    if (!scene.conversation.greeted) greet(scene);
    scene.say('sadpString.share');
    scene.asks = true;
    return true;
  }
  const form = scene.focus;
  if (found.kind === 'piece' && !(form && expectsPiece(scene, form))) {
    if (/\s\S+\s/.test(text)) return false;
    scene.heard = { said: { key: 'heard.piece' } };
    if (!scene.conversation.greeted) greet(scene);
    scene.say('sadpString.strayPiece');
    scene.asks = true;
    return true;
  }
  if (!scene.conversation.greeted) greet(scene);
  const home = formAtHand(scene);
  const ref =
    found.kind === 'complete'
      ? takeString(scene, home, found, { source: 'text' })
      : takePiece(scene, home, found.text);
  scene.heard = { said: { key: 'heard.sadpString' }, secretRef: ref };
  return true;
}

/** Whether a fragment of base64 can only be a part of an SADP string here. */
function expectsPiece(scene: Scene, form: Form): boolean {
  const held = scene.value(form, 'sadpString');
  return (
    scene.position(form) === 'sadpString' ||
    form.drafts.pieces.length > 0 ||
    (held?.source === 'text' && scene.event.at - held.receivedAt < 120_000)
  );
}

function hearWords(scene: Scene, message: Folded, first: boolean): void {
  const command = matchCommand(message.raw);
  if (command) {
    scene.conversation.confirm = null;
    command.pattern.run(scene, command.value);
    return;
  }
  const form = scene.focus;
  const at = form && scene.position(form);
  scene.asks = true;
  if (form && at && scene.slots[at].freeText && !scene.conversation.confirm) {
    if (!scene.slots[at].hear(scene, form, message)) scene.refuse(form, at, `${at}.notUnderstood`);
    return;
  }
  if (answersConfirm(scene, message) || picksByNumber(scene, message)) return;
  const matched = matchPattern(message);
  if (matched) {
    matched.pattern.run(scene, matched.value);
    return;
  }
  if (form && at && scene.slots[at].hear(scene, form, message)) return;
  if (hearUnmistakable(scene, message)) return;
  answerTopic(scene, message, first);
}

const CONFIRM_WORDS = {
  yes: ['có', 'đồng ý', 'đúng', 'vâng', 'ừ', 'ok', 'hủy', 'hủy hồ sơ', 'có, hủy hồ sơ', 'làm lại từ đầu', 'có, làm lại', 'yes', 'yes, cancel', 'cancel it', 'yes, start over'],
  no: ['không', 'ko', 'không, tiếp tục', 'tiếp tục', 'không hủy', 'no', 'no, go on', 'go on', 'continue', 'keep it'],
} as const;

function answersConfirm(scene: Scene, message: Folded): boolean {
  const open = scene.conversation.confirm;
  if (!open) return false;
  const answer = isOneOf(message, CONFIRM_WORDS.yes)
    ? 'yes'
    : isOneOf(message, CONFIRM_WORDS.no)
      ? 'no'
      : null;
  if (answer) press(scene, { form: open.form, of: 'confirm', revision: open.revision, value: answer });
  else scene.conversation.confirm = null;
  return answer !== null;
}

/** "2" means the second button of the newest question. */
function picksByNumber(scene: Scene, message: Folded): boolean {
  const number = /^(?:số |so |chọn |chon |no\.? |option )?(\d{1,2})[.)]?$/.exec(message.raw.toLowerCase())?.[1];
  const token = number ? scene.conversation.offered[Number(number) - 1] : undefined;
  if (!token) return false;
  press(scene, token);
  return true;
}

/** A serial that cannot be anything else fills its slot whenever it comes. */
function hearUnmistakable(scene: Scene, message: Folded): boolean {
  const parsed = parseSerial(message.raw);
  if (parsed.kind !== 'serial') return false;
  const sure = isFullSerial(parsed.serial.full ?? '') || /^[A-Z]/.test(parsed.serial.short);
  if (!sure) return false;
  const form = formAtHand(scene);
  const known = scene.value(form, 'serial')?.serial.short;
  if (!known && !parsed.corrected) fillSerial(scene, form, parsed.serial, 'typed');
  else if (known === parsed.serial.short) scene.say('serial.same', { serial: known });
  else if (!known) proposeSerials(scene, form, [parsed.serial], 'typed');
  else scene.say('serial.changeAsk', { from: known, to: parsed.serial.short }, {
    choices: [scene.choice(form, 'serial', `to-${parsed.serial.short}`, 'serial.choice.change', { params: { serial: parsed.serial.short } })],
  });
  return true;
}

function answerTopic(scene: Scene, message: Folded, first: boolean): void {
  const topic = topicOf(message);
  const form = scene.focus;
  const at = form && scene.position(form);
  if (first && topic) return;
  if (!form) {
    if (topic === 'wantsUnbind') formAtHand(scene);
    else sayIdle(scene, topic === 'thanks' ? 'idle.thanks' : topic === 'hello' ? 'idle.hello' : 'idle.notUnderstood');
    return;
  }
  if (topic === 'hello') scene.say('greeting.again');
  else if (topic === 'thanks') scene.say('thanks.welcome');
  else if (topic === 'wantsUnbind') scene.say('greeting.onIt');
  else if (at && !first) scene.refuse(form, at, `${at}.notUnderstood`);
}
