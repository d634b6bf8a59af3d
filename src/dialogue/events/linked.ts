import type { EventOf } from '../event.ts';
import { channelLine } from '../linking.ts';
import type { Scene } from '../scene.ts';
import { isLasting } from '../token.ts';

/** The other side of a link is told, so that nobody is linked to unknowingly. */
export function onAccountLinked(scene: Scene, { what, other }: EventOf<'accountLinked'>): void {
  scene.push({
    key: `link.told.${what}`,
    lines: [channelLine('link.with', other)],
    ...(what === 'joined' ? { choices: [scene.action('unlink', 'link.choice.undo')] } : {}),
  });
}

/**
 * News of a case of another conversation. Buttons of a form stay where the form is: what they would
 * answer is answered there.
 */
export function onNewsPassedOn(scene: Scene, event: EventOf<'newsPassedOn'>): void {
  const { choices = [], lines = [], ...reply } = event.reply;
  const lasting = choices.filter(({ token }) => isLasting(token));
  const answerable = lasting.length < choices.length;
  const first = event.tried.length === 1;
  scene.push({
    ...reply,
    lines: [
      ...lines,
      ...(first ? [channelLine('link.from', event.from)] : []),
      ...(first && answerable ? [channelLine('link.answerAt', event.from)] : []),
    ],
    ...(lasting.length > 0 ? { choices: lasting } : {}),
    tried: event.tried,
  });
}
