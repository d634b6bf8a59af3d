import { useEffect, useRef, useState } from 'preact/hooks';
import { type CaseView, SadpStringSchema } from '../../desk/wire/cases.ts';
import type { Person } from '../../desk/wire/people.ts';
import { post } from './api.ts';
import { Fact } from './case-facts.tsx';
import { Alert } from './parts.tsx';
import { SerialText } from './serial.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useAct } from './use-act.ts';

/** A string that is left open hides itself again. */
const SHOWN_MINUTES = 3;

/** What is known of the SADP string, and its text on demand. */
export function SadpString({ view, role }: { view: CaseView; role: Person['role'] }) {
  const { t, language } = useTexts();
  const { sadp } = view;
  if (sadp === null) {
    return (
      <section class="card" aria-labelledby="sadp">
        <h2 id="sadp">{t('case.sadp')}</h2>
        <p class="soft">{t('case.noSadp')}</p>
      </section>
    );
  }
  return (
    <section class="card" aria-labelledby="sadp">
      <h2 id="sadp">{t('case.sadp')}</h2>
      <p>
        {t('sadp.received', { time: timeText(language, sadp.receivedAt) })}
        <span class="soft">
          {' '}
          · {t(`sadp.source.${sadp.source}`)} · {t(`sadp.format.${sadp.format}`)}
          {sadp.exportedAt !== null &&
            ` · ${t('sadp.exported', { time: timeText(language, sadp.exportedAt) })}`}
        </span>
      </p>
      {sadp.fileSerial && (
        <dl class="facts">
          <Fact label={t('sadp.file')}>
            <SerialText serial={sadp.fileSerial} differs={sadp.fileDiffers} />
            {sadp.fileDiffers.length > 0 && <span class="small bad"> {t('sadp.otherSerial')}</span>}
          </Fact>
        </dl>
      )}
      {role !== 'viewer' && <Reveal caseId={view.caseId} />}
    </section>
  );
}

function Reveal({ caseId }: { caseId: string }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => setText(null), SHOWN_MINUTES * 60_000);
    return () => clearTimeout(timer);
  }, [text]);
  const reveal = () =>
    run(async () => {
      const path = `/cases/${encodeURIComponent(caseId)}/sadp-string`;
      setText((await post(path, {}, SadpStringSchema)).text);
    });
  if (text !== null) return <Revealed text={text} hide={() => setText(null)} />;
  return (
    <>
      <div class="row">
        <button type="button" onClick={reveal} disabled={busy}>
          {t('sadp.reveal')}
        </button>
        <span class="soft small">{t('sadp.recorded')}</span>
      </div>
      <Alert text={trouble} />
    </>
  );
}

function Revealed({ text, hide }: { text: string; hide: () => void }) {
  const { t } = useTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    area.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t('sadp.copied'));
    } catch {
      // Without https browsers have no clipboard; the text stays selected for the keyboard.
      setSaid(t('sadp.copyYourself'));
    }
  };
  return (
    <div class="revealed">
      <textarea
        ref={area}
        readOnly
        rows={6}
        aria-label={t('sadp.text')}
        spellcheck={false}
        value={text}
      />
      <div class="row">
        <button type="button" class="primary" onClick={copy}>
          {t('sadp.copy')}
        </button>
        <button type="button" onClick={hide}>
          {t('sadp.hide')}
        </button>
        <span class="small" role="status">
          {said}
        </span>
      </div>
      <p class="soft small">{t('sadp.hides', { minutes: SHOWN_MINUTES })}</p>
    </div>
  );
}
