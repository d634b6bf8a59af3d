import { randomInt } from 'node:crypto';

/** A button as the person's app shows it. */
export interface Button {
  title: string;
  payload: string;
}

/** A message of the account as it stands in the person's chat. */
export interface Shown {
  id: string;
  text: string;
  buttons: Button[];
  picture: boolean;
  /** `request_user_info`: the form that asks for a phone number. */
  asksPhone: boolean;
  /** A template by id or by phone; its parameters. */
  template: Record<string, string> | null;
}

/** Somebody on Zalo, as Zalo's book has them. */
export class Person {
  /** Beyond what a number holds exactly, as the real ones are. */
  readonly id = `24684588${randomInt(1e10, 9e10)}`;
  readonly idByApp = `55217727${randomInt(1e10, 9e10)}`;
  readonly phone = `849${randomInt(1e7, 9e7)}`;
  /** As their profile says. */
  name = 'Minh Trần';
  /** Files of the account, as text. */
  readonly files: string[] = [];
  readonly messages: Shown[] = [];
  /** Epoch ms. */
  lastInteraction: number;
  follows = true;
  /** The code that every message to them is refused with; 0 = none. */
  refusedWith = 0;

  constructor(now: number) {
    this.lastInteraction = now;
  }
}
