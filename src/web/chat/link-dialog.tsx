import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { LinkCodeAnswer } from '../../channels/web/wire.ts';
import './link-dialog.css';
import { getCode, LinksContext, useChannelNames } from './links.ts';
import { useTexts } from './texts.ts';

type State = 'getting' | { refused: string | null } | LinkCodeAnswer;
type Target = LinkCodeAnswer['targets'][number];

/** A code, and the ways to bring it to a messenger. */
export function LinkDialog({ close }: { close: () => void }) {
  const { t, language } = useTexts();
  const { offered, linked } = useContext(LinksContext);
  const [state, setState] = useState<State>('getting');
  /** What was linked before the dialog was opened. */
  const [before] = useState(linked);
  const box = useRef<HTMLDialogElement>(null);
  const get = () => {
    setState('getting');
    void getCode(language).then(setState);
  };
  useEffect(() => {
    box.current?.showModal();
    get();
  }, []);
  const fresh = linked.filter((channel) => !before.includes(channel));
  const names = useChannelNames(fresh.length > 0 ? fresh : offered);
  return (
    <dialog ref={box} class="link-dialog" aria-labelledby="link-title" onClose={close}>
      <h2 id="link-title">{t('link.title', { channel: names })}</h2>
      {fresh.length > 0 ? (
        <p role="status">{t('link.done', { channel: names })}</p>
      ) : (
        <>
          <p class="soft">{t('link.lead', { channel: names })}</p>
          <Body state={state} get={get} />
        </>
      )}
      <form method="dialog">
        <button type="submit" class="choice">
          {t('link.close')}
        </button>
      </form>
    </dialog>
  );
}

function Body({ state, get }: { state: State; get: () => void }) {
  const { t } = useTexts();
  const minutes = useMinutes(typeof state === 'object' && 'code' in state ? state : null);
  if (state === 'getting') return <p role="status">{t('link.getting')}</p>;
  if ('refused' in state || minutes === 0) {
    const why = 'refused' in state ? (state.refused ?? t('link.failed')) : t('link.over');
    return (
      <>
        <p role="alert">{why}</p>
        <button type="button" class="choice" onClick={get}>
          {t('link.again')}
        </button>
      </>
    );
  }
  return (
    <>
      {state.targets.map((target) => (
        <Way key={target.channel} target={target} />
      ))}
      <p class="soft">{t('link.code')}</p>
      <Code code={state.code} />
      <p class="soft">{t('link.holds', { minutes })}</p>
    </>
  );
}

function Way({ target }: { target: Target }) {
  const { t } = useTexts();
  const { url, carriesCode, qr } = target;
  const channel = t(`link.channel.${target.channel}`);
  return (
    <div class="link-way">
      <div>
        <p>{t(carriesCode ? 'link.openCarries' : 'link.openSends', { channel })}</p>
        <a class="choice primary" href={url} target="_blank" rel="noopener noreferrer">
          {t('link.open', { channel })}
        </a>
      </div>
      <figure>
        {/* Four modules of light around it, without which readers do not find it. */}
        <svg viewBox={`-4 -4 ${qr.size + 8} ${qr.size + 8}`} role="img">
          <title>{t('link.qr', { channel })}</title>
          <path d={qr.path} />
        </svg>
        <figcaption>{t('link.scan')}</figcaption>
      </figure>
    </div>
  );
}

function Code({ code }: { code: string }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <p class="link-code">
      <output>{code}</output>
      {/* Pages without https have no clipboard. */}
      {'clipboard' in navigator && (
        <button type="button" class="choice" onClick={copy}>
          {t(copied ? 'link.copied' : 'link.copy')}
        </button>
      )}
    </p>
  );
}

/** Minutes for which the code still holds, rounded up; counted on this device from when it came. */
function useMinutes(answer: LinkCodeAnswer | null): number {
  const [left, setLeft] = useState(1);
  useEffect(() => {
    if (answer === null) return;
    const until = performance.now() + answer.holds;
    const look = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 60_000)));
    look();
    const timer = setInterval(look, 5_000);
    return () => clearInterval(timer);
  }, [answer]);
  return left;
}
