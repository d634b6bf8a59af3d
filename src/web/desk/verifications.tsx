import { useState } from 'preact/hooks';
import {
  COMPANY_SLOTS,
  VerificationsSchema,
  type VerificationView,
} from '../../desk/verification-wire.ts';
import type { Me } from '../../desk/wire.ts';
import { act, Trouble } from './api.ts';
import { Fact } from './case-facts.tsx';
import { usePageTitle } from './page-title.ts';
import { Alert, Busy, Dialog, Field, TroubleBox } from './parts.tsx';
import { PhotoViewer } from './photo-viewer.tsx';
import { linkTo } from './route.ts';
import { useTexts } from './texts.ts';
import { Thumb } from './thumb.tsx';
import { timeText } from './times.ts';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

type Send = (body: Record<string, unknown>) => Promise<void>;

/** Companies that wait to be verified, oldest first. */
export function Verifications({ me }: { me: Me }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData('/verifications', VerificationsSchema);
  const [said, setSaid] = useState('');
  usePageTitle(t('verifications.title'));
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('verifications.title')}</h1>
        <span role="status" class="good">
          {said}
        </span>
      </div>
      <p class="soft">{t('verifications.lead')}</p>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data?.verifications.length === 0 && <p class="quiet">{t('verifications.empty')}</p>}
      {data?.verifications.map((view) => (
        <Verification
          key={view.applicationId}
          view={view}
          me={me}
          decided={(status) => {
            setSaid(t(`verifications.${status}`, { company: view.company }));
            reload();
          }}
          outdated={reload}
        />
      ))}
    </section>
  );
}

interface VerificationProps {
  view: VerificationView;
  me: Me;
  decided: (status: 'approved' | 'refused') => void;
  /** Somebody else was first. */
  outdated: () => void;
}

function Verification({ view, me, decided, outdated }: VerificationProps) {
  const { t, language } = useTexts();
  const { busy, trouble, run } = useAct();
  const [refusing, setRefusing] = useState(false);
  const [opened, setOpened] = useState<number | null>(null);
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
    decided(status);
  };
  return (
    <article class="card" aria-label={company}>
      <h2>{company}</h2>
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
      <h3>{t('verifications.licence')}</h3>
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
      <p>
        <a href={linkTo({ view: 'conversation', id: conversationId })}>
          {t('verifications.conversation')}
        </a>
      </p>
      {!view.decidedHere && <p class="soft">{t('verifications.elsewhere')}</p>}
      {view.decidedHere && me.agent.role === 'viewer' && <p class="soft">{t('case.viewer')}</p>}
      {view.decidedHere && me.agent.role !== 'viewer' && (
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
