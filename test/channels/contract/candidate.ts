import type { House } from './house.ts';

/** What a platform can give. What it declares here is tested; what it denies is not asked of it. */
export interface Gives {
  /** Delivers again what it is not sure was taken. */
  redelivers: boolean;
  /** What comes in carries a proof of where it comes from. */
  signed: boolean;
  /** The channel sends to the platform, which may refuse, stumble, or be blocked by the person. */
  sends: boolean;
  buttons: boolean;
  /** Photos, albums and files. */
  files: boolean;
  /** People edit their messages. */
  edits: boolean;
  /** Kinds of messages that the assistant cannot use: voice, stickers, ... */
  otherKinds: boolean;
  /** Photos of agents. */
  photosOut?: boolean;
  /** How files of agents come: by themselves, or by a link in a text. */
  agentFiles?: 'shown' | 'linked';
  /** What it calls the person who joins, where it tells. */
  personName?: string;
}

/** How the platform treats the next message to one person. */
export type Mishap = 'tooFast' | 'tooFastNoTime' | 'serverError' | 'answerLost' | 'blocked';

/** Somebody on the platform. */
export interface Client {
  /** Resolves when the platform has the message; the assistant may not have it yet. */
  writes(text: string): Promise<void>;
  /** Texts of the assistant that stand in the chat, oldest first. */
  sees(): Promise<string[]>;
  /** Presses a button that stands, or stood, in the chat. */
  presses(label: string): Promise<void>;
  sendsAlbum(pictures: readonly Uint8Array[]): Promise<void>;
  sendsFile(name: string, bytes: Uint8Array): Promise<void>;
  /** A photo beyond what is taken. */
  sendsHugePhoto(): Promise<void>;
  sendsOtherKind(): Promise<void>;
  /** Changes their last message. */
  edits(text: string): Promise<void>;
  /** Files that stand in the chat, as text; where they come by themselves. */
  files?(): Promise<string[]>;
  /** Takes back that they blocked the assistant. */
  unblocks(): Promise<void>;
}

/** A platform with a house behind it. */
export interface Stage {
  house: House;
  join(language: 'vi' | 'en'): Promise<Client>;
  /** Delivers what the person did last once more. */
  redeliver(client: Client): Promise<void>;
  /** Delivers two texts of a person the wrong way round. */
  deliverReordered(client: Client, first: string, second: string): Promise<void>;
  /** Delivers something with a wrong proof; answers whether it was refused. */
  forge(): Promise<boolean>;
  mishap(client: Client, mishap: Mishap): void;
  /** What must never be logged: a token, a cookie. */
  secret: string;
  end(): Promise<void>;
}

export interface Candidate {
  name: string;
  gives: Gives;
  build(): Promise<Stage>;
}

/** What a platform answers that cannot do this. */
export function cannot(): never {
  throw new Error('This platform cannot do that; it must not be asked.');
}
