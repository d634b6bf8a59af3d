import { z } from 'zod';
import type { Store } from '../../../store/contract.ts';

const PersonSchema = z.object({
  /** `84…`; null until it was shared. */
  phone: z.string().nullable(),
  /** When the phone was asked for, which happens once. */
  askedAt: z.number().nullable(),
});
type Person = z.infer<typeof PersonSchema>;

/** What is known of a person beside their conversation: sealed, and gone when they withdraw. */
export class People {
  readonly #store: Pick<Store, 'document' | 'putDocument' | 'dropDocument'>;

  constructor(store: Pick<Store, 'document' | 'putDocument' | 'dropDocument'>) {
    this.#store = store;
  }

  async read(userId: string): Promise<Person> {
    const text = await this.#store.document(nameOf(userId));
    return text === null ? { phone: null, askedAt: null } : PersonSchema.parse(JSON.parse(text));
  }

  async keep(userId: string, change: Partial<Person>): Promise<void> {
    const person = { ...(await this.read(userId)), ...change };
    await this.#store.putDocument(nameOf(userId), JSON.stringify(person), true);
  }

  async forget(userId: string): Promise<void> {
    await this.#store.dropDocument(nameOf(userId));
  }
}

function nameOf(userId: string): string {
  return `zaloOa.person.${userId}`;
}
