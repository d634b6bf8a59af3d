import type { CasePhotoView, SeenSerial } from '../../desk/wire.ts';
import { useTexts } from './texts.ts';

/** A serial, its characters in places that differ marked. */
export function SerialText({ serial, differs = [] }: { serial: string; differs?: number[] }) {
  return (
    <code class="serial">
      {runsOf(serial, differs).map(({ at, text, marked }) =>
        marked ? <mark key={at}>{text}</mark> : text,
      )}
    </code>
  );
}

/** The text in runs that are marked or not. */
function runsOf(text: string, marks: number[]): { at: number; text: string; marked: boolean }[] {
  const runs: { at: number; text: string; marked: boolean }[] = [];
  for (const [at, character] of [...text].entries()) {
    const marked = marks.includes(at);
    const last = runs.at(-1);
    if (last?.marked === marked) last.text += character;
    else runs.push({ at, text: character, marked });
  }
  return runs;
}

/** What was claimed beside what was read in one photo, character under character. */
export function SerialComparison({ claimed, photo }: { claimed: string; photo: CasePhotoView }) {
  const { t } = useTexts();
  if (photo.seen.length === 0) return <p class="soft small">{t('serial.none')}</p>;
  return (
    <dl class="compare">
      {photo.seen.map((seen) => (
        <div key={`${seen.by}${seen.short}`} class="compare-pair">
          <dt>{t('serial.claimed')}</dt>
          <dd>
            <SerialText serial={claimed} differs={seen.differs} />
          </dd>
          <dt>{t('serial.read')}</dt>
          <dd>
            <SerialText serial={seen.short} differs={seen.differs} />
            <span class="small compare-how">
              <span class="soft">{byText(t, seen)} · </span>
              <span class={seen.differs.length > 0 ? 'bad' : 'good'}>
                {seen.differs.length > 0
                  ? t('serial.differs', { places: seen.differs.map((at) => at + 1).join(', ') })
                  : t('serial.same')}
              </span>
            </span>
            {seen.full && <div class="soft small full">{seen.full}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function byText(t: ReturnType<typeof useTexts>['t'], seen: SeenSerial): string {
  return t(`by.${seen.by}`, { percent: Math.round(seen.confidence * 100) });
}
