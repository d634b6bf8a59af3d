// Shows notifications of the chat while its page is closed. It stands alone, since a worker's file
// has a fixed address and loads nothing else, and it keeps nothing: pages always come from the server.
declare const self: ServiceWorkerGlobalScope;

export type {};

interface Notice {
  title: string;
  body: string;
  language: string;
  tag: string;
}

/** What the server sends (Notice in channels/web/push), whatever of it can be read. */
function noticeOf(data: PushMessageData | null): Notice {
  let sent: unknown = null;
  try {
    sent = data?.json();
  } catch {
    // Browsers take a push away whose notification is not shown: better an empty one.
  }
  const read = (key: keyof Notice, otherwise: string): string => {
    const value = typeof sent === 'object' && sent !== null ? Reflect.get(sent, key) : undefined;
    return typeof value === 'string' ? value : otherwise;
  };
  return {
    title: read('title', 'Hikvision'),
    body: read('body', ''),
    language: read('language', 'vi'),
    tag: read('tag', 'news'),
  };
}

self.addEventListener('push', (event) => {
  const { title, body, language, tag } = noticeOf(event.data);
  const options: NotificationOptions & { renotify: boolean } = {
    body,
    tag,
    lang: language,
    // A newer one under the same tag is heard too.
    renotify: true,
  };
  event.waitUntil(self.registration.showNotification(title, options));
});

async function openChat(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const chat = pages.find((page) => new URL(page.url).pathname === '/');
  if (chat === undefined) await self.clients.openWindow('/');
  else await chat.focus();
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openChat());
});

// A newer worker need not wait for the page of an older one to close.
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
