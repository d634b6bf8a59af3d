import { useTexts } from './texts.ts';

/** How far the form is, in view wherever the conversation is scrolled to. */
export function Steps({ step }: { step: { at: number; of: number } | null }) {
  const { t } = useTexts();
  if (step === null) return null;
  const { at, of } = step;
  return (
    <div
      class="steps"
      role="progressbar"
      aria-label={t('progress')}
      aria-valuemin={1}
      aria-valuemax={of}
      aria-valuenow={at}
      aria-valuetext={t('step', { at, of })}
    >
      {Array.from({ length: of }, (_, index) => (
        <i key={index} class={index < at ? 'done' : ''} />
      ))}
    </div>
  );
}
