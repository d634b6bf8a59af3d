import { useState } from 'preact/hooks';
import type { Me } from '../../desk/wire/people.ts';
import { COMPANY_SLOTS, type VerificationView } from '../../desk/wire/verification.ts';
import { act, Trouble } from './api.ts';
import { Fact } from './case-facts.tsx';
import { Alert, Dialog, Field } from './parts.tsx';
import { PhotoViewer } from './photo-viewer.tsx';
import { linkTo } from './route.ts';
import { useShortcut } from './shortcuts.ts';
import { useTexts } from './texts.ts';
import { Thumb } from './thumb.tsx';
import { timeText } from './times.ts';
import { useAct } from './use-act.ts';

type Send = (body: Record<string, unknown>) => Promise<void>;

interface VerificationProps {
  view: VerificationView;
  me: Me;
  decided: (status: 'approved' | 'refused') => void;
  /** Somebody else was first. */
  outdated: () => void;
  /** Of the heading. */
  level?: 2 | 3;
  /** Shown in its conversation. */
  inChat?: boolean;
  /** Decided by the keys, too. */
  byKeys?: boolean;
}

/** What a company says of itself, and what is made of it. */
export function Verification({
  view,
  me,
  decided,
  outdated,
  level = 2,
  inChat = false,
  byKeys = false,
}: VerificationProps) {
  const { t, language } = useTexts();
  const { busy, trouble, run } = useAct();
  const [refusing, setRefusing] = useState(false);
  const [opened, setOpened] = useState<number | null>(null);
  const [sure, setSure] = useState(false);
  const viewer = me.agent.role === 'viewer';
  const mayDecide = view.decidedHere && !viewer;
  useShortcut('approve', byKeys && mayDecide ? () => setSure(true) : null);
  useShortcut('refuse', byKeys && mayDecide ? () => setRefusing(true) : null);
  const Heading = level === 2 ? 'h2' : 'h3';
  const Part = level === 2 ? 'h3' : 'h4';
  const { applicationId, conversationId, company, blobIds } = view;
  const send = async (status: 'approved' | 'refused', more: Record<string, unknown> = {}) => {
    try {
      await act(`/verifications/${encodeURIComponent(applicationId)}/decision`, {
        status,
        ...more,
      });
    } catch (error) {
      if (error instanceof Trouble && error.code === 'changedMeanwhile') outdated();
      throw error;
    }
    setRefusing(false);
    setSure(false);
    decided(status);
  };
  return (
    <article class="card" aria-label={company}>
      <Heading>{company}</Heading>
      <dl class="facts">
        <Fact label={t('verifications.taxCode')}>
          <code>{view.taxCode}</code>
        </Fact>
        <Fact label={t('verifications.phone')}>
          <a href={`tel:${view.phone}`}>{view.phone}</a>
        </Fact>
        <Fact label={t('verifications.sent')}>
          {timeText(language, view.submittedAt)} · {t(`channel.${view.channel}`)}
        </Fact>
      </dl>
      <Part>{t('verifications.licence')}</Part>
      <ol class="photos">
        {blobIds.map((blobId, index) => (
          <li key={blobId} class="photo">
            <Thumb
              conversationId={conversationId}
              blobId={blobId}
              n={index + 1}
              open={() => setOpened(index)}
            />
          </li>
        ))}
      </ol>
      {!inChat && (
        <p>
          <a href={linkTo({ view: 'conversation', id: conversationId })}>
            {t('verifications.conversation')}
          </a>
        </p>
      )}
      {!view.decidedHere && <p class="soft">{t('verifications.elsewhere')}</p>}
      {view.decidedHere && viewer && <p class="soft">{t('case.viewer')}</p>}
      {mayDecide && (
        <>
          <p class="soft">{t('verifications.check')}</p>
          <div class="row">
            <button
              type="button"
              class="good-button"
              disabled={busy}
              onClick={() => run(() => send('approved'))}
            >
              {t('verifications.approve')}
            </button>
            <button type="button" class="bad-button" onClick={() => setRefusing(true)}>
              {t('verifications.refuse')}
            </button>
          </div>
        </>
      )}
      <Alert text={trouble} />
      {sure && (
        <Dialog title={t('verifications.approveTitle', { company })} close={() => setSure(false)}>
          <p>{t('verifications.check')}</p>
          <Alert text={trouble} />
          <div class="dialog-buttons">
            <button type="button" onClick={() => setSure(false)}>
              {t('common.back')}
            </button>
            <button
              type="button"
              class="good-button"
              disabled={busy}
              onClick={() => run(() => send('approved'))}
            >
              {t('verifications.approve')}
            </button>
          </div>
        </Dialog>
      )}
      {refusing && (
        <RefuseDialog
          company={company}
          send={(body) => send('refused', body)}
          close={() => setRefusing(false)}
        />
      )}
      {opened !== null && (
        <PhotoViewer
          conversationId={conversationId}
          photos={blobIds.map((blobId) => ({ blobId, frames: [] }))}
          first={opened}
          close={() => setOpened(null)}
        />
      )}
    </article>
  );
}

/** Why, in words for the installer, and what has to be filled in again. */
function RefuseDialog({
  company,
  send,
  close,
}: {
  company: string;
  send: Send;
  close: () => void;
}) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [reason, setReason] = useState('');
  const [reopen, setReopen] = useState<string[]>([]);
  return (
    <Dialog title={t('verifications.refuseTitle', { company })} close={close}>
      <Field label={t('verifications.reason')}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={500}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
      <fieldset class="ticks">
        <legend>{t('verifications.reopen')}</legend>
        {COMPANY_SLOTS.map((slot) => (
          <label key={slot} class="tick">
            <input
              type="checkbox"
              checked={reopen.includes(slot)}
              onChange={({ currentTarget: { checked } }) =>
                setReopen((before) => {
                  const others = before.filter((other) => other !== slot);
                  return checked ? [...others, slot] : others;
                })
              }
            />
            {t(`verifications.${slot}`)}
          </label>
        ))}
      </fieldset>
      <Alert text={trouble} />
      <div class="dialog-buttons">
        <button type="button" onClick={close}>
          {t('common.back')}
        </button>
        <button
          type="button"
          class="bad-button"
          disabled={busy}
          onClick={() => run(() => send({ reason, reopen }))}
        >
          {busy ? t('common.sending') : t('verifications.refuse')}
        </button>
      </div>
    </Dialog>
  );
}
