import type { Me } from '../../desk/wire/people.ts';
import { ConversationPanel } from './conversation-panel.tsx';
import { useNeighbours } from './neighbours.ts';
import { Notes } from './notes.tsx';
import { usePageTitle } from './page-title.ts';
import { linkTo } from './route.ts';
import { Slots } from './slots.tsx';
import { useTexts } from './texts.ts';
import type { Watch } from './use-watch.ts';

export function ConversationPage(props: { conversationId: string; me: Me; watch: Watch }) {
  const { t } = useTexts();
  const { rows } = props.watch.inbox;
  useNeighbours(props.conversationId, rows?.map((row) => row.conversationId) ?? []);
  usePageTitle(t('conversations.title'));
  return (
    <section class="page page-tall">
      <a class="back" href={linkTo({ view: 'conversations', tab: 'all' })}>
        <span aria-hidden="true">←</span> {t('conversations.title')}
      </a>
      <div class="inbox-columns">
        <ConversationPanel conversationId={props.conversationId} me={props.me} headingLevel={1} />
        <aside class="inbox-side">
          <Slots conversationId={props.conversationId} me={props.me} />
          <Notes conversationId={props.conversationId} me={props.me} />
        </aside>
      </div>
    </section>
  );
}
