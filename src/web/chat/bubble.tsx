import { useContext } from 'preact/hooks';
import type { Line } from '../../channels/web/wire.ts';
import { CaseCard } from './case-card.tsx';
import { clock } from './days.ts';
import { Linked } from './linked.tsx';
import { LinksContext } from './links.ts';
import { useTexts } from './texts.ts';

interface Props {
  line: Line;
  /** Its buttons may be pressed. */
  active: boolean;
  /** Tells its time. */
  timed: boolean;
  /** The newest line about its case shows the case. */
  card: boolean;
  online: boolean;
  press: (token: string, label: string) => void;
}

/** One line of the conversation. */
export function Bubble({ line, active, timed, card, online, press }: Props) {
  const { t, language } = useTexts();
  const { shown } = line;
  const author =
    line.author === 'agent'
      ? t('author.agent', { name: line.agentName ?? '' })
      : t(`author.${line.author}`);
  return (
    <article class={`row ${line.author}`} lang={line.language}>
      <p class={line.author === 'agent' ? 'author' : 'visually-hidden'} lang={language}>
        {author}
      </p>
      <div class="bubble">
        {shown.step && <p class="step">{t('step', { ...shown.step, lng: line.language })}</p>}
        {line.photos.length > 0 && <Photos ids={line.photos} />}
        {shown.file && <AgentFile file={shown.file} />}
        {shown.text !== '' && (
          <p class="text">
            <Linked text={shown.text} />
          </p>
        )}
        {shown.pictures.map(({ name, alt }) => (
          <Drawing key={name} src={`/pictures/${name}.${line.language}.svg`} alt={alt} />
        ))}
      </div>
      {card && shown.caseId !== undefined && (
        <CaseCard caseId={shown.caseId} line={line.id} online={online} />
      )}
      {shown.linkCode && <ShowCode />}
      {shown.choices.length > 0 && (
        <div class="choices">
          {shown.choices.map(({ token, label, style }) => (
            // Not `disabled`: a button just pressed keeps the keyboard's place.
            <button
              key={token}
              type="button"
              class={`choice ${style ?? ''}`}
              aria-disabled={!active}
              onClick={() => active && press(token, label)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {timed && (
        <time class="time" dateTime={new Date(line.at).toISOString()}>
          {clock(line.at, language)}
        </time>
      )}
    </article>
  );
}

function AgentFile({ file }: { file: NonNullable<Line['shown']['file']> }) {
  const { t, language } = useTexts();
  const kilobytes = Math.max(1, Math.round(file.size / 1024));
  return (
    <p class="text">
      <a href={`/api/chat/files/${encodeURIComponent(file.blobId)}`} download={file.name}>
        {t('file.download', { name: file.name, size: kilobytes.toLocaleString(language) })}
      </a>
    </p>
  );
}

/** The transcript has a code covered; a press gets one. */
function ShowCode() {
  const { t } = useTexts();
  const { arrange } = useContext(LinksContext);
  return (
    <div class="choices">
      <button type="button" class="choice" aria-haspopup="dialog" onClick={arrange}>
        {t('link.show')}
      </button>
    </div>
  );
}

function Photos({ ids }: { ids: string[] }) {
  const { t } = useTexts();
  return (
    <div class={ids.length === 1 ? 'photos one' : 'photos'}>
      {ids.map((id, index) => {
        const label = t('photo.open', { n: index + 1 });
        return (
          <a key={id} href={`/api/chat/photos/${id}`} target="_blank" rel="noopener">
            <img src={`/api/chat/photos/${id}`} alt={label} loading="lazy" />
          </a>
        );
      })}
    </div>
  );
}

function Drawing({ src, alt }: { src: string; alt: string }) {
  const { t } = useTexts();
  return (
    <a
      class="drawing"
      href={src}
      target="_blank"
      rel="noopener"
      title={t('photo.enlarge', { alt })}
    >
      <img src={src} alt={alt} width={640} height={400} />
    </a>
  );
}
