/** A framework that holds the dialogue of dialogue.ts. */
export interface Peer {
  /** Answers with what the bot said to this message, once it would survive as its store promises. */
  say(chat: number, text: string): Promise<string>;
  close?(): Promise<void>;
}

/** Values by key, as every framework wants them from its storage. */
export interface KeyValue {
  read(key: string): string | undefined | Promise<string | undefined>;
  write(key: string, value: string): void | Promise<void>;
  delete(key: string): void | Promise<void>;
}
