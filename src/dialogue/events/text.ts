import { withoutVerificationCode } from '../../domain/label.ts';
import { withoutSadpCodes } from '../../domain/sadp-string.ts';
import { parseSerial } from '../../domain/serial.ts';
import { type EventOf, linkCodeIn } from '../event.ts';
import { isVerification, waitingRepairs } from '../forms.ts';
import { greet, sayIdle, soundsEnglish, topicOf } from '../greeting.ts';
import { redeem } from '../linking.ts';
import { type Folded, fold, isOneOf } from '../normalise.ts';
import { backToBot } from '../patterns/back-to-bot.ts';
import { matchCommand, matchPattern } from '../patterns/index.ts';
import { languageNamed } from '../patterns/language.ts';
import { repairChoices } from '../patterns/repair.ts';
import { start } from '../patterns/start.ts';
import type { Scene } from '../scene.ts';
import { suggest } from '../suggestions.ts';
import { press } from './choice.ts';
import { hearPastedScan } from './devices.ts';
import { hearSecret } from './secret-text.ts';
import { hearSerial } from './serial-text.ts';

/** A person wrote something. */
export function hearText(scene: Scene, event: EventOf<'text'>): void {
  const text = event.text.normalize('NFC').trim();
  const safe = withoutSadpCodes(text);
  const message = fold(safe);
  const first = !scene.conversation.greeted;
  if (first) {
    const english = languageNamed(message) === 'en' || soundsEnglish(message);
    if (english) scene.conversation.language = 'en';
  }
  scene.heard = { text: withoutVerificationCode(safe) };
  const code = linkCodeIn(event);
  if (code !== null) {
    scene.heard = { said: { key: 'link.heard' } };
    redeem(scene, code);
    return;
  }
  if (hearPastedScan(scene, text) || hearSecret(scene, text)) return;
  if (scene.agentOwns) {
    if (isOneOf(message, backToBot.phrases) || matchCommand(text)?.pattern === backToBot) {
      backToBot.run(scene, '-');
      return;
    }
    suggestSerial(scene, safe);
    return;
  }
  if (first) greet(scene);
  const empty = !/[^\p{Cf}\s]/u.test(text);
  if (empty || event.cut) {
    scene.say(empty ? 'text.empty' : 'text.tooLong');
    scene.asks = true;
    return;
  }
  hearWords(scene, message, first);
}

function suggestSerial(scene: Scene, text: string): void {
  const parsed = parseSerial(text);
  if (parsed.kind !== 'serial') return;
  suggest(scene, { what: 'serial', detail: parsed.serial.short, typed: true });
}

function hearWords(scene: Scene, message: Folded, first: boolean): void {
  const command = matchCommand(message.raw);
  if (command) {
    scene.conversation.confirm = null;
    command.pattern.run(scene, command.value);
    return;
  }
  const form = scene.focus;
  const at = form && scene.asked(form);
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
  if (answersQuestion(scene, message) || hearSerial(scene, message.raw)) return;
  answerTopic(scene, message, first);
}

/** The open question takes it; else, behind a doubt, the slot where the form stands. */
function answersQuestion(scene: Scene, message: Folded): boolean {
  const form = scene.focus;
  if (!form) return false;
  const asked = [scene.asked(form), scene.position(form)];
  return [...new Set(asked)].some((at) => at && scene.slots[at].hear(scene, form, message));
}

const YES = ['có', 'đồng ý', 'đúng', 'đúng rồi', 'vâng', 'ừ', 'ok', 'yes', 'y', 'yep'];
const NO = [
  'không',
  'ko',
  'k',
  'không, tiếp tục',
  'tiếp tục',
  'không hủy',
  'giữ lại',
  'no',
  'n',
  'no, go on',
  'go on',
  'continue',
  'keep it',
];
const CONFIRM_WORDS = {
  cancel: [
    ...YES,
    'thôi xác minh',
    'stop verifying',
    'hủy',
    'hủy đi',
    'hủy hồ sơ',
    'có, hủy hồ sơ',
    'cancel it',
    'yes, cancel it',
  ],
  restart: [...YES, 'làm lại', 'làm lại từ đầu', 'có, làm lại', 'start over', 'yes, start over'],
} as const;

function answersConfirm(scene: Scene, message: Folded): boolean {
  const open = scene.conversation.confirm;
  if (!open) return false;
  const yes = isOneOf(message, CONFIRM_WORDS[open.what]);
  if (yes || isOneOf(message, NO)) {
    const value = yes ? 'yes' : 'no';
    press(scene, { form: open.form, of: 'confirm', revision: open.revision, value });
    return true;
  }
  // A number picks a button of the question, which is the confirmation itself.
  if (!numberIn(message)) scene.conversation.confirm = null;
  return false;
}

function numberIn(message: Folded): number | null {
  const digits = /^(?:số |so |chọn |chon |no\.? |option )?(\d{1,2})[.)]?$/.exec(
    message.raw.toLowerCase(),
  )?.[1];
  return digits ? Number(digits) : null;
}

/** "2" means the second button of the newest question. */
function picksByNumber(scene: Scene, message: Folded): boolean {
  const number = numberIn(message);
  const token = number === null ? undefined : scene.conversation.offered[number - 1];
  if (!token) {
    scene.conversation.confirm = null;
    return false;
  }
  press(scene, token);
  return true;
}

/** It answers nothing: a greeting, thanks, the wish itself, or something that is not understood. */
function answerTopic(scene: Scene, message: Folded, first: boolean): void {
  const topic = topicOf(message);
  if (first && topic) return;
  const form = scene.focus;
  const at = form && scene.asked(form);
  if (!form || !at) answerIdle(scene, topic);
  else if (topic === 'hello') scene.say('greeting.again');
  else if (topic === 'thanks') scene.say('thanks.welcome');
  else if (topic === 'wantsUnbind') scene.say('greeting.onIt');
  else if (!first && form.slots[at]?.state !== 'pending') {
    const doubted = scene.slots[at].doubt?.(form);
    scene.refuse(form, at, doubted ? 'doubt.notUnderstood' : `${at}.notUnderstood`);
  }
}

function answerIdle(scene: Scene, topic: ReturnType<typeof topicOf>): void {
  const repairs = waitingRepairs(scene).slice(0, 3);
  if (topic === 'thanks') sayIdle(scene, 'idle.thanks');
  else if (topic === 'hello') sayIdle(scene, 'idle.hello');
  else if (repairs.length > 0) {
    scene.say('idle.repairWaits', undefined, {
      choices: [
        ...repairChoices(scene, repairs),
        scene.action('start', 'choice.new', 'new'),
        scene.action('human', 'choice.human'),
      ],
    });
  } else if (topic === 'wantsUnbind') start.run(scene, '-');
  else if (
    scene.conversation.forms.some((form) => form.phase === 'submitting' && !isVerification(form))
  ) {
    sayIdle(scene, 'case.alreadySending');
  } else sayIdle(scene, 'idle.notUnderstood');
}
