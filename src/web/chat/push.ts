import { PushAnswerSchema } from '../../channels/web/wire.ts';
import { ask, bodyOf, post } from './api.ts';
import type { Language } from './texts.ts';

/** Whether this browser is told of news while the page is closed, and whether it could be. */
export type PushState = 'unsupported' | 'off' | 'on' | 'denied' | 'failed';

const WORKER = '/sw.js';
const PATH = '/api/chat/push';

/** Browsers offer notifications to https pages only, iPhones only to pages on the home screen. */
function supported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

let on = false;

/** True while the server would notify this browser. */
export function notified(): boolean {
  return on;
}

/** Looks whether notifications are on, and tells the server again: its chat may be a new one. */
export async function pushState(language: Language): Promise<PushState> {
  if (!supported()) return 'unsupported';
  if (Notification.permission !== 'granted') return 'off';
  try {
    const worker = await navigator.serviceWorker.getRegistration(WORKER);
    const subscription = await worker?.pushManager.getSubscription();
    on =
      subscription !== null && subscription !== undefined && (await tell(subscription, language));
    return on ? 'on' : 'off';
  } catch {
    return 'off';
  }
}

/** Asks the person, then the push service, then the server. To be called by a press only. */
export async function turnOn(language: Language): Promise<PushState> {
  try {
    if ((await Notification.requestPermission()) !== 'granted') return 'denied';
    const answer = await ask(PATH, language, {});
    const known = PushAnswerSchema.safeParse(answer?.ok ? await bodyOf(answer) : null);
    if (!known.success) return 'failed';
    await navigator.serviceWorker.register(WORKER);
    const { pushManager } = await navigator.serviceWorker.ready;
    // One made with other keys takes nothing from this server, and stands in the way of a new one.
    const old = await pushManager.getSubscription();
    await old?.unsubscribe();
    const applicationServerKey = known.data.publicKey;
    const subscription = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey,
    });
    on = await tell(subscription, language);
    return on ? 'on' : 'failed';
  } catch {
    return 'failed';
  }
}

export async function turnOff(language: Language): Promise<PushState> {
  on = false;
  try {
    const worker = await navigator.serviceWorker.getRegistration(WORKER);
    const subscription = await worker?.pushManager.getSubscription();
    if (subscription) await post(`${PATH}/end`, language, { endpoint: subscription.endpoint });
    await subscription?.unsubscribe();
  } catch {
    // A subscription that is gone already is what was wanted.
  }
  return 'off';
}

async function tell(subscription: PushSubscription, language: Language): Promise<boolean> {
  const { endpoint, keys } = subscription.toJSON();
  const response = await post(PATH, language, { endpoint, keys });
  return response?.ok ?? false;
}
