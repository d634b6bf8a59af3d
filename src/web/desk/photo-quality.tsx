import type { ComponentChildren } from 'preact';
import type { PhotoQuality } from '../../desk/wire/photos.ts';
import { useTexts } from './texts.ts';

/** What was measured in a photo, in words and figures. */
export function PhotoQualityFacts({ quality }: { quality: PhotoQuality }) {
  const { t, language } = useTexts();
  const figure = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
  const { width, height, focus, light, glare } = quality;
  return (
    <dl class="quality small" aria-label={t('quality.label')}>
      <Measure name={t('quality.size')}>
        {width} × {height}
      </Measure>
      <Measure name={t('quality.sharpness')} bad={focus !== 'sharp'}>
        {t(`quality.focus.${focus}`)} ({figure(Math.round(quality.sharpness))})
      </Measure>
      <Measure name={t('quality.brightness')} bad={light !== 'good'}>
        {t(`quality.light.${light}`)} ({quality.brightness}%)
      </Measure>
      {glare !== null && (
        <Measure name={t('quality.glare')} bad={quality.glares}>
          {figure(glare)}%
        </Measure>
      )}
    </dl>
  );
}

function Measure(props: { name: string; bad?: boolean; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd class={props.bad ? 'quality-bad' : ''}>{props.children}</dd>
    </div>
  );
}
