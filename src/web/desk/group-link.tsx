import { useState } from 'preact/hooks';
import { GroupCodeSchema, type GroupCodeView, GroupSchema } from '../../desk/wire/people.ts';
import { act, post } from './api.ts';
import { Alert } from './parts.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useAct } from './use-act.ts';
import { useData } from './use-data.ts';

/** Who one is in the agents' Telegram group; nothing where there is none. */
export function GroupLink() {
  const { t, language } = useTexts();
  const { data, reload } = useData('/me/telegram', GroupSchema, () => false);
  const { busy, trouble, run } = useAct();
  const [offer, setOffer] = useState<GroupCodeView | null>(null);
  if (!data?.configured) return null;
  const get = () => run(async () => setOffer(await post('/me/telegram/code', {}, GroupCodeSchema)));
  const unlink = () =>
    run(async () => {
      await act('/me/telegram/unlink');
      setOffer(null);
      reload();
    });
  return (
    <section class="group-link">
      <h3>{t('forum.account.title')}</h3>
      <p class="soft">{t(data.linked ? 'forum.account.linked' : 'forum.account.lead')}</p>
      {offer && (
        <div role="status">
          <p>{t('forum.account.send', { time: timeText(language, offer.expiresAt) })}</p>
          <p>
            <code>/link {offer.code}</code>
          </p>
        </div>
      )}
      <Alert text={trouble} />
      <div class="group-link-buttons">
        {data.linked && (
          <button type="button" disabled={busy} onClick={() => void unlink()}>
            {t('forum.account.unlink')}
          </button>
        )}
        <button type="button" disabled={busy} onClick={() => void get()}>
          {t('forum.account.get')}
        </button>
      </div>
    </section>
  );
}
