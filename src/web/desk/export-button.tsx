import * as z from 'zod/mini';
import type { Me } from '../../desk/wire/people.ts';
import { post } from './api.ts';
import { Alert } from './parts.tsx';
import { useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

const ExportSchema = z.looseObject({ exportedAt: z.string() });

/** A person's data as a file, for an admin to hand over. */
export function ExportButton({ path, me }: { path: string; me: Me }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  if (me.agent.role !== 'admin') return null;
  const save = () =>
    run(async () => {
      const data = await post(`${path}/export`, {}, ExportSchema);
      const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `export-${data.exportedAt.slice(0, 10)}.json`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  return (
    <>
      <button type="button" disabled={busy} onClick={save}>
        {t('office.export.do')}
      </button>
      <Alert text={trouble} />
    </>
  );
}
