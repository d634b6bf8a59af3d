import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import {
  type LinkCodeAnswer,
  LinkCodeAnswerSchema,
  type LinksAnswer,
  LinksAnswerSchema,
  type Messenger,
  TroubleAnswerSchema,
} from '../../channels/web/wire.ts';
import { ask, bodyOf, post } from './api.ts';
import { type Language, useTexts } from './texts.ts';

const PATH = '/api/chat/link';
const NONE: LinksAnswer = { offered: [], linked: [] };

let linked = false;
const listeners = new Set<() => void>();

/** True while a messenger is told what this page does not show. */
export function linkedElsewhere(): boolean {
  return linked;
}

/** Hears that a messenger is linked now. The result ends it. */
export function onLinked(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Asks where else this person can be told, and is; null when no answer came. */
export async function lookForLinks(language: Language): Promise<LinksAnswer | null> {
  const response = await ask(PATH, language, {});
  const answer = LinksAnswerSchema.safeParse(response?.ok ? await bodyOf(response) : null);
  if (!answer.success) return null;
  linked = answer.data.linked.length > 0;
  if (linked) for (const listener of listeners) listener();
  return answer.data;
}

/** Where else this person can be told, and how to arrange it. */
export interface Links extends LinksAnswer {
  /** Opens the dialog with a code. */
  arrange: () => void;
}

export const LinksContext = createContext<Links>({ ...NONE, arrange: () => undefined });

/**
 * Looks where else this person can be told, once the chat is there and whenever `changed` does.
 */
export function useLinks(ready: boolean, changed: unknown): LinksAnswer {
  const { language } = useTexts();
  const [links, setLinks] = useState(NONE);
  useEffect(() => {
    if (ready) void lookForLinks(language).then((answer) => answer && setLinks(answer));
  }, [ready, changed]);
  return links;
}

/** A fresh code, or why there is none: a sentence of the server, or null when no answer came. */
export async function getCode(
  language: Language,
): Promise<LinkCodeAnswer | { refused: string | null }> {
  const response = await post(PATH, language, {});
  const body = response === null ? null : await bodyOf(response);
  const answer = LinkCodeAnswerSchema.safeParse(body);
  if (answer.success) return answer.data;
  const trouble = TroubleAnswerSchema.safeParse(body);
  return { refused: trouble.success ? trouble.data.error.message : null };
}

/** The names of messengers in a row, each once: "Telegram / Zalo". */
export function useChannelNames(channels: readonly Messenger[]): string {
  const { t } = useTexts();
  const names = new Set(channels.map((channel) => t(`link.channel.${channel}`)));
  return [...names].join(t('link.or'));
}

/** Messengers that can be linked and are not. */
export function useOffered(): Messenger[] {
  const { offered, linked: already } = useContext(LinksContext);
  return offered.filter((channel) => !already.includes(channel));
}
