import type { Language } from '../../../dialogue/event.ts';
import type { Rendered } from '../../../words/words.ts';
import { splitText } from '../../split-text.ts';
import { numbered } from '../numbered.ts';
import { zaloTexts } from '../texts.ts';
import type { Choices } from './choices.ts';

/** Characters of a text, of a button's title, and buttons of a message; more is refused. */
const MOST_TEXT = 2_000;
const MOST_TITLE = 100;
const MOST_BUTTONS = 5;

/** The `message` of a request. */
export type OaMessage = Record<string, unknown>;

/** How a message is written for one person. */
export interface Writing {
  userId: string;
  language: Language;
  choices: Choices;
  /** `template_type` of messages with buttons; null = none, as most who run against Zalo do it. */
  buttonTemplate: string | null;
  /** Who writes, when it is no bot. */
  agentName: string | null;
}

/** A reply as messages, the buttons under the last one. */
export function messagesOf(shown: Rendered, writing: Writing): OaMessage[] {
  const { language, agentName } = writing;
  const buttons = shown.choices.length <= MOST_BUTTONS ? buttonsOf(shown.choices, writing) : [];
  const parts = [
    agentName === null ? shown.text : `${agentName}:\n${shown.text}`,
    ...(shown.choices.length > buttons.length ? [numbered(shown.choices, language)] : []),
    ...(shown.step ? [`(${zaloTexts.t('step', { lng: language, ...shown.step })})`] : []),
  ];
  // Composed, Vietnamese is a quarter shorter, and Zalo counts characters.
  const pieces = splitText(parts.join('\n\n').normalize('NFC'), MOST_TEXT);
  return pieces.map((text, index) => {
    if (buttons.length === 0 || index < pieces.length - 1) return { text };
    const { buttonTemplate } = writing;
    const template = buttonTemplate === null ? {} : { template_type: buttonTemplate };
    return { text, attachment: { type: 'template', payload: { ...template, buttons } } };
  });
}

function buttonsOf(choices: Rendered['choices'], { userId, choices: signer }: Writing) {
  return choices.map(({ token, label }) => ({
    title: label.normalize('NFC').slice(0, MOST_TITLE),
    // Hidden: what stands in the chat is the label, not the payload.
    type: 'oa.query.hide',
    payload: signer.payloadOf(userId, token),
  }));
}

/** An uploaded picture with its description. */
export function pictureMessage(attachmentId: string, description: string): OaMessage {
  const elements = [{ media_type: 'image', attachment_id: attachmentId }];
  return {
    text: description.normalize('NFC').slice(0, MOST_TEXT),
    attachment: { type: 'template', payload: { template_type: 'media', elements } },
  };
}

/** An uploaded file; its name and whose it is are said before. */
export function fileMessage(token: string): OaMessage {
  return { attachment: { type: 'file', payload: { token } } };
}

/** The wish for a phone number: Zalo shows a form, and `user_submit_info` brings the answer. */
export function phoneWish(language: Language, imageUrl: string | null): OaMessage {
  const element = {
    title: zaloTexts.t('phone.title', { lng: language }),
    subtitle: zaloTexts.t('phone.subtitle', { lng: language }),
    ...(imageUrl === null ? {} : { image_url: imageUrl }),
  };
  const payload = { template_type: 'request_user_info', elements: [element] };
  return { attachment: { type: 'template', payload } };
}
