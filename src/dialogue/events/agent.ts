import type { EventOf } from '../event.ts';
import type { Scene } from '../scene.ts';

/** An agent took the conversation, wrote in it, or gave it back. Each change raises the epoch. */
export function onAgentActed(scene: Scene, event: EventOf<'agentActed'>): void {
  const { owner } = scene.conversation;
  switch (event.act) {
    case 'takeOver':
      if (owner.who === 'agent' && owner.agentId === event.agentId) return;
      scene.push({ key: 'handoff.taken', params: { agent: event.agentName } });
      owner.who = 'agent';
      owner.agentId = event.agentId;
      owner.agentName = event.agentName;
      owner.epoch += 1;
      return;
    case 'handBack':
      if (owner.who !== 'agent' || owner.agentId !== event.agentId) return;
      owner.who = 'bot';
      owner.agentId = null;
      owner.agentName = null;
      owner.epoch += 1;
      scene.conversation.suggestions = [];
      scene.push({ key: 'handoff.back' });
      scene.asks = true;
      return;
    case 'say':
      if (owner.who !== 'agent' || owner.agentId !== event.agentId || !event.text) return;
      scene.effects.push({
        kind: 'send',
        push: false,
        reply: { key: 'handoff.words', params: { words: event.text } },
        agent: { name: event.agentName, text: event.text },
      });
  }
}
