import { useState } from 'preact/hooks';
import { TokensSchema, type TokenView } from '../../desk/wire/tokens.ts';
import { act } from './api.ts';
import { usePageTitle } from './page-title.ts';
import { Alert, Busy, Dialog, TroubleBox } from './parts.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { TokenForm } from './token-form.tsx';
import { scopeText } from './token-texts.ts';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

/** What lets programs of the operators in: those there are, and a form for one more. For admins. */
export function Tokens() {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData('/tokens', TokensSchema, () => false);
  const [dropping, setDropping] = useState<TokenView | null>(null);
  const [said, setSaid] = useState('');
  usePageTitle(t('tokens.title'));
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('tokens.title')}</h1>
        <span role="status" class="good">
          {said}
        </span>
      </div>
      <p class="soft">{t('tokens.lead')}</p>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data?.tokens.length === 0 && <p class="card empty">{t('tokens.empty')}</p>}
      {data && data.tokens.length > 0 && (
        <ul class="card people">
          {data.tokens.map((token) => (
            <Token
              key={token.name}
              token={token}
              over={token.expiresAt !== null && token.expiresAt <= data.now}
              drop={() => setDropping(token)}
            />
          ))}
        </ul>
      )}
      <TokenForm
        made={(name) => {
          setSaid(t('tokens.made', { name }));
          reload();
        }}
      />
      {dropping && (
        <DropDialog
          name={dropping.name}
          close={() => setDropping(null)}
          dropped={() => {
            setSaid(t('tokens.dropped', { name: dropping.name }));
            setDropping(null);
            reload();
          }}
        />
      )}
    </section>
  );
}

function Token({ token, over, drop }: { token: TokenView; over: boolean; drop: () => void }) {
  const { t, language } = useTexts();
  const { name, scopes, createdAt, createdBy, expiresAt } = token;
  const time = timeText(language, createdAt);
  const made = createdBy ? t('tokens.by', { time, name: createdBy }) : t('tokens.at', { time });
  const until =
    expiresAt === null
      ? t('tokens.forGood')
      : t(over ? 'tokens.over' : 'tokens.until', { time: timeText(language, expiresAt) });
  return (
    <li class={`person ${over ? 'person-left' : ''}`}>
      <span class="person-name">
        <strong>{name}</strong>
        <span class="soft">{scopes.map((scope) => scopeText(t, scope)).join(' · ')}</span>
        <span class="soft">{made}</span>
      </span>
      <span class="chip chip-quiet">{until}</span>
      <button type="button" aria-label={t('tokens.dropOf', { name })} onClick={drop}>
        {t('tokens.drop')}
      </button>
    </li>
  );
}

/** Whatever program uses it is locked out at once, so it is asked. */
function DropDialog(props: { name: string; close: () => void; dropped: () => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const { name, close, dropped } = props;
  const drop = () =>
    run(async () => {
      await act(`/tokens/${encodeURIComponent(name)}/drop`);
      dropped();
    });
  return (
    <Dialog title={t('tokens.dropTitle', { name })} close={close}>
      <p>{t('tokens.dropLead')}</p>
      <Alert text={trouble} />
      <div class="dialog-buttons">
        <button type="button" onClick={close}>
          {t('common.back')}
        </button>
        <button type="button" class="bad-button" disabled={busy} onClick={() => void drop()}>
          {busy ? t('common.sending') : t('tokens.drop')}
        </button>
      </div>
    </Dialog>
  );
}
