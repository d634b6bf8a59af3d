import { type LanDevice, whyNot } from '../domain/lan-device.ts';
import type { Seen } from './scan.ts';
import type { Say } from './texts.ts';

const COLUMNS = [
  'model',
  'serial',
  'ip',
  'mac',
  'firmware',
  'activated',
  'service',
  'note',
] as const;
const NOTHING = '–';

function yesNo(say: Say, value: boolean | null): string {
  return value === null ? NOTHING : say(value ? 'table.yes' : 'table.no');
}

function cellsOf(say: Say, device: LanDevice): string[] {
  const why = whyNot(device);
  return [
    device.model,
    device.serial.short,
    device.ip ?? NOTHING,
    device.mac ?? NOTHING,
    device.firmware ?? NOTHING,
    yesNo(say, device.activated),
    device.service === null ? NOTHING : say(`table.service.${device.service}`),
    why === null ? '' : say(`table.why.${why}`),
  ];
}

/** The devices as a table for a terminal, a line each. */
export function drawTable(say: Say, seen: Pick<Seen, 'devices'>): string[] {
  const head = COLUMNS.map((name) => say(`table.head.${name}`));
  const rows = [head, ...seen.devices.map((device) => cellsOf(say, device))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]))));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** Vietnamese texts are composed (NFC), so that a character takes one place. */
function widthOf(cell: string | undefined): number {
  return [...(cell ?? '')].length;
}
