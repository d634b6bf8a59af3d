const KEPT = 'desk.alerts';

/** Whether this browser alerts its agent by a sound and, where it may, by a notification. */
export function alertsOn(): boolean {
  try {
    return localStorage.getItem(KEPT) === 'on';
  } catch {
    return false;
  }
}

/** Turns alerts on or off. @returns whether the browser shows notifications, too */
export async function setAlerts(on: boolean): Promise<boolean> {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
  } catch {
    // Storage is blocked: the choice cannot be kept.
  }
  if (!on || !('Notification' in window)) return false;
  if (Notification.permission === 'granted') return true;
  return (await Notification.requestPermission()) === 'granted';
}

let sound: AudioContext | null = null;

/** Two short tones; a browser that forbids sound before a click stays silent. */
function chime(): void {
  sound ??= new AudioContext();
  const { currentTime, destination } = sound;
  for (const [nth, pitch] of [660, 880].entries()) {
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    const from = currentTime + nth * 0.15;
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.1, from);
    loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.14);
    tone.connect(loudness).connect(destination);
    tone.start(from);
    tone.stop(from + 0.15);
  }
}

/** Alerts the agent, with a notification when another page is in front. It quotes nobody. */
export function alertAgent(sentence: string): void {
  if (!alertsOn()) return;
  try {
    chime();
    if (document.hidden && 'Notification' in window && Notification.permission === 'granted') {
      new Notification(document.title, { body: sentence, tag: 'desk' });
    }
  } catch {
    // Some browsers have notifications for service workers only; the sentence stands in the page.
  }
}
