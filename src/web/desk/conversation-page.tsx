import type { Me } from '../../desk/wire.ts';
import { ConversationPanel } from './conversation-panel.tsx';
import { usePageTitle } from './page-title.ts';
import { linkTo } from './route.ts';
import { useTexts } from './texts.ts';

export function ConversationPage(props: { conversationId: string; me: Me }) {
  const { t } = useTexts();
  usePageTitle(t('conversations.title'));
  return (
    <section class="page page-narrow page-tall">
      <a class="back" href={linkTo({ view: 'conversations' })}>
        <span aria-hidden="true">←</span> {t('conversations.title')}
      </a>
      <ConversationPanel conversationId={props.conversationId} me={props.me} headingLevel={1} />
    </section>
  );
}
