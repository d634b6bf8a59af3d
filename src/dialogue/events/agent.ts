import type { EventOf } from '../event.ts';
import { changeOwner, resumeBot, stopWaiting } from '../handoff.ts';
import type { Scene } from '../scene.ts';

/** An agent took the conversation, wrote in it, or gave it back. Each change raises the epoch. */
export function onAgentActed(scene: Scene, event: EventOf<'agentActed'>): void {
  const { owner } = scene.conversation;
  const holder = owner.who === 'agent' ? owner.agentId : null;
  if (event.act === 'takeOver') {
    // Claimed from somebody who has it no more: of two agents at a time, the slower one loses.
    if (holder !== event.agentId && holder === (event.from ?? null)) takeOver(scene, event);
    return;
  }
  if (holder !== event.agentId) return;
  if (event.act === 'handBack') {
    changeOwner(scene, 'bot');
    stopWaiting(scene);
    resumeBot(scene, 'handoff.back');
  } else if (event.text || event.photo || event.file) {
    stopWaiting(scene);
    const { text = '', photo, file } = event;
    scene.effects.push({
      kind: 'send',
      push: false,
      reply: { key: 'handoff.words', params: { words: text } },
      agent: {
        name: event.agentName,
        text,
        ...(photo === undefined ? {} : { photo }),
        ...(file === undefined ? {} : { file }),
      },
    });
  }
}

function takeOver(scene: Scene, event: EventOf<'agentActed'>): void {
  scene.push({
    key: 'handoff.taken',
    params: { agent: event.agentName },
    choices: [scene.action('bot', 'choice.bot')],
  });
  changeOwner(scene, 'agent', event);
}
