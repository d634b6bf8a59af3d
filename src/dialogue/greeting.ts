import { openForm } from './forms.ts';
import { type Folded, isOneOf, mentions } from './normalise.ts';
import type { Scene } from './scene.ts';

const HELLO = [
  'xin chào',
  'chào',
  'chào bạn',
  'chào anh',
  'chào chị',
  'chào em',
  'chào shop',
  'chào ad',
  'alo',
  'a lô',
  'hi',
  'hello',
  'hey',
  'good morning',
  'good afternoon',
];
const WANTS_UNBIND = [
  'hủy liên kết',
  'gỡ liên kết',
  'gỡ giúp',
  'gỡ thiết bị',
  'gỡ hik-connect',
  'gỡ hikconnect',
  'xóa liên kết',
  'hủy kết nối hik-connect',
  'unbind',
  'unbinding',
  'unlink',
  'remove device',
];
const THANKS = ['cảm ơn', 'cám ơn', 'thanks', 'thank you', 'thank', 'tks', 'thank u', 'ok cảm ơn'];
const ENGLISH = [
  'hello',
  'hi there',
  'unbind',
  'unlink',
  'device',
  'camera is',
  'please help',
  'good morning',
  'good afternoon',
];

/** What a message is about when it answers nothing: a greeting, the wish itself, or thanks. */
export function topicOf(message: Folded): 'hello' | 'wantsUnbind' | 'thanks' | null {
  if (isOneOf(message, HELLO)) return 'hello';
  if (mentions(message, WANTS_UNBIND)) return 'wantsUnbind';
  if (isOneOf(message, THANKS) || mentions(message, ['cảm ơn', 'thank you', 'thanks'])) {
    return 'thanks';
  }
  return null;
}

/** A first message in plain English switches the language before the greeting; everything else is Vietnamese. */
export function soundsEnglish(message: Folded): boolean {
  return (
    !message.accented &&
    !mentions(message, ['em', 'anh', 'xin', 'go']) &&
    mentions(message, ENGLISH)
  );
}

/**
 * The first words to a new person: what the bot does, and what may spare them a case. Says nothing
 * to somebody who was greeted before, or while an agent has the conversation.
 */
export function greet(scene: Scene): void {
  if (scene.conversation.greeted || scene.agentOwns) return;
  scene.conversation.greeted = true;
  scene.say('greeting.hello', undefined, {
    choices: [
      scene.action('tips', 'choice.tipOnTheSpot', 'onTheSpot'),
      scene.action('tips', 'choice.tipOwner', 'owner'),
      scene.action(
        'language',
        'greeting.choice.otherLanguage',
        scene.language === 'vi' ? 'en' : 'vi',
      ),
    ],
  });
  if (!scene.focus) openForm(scene);
  scene.asks = true;
}

/** The person came back: the open question again, or what can be done next. */
export function greetAgain(scene: Scene): void {
  if (scene.focus) scene.say('greeting.again');
  else sayIdle(scene, 'idle.hello');
  scene.asks = true;
}

/** Nothing is being filled: what can be done next. */
export function sayIdle(scene: Scene, key: string): void {
  scene.say(key, undefined, {
    choices: [
      scene.action('start', 'choice.new', 'new'),
      scene.action('status', 'choice.status'),
      scene.action('human', 'choice.human'),
    ],
  });
}
