import { isOpenCase } from '../../domain/case.ts';
import type { Scene } from '../scene.ts';
import type { Pattern } from './pattern.ts';

const SHOWN = 10;

/** The account's cases: open ones first, each a line. */
function listCases(scene: Scene): void {
  const open = scene.context.cases.filter((known) => isOpenCase(known.status));
  const ended = scene.context.cases.filter((known) => !isOpenCase(known.status));
  const shown = [...open, ...ended].slice(0, SHOWN);
  if (shown.length === 0) {
    scene.say('status.none');
    return;
  }
  scene.reply({
    key: 'status.list',
    params: { count: shown.length },
    lines: shown.map((known) => ({
      label: 'status.line',
      key: isOpenCase(known.status) ? 'status.open' : 'status.ended',
      params: {
        number: known.number,
        serial: known.serial,
        status: known.status,
        reason: known.reason ?? 'none',
        answerBy: known.answerBy,
      },
    })),
    ...(scene.focus ? {} : { choices: [scene.action('start', 'choice.new', 'new')] }),
  });
}

export const status: Pattern = {
  name: 'status',
  phrases: [
    'trạng thái',
    'tình trạng',
    'tình trạng hồ sơ',
    'hồ sơ',
    'hồ sơ của tôi',
    'xem hồ sơ',
    'tra cứu',
    'tới đâu rồi',
    'đến đâu rồi',
    'xong chưa',
    'bao giờ xong',
    'status',
    'my cases',
    'case status',
    'is it done',
  ],
  commands: ['status', 'hoso'],
  run(scene) {
    listCases(scene);
    scene.asks = true;
  },
};
