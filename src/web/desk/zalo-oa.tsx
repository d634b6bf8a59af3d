import { useState } from 'preact/hooks';
import { ConsentSchema, ZaloOaSchema, type ZaloOaView } from '../../desk/wire/zalo-oa.ts';
import { post } from './api.ts';
import { usePageTitle } from './page-title.ts';
import { Alert, Busy, TroubleBox } from './parts.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

const BACK = ['done', 'declined', 'stale', 'refused', 'noAnswer'] as const;

/** How the Official Account is connected, and the button that connects it. For admins. */
export function ZaloOa({ back }: { back: string }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData('/zalo-oa', ZaloOaSchema, () => false);
  usePageTitle(t('zaloOa.title'));
  const outcome = BACK.find((one) => one === back);
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('zaloOa.title')}</h1>
        <p class="soft">{t('zaloOa.lead')}</p>
      </div>
      {outcome === 'done' && (
        <p role="status" class="good">
          {t('zaloOa.back.done')}
        </p>
      )}
      {outcome && outcome !== 'done' && <TroubleBox text={t(`zaloOa.back.${outcome}`)} />}
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data && <Standing view={data} />}
    </section>
  );
}

function Standing({ view }: { view: ZaloOaView }) {
  const { t, language } = useTexts();
  if (!view.configured) return <p class="card empty">{t('zaloOa.notConfigured')}</p>;
  const { state, oaId, endsAt, accessEndsAt } = view;
  return (
    <div class="card panel">
      <p>
        <strong>{t(`zaloOa.${state}`)}</strong>
      </p>
      {oaId && <p class="soft">{t('zaloOa.account', { id: oaId })}</p>}
      {endsAt !== null && state !== 'refused' && (
        <p class="soft">{t('zaloOa.endsAt', { time: timeText(language, endsAt) })}</p>
      )}
      {accessEndsAt !== null && state === 'refused' && (
        <p class="soft">{t('zaloOa.accessEndsAt', { time: timeText(language, accessEndsAt) })}</p>
      )}
      <Connect view={view} />
    </div>
  );
}

function Connect({ view }: { view: ZaloOaView }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [leaving, setLeaving] = useState(false);
  if (!view.canConnect) return <p>{t('zaloOa.noPublicUrl')}</p>;
  const connect = () =>
    run(async () => {
      const { url } = await post('/zalo-oa/connect', {}, ConsentSchema);
      setLeaving(true);
      location.assign(url);
    });
  return (
    <>
      <div class="row">
        <button type="button" class="primary" disabled={busy || leaving} onClick={connect}>
          {t(view.state === 'notConnected' ? 'zaloOa.connect' : 'zaloOa.again')}
        </button>
      </div>
      <Alert text={trouble} />
    </>
  );
}
