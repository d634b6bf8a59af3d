import * as z from 'zod/mini';

const KEY = 'chat.unsent';
const UnsentSchema = z.array(
  z.object({ id: z.uuid(), at: z.int(), text: z.string().check(z.minLength(1)) }),
);
type Unsent = z.infer<typeof UnsentSchema>;

/** Texts that the server has not confirmed yet; they outlive the page. */
export function unsent(): Unsent {
  try {
    const read = UnsentSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

export function keepUnsent(one: Unsent[number]): void {
  write([...unsent().filter((other) => other.id !== one.id), one]);
}

export function forgetUnsent(id: string): void {
  write(unsent().filter((one) => one.id !== id));
}

function write(all: Unsent): void {
  try {
    if (all.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Storage is blocked or full: the text then lives as long as the page.
  }
}
