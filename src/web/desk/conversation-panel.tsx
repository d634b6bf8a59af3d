import { useState } from 'preact/hooks';
import { type ConversationView, OneConversationSchema } from '../../desk/wire/conversations.ts';
import type { Me } from '../../desk/wire/people.ts';
import { act } from './api.ts';
import { OwnerChip } from './chips.tsx';
import { Composer } from './composer.tsx';
import { ExportButton } from './export-button.tsx';
import { useTyping, useWriter } from './live.ts';
import { Alert, Dialog, TroubleBox } from './parts.tsx';
import { useShortcut } from './shortcuts.ts';
import { Suggestions } from './suggestions.tsx';
import { useTexts } from './texts.ts';
import { Transcript } from './transcript.tsx';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';
import { Verification } from './verification-card.tsx';

/** A conversation with what an agent may do in it: take over, write, hand back, verify. */
export function ConversationPanel(props: { conversationId: string; me: Me; headingLevel: 1 | 2 }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const path = `/conversations/${encodeURIComponent(props.conversationId)}`;
  const { data, trouble, reload } = useData(
    path,
    OneConversationSchema,
    (changed) => changed === props.conversationId,
  );
  const [said, setSaid] = useState('');
  const writer = useWriter(props.conversationId, props.me.agent.agentId);
  const typing = useTyping(props.conversationId);
  const Heading = props.headingLevel === 1 ? 'h1' : 'h2';
  const conversation = data?.conversation;
  return (
    <section class="card panel" aria-labelledby="conversation">
      <div class="panel-head">
        <Heading id="conversation">
          {conversation
            ? t('conversations.of', {
                name: conversation.accountName ?? t('conversations.someone'),
              })
            : t('conversations.title')}
        </Heading>
        {conversation && <OwnerChip owner={conversation.owner} me={props.me.agent} />}
      </div>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {conversation && props.me.agent.role !== 'viewer' && (
        <Acts
          conversation={conversation}
          me={props.me}
          path={path}
          reload={reload}
          applied={data.verifications.length > 0}
        />
      )}
      {said !== '' && (
        <p class="good" role="status">
          {said}
        </p>
      )}
      {data?.verifications.map((view) => (
        <Verification
          key={view.applicationId}
          view={view}
          me={props.me}
          decided={(status) => {
            setSaid(t(`verifications.${status}`, { company: view.company }));
            reload();
          }}
          outdated={reload}
          level={props.headingLevel === 1 ? 2 : 3}
          inChat
          byKeys={props.headingLevel === 1}
        />
      ))}
      {data && (
        <Suggestions
          suggestions={data.suggestions}
          headingLevel={props.headingLevel === 1 ? 2 : 3}
        />
      )}
      <Transcript
        conversationId={props.conversationId}
        underAgent={conversation?.owner.who === 'agent'}
      />
      {typing && (
        <p class="soft small" role="status">
          {t('inbox.typing')}
        </p>
      )}
      {writer !== null && (
        <p class="soft small" role="status">
          {t('inbox.writing', { name: writer })}
        </p>
      )}
      {conversation && props.me.agent.role !== 'viewer' && (
        <Composer
          path={path}
          mine={isMine(conversation, props.me)}
          fills={{
            agent: props.me.agent.name,
            serial: data?.forms[0]?.slots.find(({ slot }) => slot === 'serial')?.value ?? '',
            name: conversation.accountName ?? '',
          }}
          language={conversation.language}
        />
      )}
    </section>
  );
}

function isMine({ owner }: ConversationView, me: Me): boolean {
  return owner.who === 'agent' && owner.agentId === me.agent.agentId;
}

function Acts(props: {
  conversation: ConversationView;
  me: Me;
  path: string;
  reload: () => void;
  /** An application waits, by which the account is verified. */
  applied: boolean;
}) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const { conversation, me, path } = props;
  const { owner, accountVerified } = conversation;
  const mine = isMine(conversation, me);
  const send = (what: string, body?: unknown) =>
    run(async () => {
      await act(`${path}/${what}`, body);
      props.reload();
    });
  const another = owner.who === 'agent' && !mine;
  const [asking, setAsking] = useState(false);
  const takeOver = () => {
    setAsking(false);
    void send('take-over', { from: another ? owner.agentId : null });
  };
  useShortcut('take', mine ? null : another ? () => setAsking(true) : takeOver);
  useShortcut('handBack', mine ? () => void send('hand-back') : null);
  return (
    <div class="panel-acts">
      <div class="row">
        {!mine && (
          <button
            type="button"
            class="primary"
            disabled={busy}
            onClick={another ? () => setAsking(true) : takeOver}
          >
            {t('conversations.takeOver')}
          </button>
        )}
        {mine && (
          <button type="button" disabled={busy} onClick={() => send('hand-back')}>
            {t('conversations.handBack')}
          </button>
        )}
        {!props.applied && (
          <button
            type="button"
            disabled={busy}
            onClick={() => send('verified', { verified: !accountVerified })}
          >
            {t(accountVerified ? 'conversations.unverify' : 'conversations.verify')}
          </button>
        )}
        <ExportButton path={path} me={me} />
      </div>
      <Alert text={trouble} />
      {asking && (
        <Dialog
          title={t('conversations.takeTitle', { name: owner.agentName ?? '' })}
          close={() => setAsking(false)}
        >
          <p>{t('conversations.takeFrom', { name: owner.agentName ?? '' })}</p>
          <div class="dialog-buttons">
            <button type="button" onClick={() => setAsking(false)}>
              {t('common.back')}
            </button>
            <button type="button" class="primary" onClick={takeOver}>
              {t('conversations.takeOver')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
