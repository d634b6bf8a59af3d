import { useEffect, useState } from 'preact/hooks';

export const INBOX_TABS = ['queue', 'mine', 'all', 'closed'] as const;
export type InboxTab = (typeof INBOX_TABS)[number];

/** Views are in the fragment: the server sees one address, and no id of a case reaches its log. */
export type Route =
  | { view: 'cases'; show: 'open' | 'closed' }
  | { view: 'case'; id: string }
  | { view: 'conversations'; tab: InboxTab }
  | { view: 'conversation'; id: string }
  | { view: 'figures' }
  | { view: 'verifications' }
  | { view: 'people' }
  | { view: 'office' }
  | { view: 'tokens' }
  | { view: 'audit' }
  /** `back`: how the consent ended from which the admin comes back; '' otherwise. */
  | { view: 'zaloOa'; back: string };

function read(): Route {
  const [view = '', id = ''] = location.hash.replace(/^#\/?/, '').split('/');
  const known = decode(id);
  if (view === 'case' && known !== '') return { view, id: known };
  if (view === 'conversation' && known !== '') return { view, id: known };
  if (view === 'conversations') return { view, tab: INBOX_TABS.find((tab) => tab === id) ?? 'all' };
  if (view === 'figures' || view === 'people' || view === 'office' || view === 'audit')
    return { view };
  if (view === 'verifications' || view === 'tokens') return { view };
  if (view === 'zalo') return { view: 'zaloOa', back: known };
  return { view: 'cases', show: id === 'closed' ? 'closed' : 'open' };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The fragment of a view, for links. */
export function linkTo(route: Route): string {
  if (route.view === 'cases') return `#/cases/${route.show}`;
  if (route.view === 'zaloOa') return '#/zalo';
  if (route.view === 'conversations') return `#/conversations/${route.tab}`;
  return 'id' in route ? `#/${route.view}/${encodeURIComponent(route.id)}` : `#/${route.view}`;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = () => setRoute(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}
