import { changeOwner, resumeBot, stopWaiting } from '../handoff.ts';
import type { Pattern } from './pattern.ts';

/** The person prefers the bot to an agent, whether one is there or still asked for. */
export const backToBot: Pattern = {
  name: 'bot',
  phrases: [
    'bot',
    'gặp bot',
    'dùng bot',
    'quay lại bot',
    'trợ lý',
    'trợ lý tự động',
    'gặp trợ lý',
    'dùng trợ lý',
    'dùng trợ lý tự động',
    'quay lại trợ lý',
    'không cần nhân viên',
    'không cần gặp nhân viên nữa',
    'assistant',
    'use the assistant',
    'back to the bot',
    'talk to the bot',
    'no human needed',
    'no agent needed',
  ],
  commands: ['bot', 'troly'],
  run(scene) {
    const { owner } = scene.conversation;
    scene.asks = true;
    if (owner.who === 'agent') {
      changeOwner(scene, 'bot');
      stopWaiting(scene);
      resumeBot(scene, 'handoff.backWished');
      return;
    }
    scene.say(owner.who === 'queued' ? 'handoff.notNeeded' : 'handoff.already');
    // Queued is not mute: nothing that was said is stale, and no epoch rises.
    owner.who = 'bot';
  },
};
