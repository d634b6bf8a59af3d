import type { CasePhotoView, SeenSerial } from '../../desk/wire/photos.ts';
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
  const same = photo.seen.filter(({ differs }) => differs.length === 0);
  if (photo.deviceList && same.length === 0) {
    return <p class="small">{t('serial.notListed', { count: photo.seen.length })}</p>;
  }
  const read = photo.deviceList ? same : photo.seen;
  const shorts = [...new Set(read.map(({ short }) => short))];
  return (
    <dl class="compare">
      {shorts.map((short) => (
        <Compared
          key={short}
          claimed={claimed}
          short={short}
          sights={read.filter((seen) => seen.short === short)}
        />
      ))}
    </dl>
  );
}

/** One serial, with every way in which it was read. */
function Compared(props: { claimed: string; short: string; sights: SeenSerial[] }) {
  const { t } = useTexts();
  const { claimed, short, sights } = props;
  const differs = sights[0]?.differs ?? [];
  const full = sights.find((seen) => seen.full !== null)?.full;
  const ways = sights.map(({ by, confidence }) =>
    t(`by.${by}`, { percent: Math.round(confidence * 100) }),
  );
  return (
    <div class="compare-pair">
      <dt>{t('serial.claimed')}</dt>
      <dd>
        <SerialText serial={claimed} differs={differs} />
      </dd>
      <dt>{t('serial.read')}</dt>
      <dd>
        <SerialText serial={short} differs={differs} />
        <span class="small compare-how">
          <span class="soft">{ways.join(', ')} · </span>
          <span class={differs.length > 0 ? 'bad' : 'good'}>
            {differs.length > 0
              ? t('serial.differs', { places: differs.map((at) => at + 1).join(', ') })
              : t('serial.same')}
          </span>
        </span>
        {full && <div class="soft small full">{full}</div>}
      </dd>
    </div>
  );
}
