import type { CaseRow } from '../../../store/contract.ts';
import { formatMoment } from '../../../words/moment.ts';
import { zaloTexts } from '../texts.ts';
import type { TemplateData } from './api.ts';

/**
 * What a template of ours is told of a case: its number, device, status and the time. The names are
 * those of the template's parameters, as docs/zalo.md has them registered.
 */
export function templateData(row: CaseRow): TemplateData {
  return {
    case_number: row.number,
    serial: row.serial,
    status: zaloTexts.t(`status.${row.status}`, { lng: row.language }),
    updated_at: formatMoment(row.updatedAt, row.language),
  };
}
