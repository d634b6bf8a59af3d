import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** One key each; what they do is told by `shortcuts.<name>` in locales/<language>/shortcuts.json. */
export const KEYS = {
  next: 'j',
  previous: 'k',
  take: 't',
  handBack: 'b',
  write: 'r',
  canned: 'm',
  search: '/',
  approve: 'a',
  refuse: 'x',
  help: '?',
} as const;
export type Shortcut = keyof typeof KEYS;

/** Of what is shown now; the one that came last hears the key. */
const handlers = new Map<Shortcut, (() => void)[]>();
const KEPT = 'desk.shortcuts';

/** Single keys can get in the way of speech input, so that people may switch them off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
}

export function switchShortcuts(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
  } catch {
    // Storage is blocked or full: they stay as they are.
  }
}

/** Does something at a key while the component is shown; null: not now. */
export function useShortcut(name: Shortcut, act: (() => void) | null): void {
  const latest = useRef(act);
  latest.current = act;
  const there = act !== null;
  // Before the page is painted: what an agent sees can already be asked for by its key.
  useLayoutEffect(() => {
    if (!there) return;
    const call = () => latest.current?.();
    handlers.set(name, [...(handlers.get(name) ?? []), call]);
    return () => {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((one) => one !== call),
      );
    };
  }, [name, there]);
}

/** Listens to the keys of the whole page. */
export function useShortcutKeys(): void {
  useEffect(() => {
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || !areShortcutsOn()) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog[open]')) return;
  const { target } = event;
  if (isWriting(target)) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  const key = event.key.toLowerCase();
  const name = (Object.keys(KEYS) as Shortcut[]).find((one) => KEYS[one] === key);
  if (!name || (event.repeat && name !== 'next' && name !== 'previous')) return;
  const act = handlers.get(name)?.at(-1);
  if (!act) return;
  event.preventDefault();
  act();
}

/** Where keys are letters, or choose. */
function isWriting(target: EventTarget | null): target is HTMLElement {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}
