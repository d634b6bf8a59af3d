/**
 * The eight-turn dialogue that every framework holds: a greeting, then eight answers, each checked
 * and asked for again when it does not fit. Plain texts in one language, no database of cases.
 */
export interface Question {
  name: string;
  ask: string;
  fits(text: string): boolean;
}

const oneOf = (...words: string[]) => {
  return (text: string) => words.includes(text.trim().toLowerCase());
};

export const QUESTIONS: readonly Question[] = [
  {
    name: 'network',
    ask: 'Thiết bị dùng mạng nào: LAN hay khác?',
    fits: oneOf('lan', 'khác'),
  },
  {
    name: 'serial',
    ask: 'Anh/chị gửi giúp số seri.',
    fits: (text) => /^[a-z]{0,2}\d{8,9}$/i.test(text.trim()),
  },
  { name: 'same', ask: 'Đúng số seri này chứ ạ?', fits: oneOf('đúng', 'sai') },
  {
    name: 'proof',
    ask: 'Anh/chị tả giúp tấm ảnh.',
    fits: (text) => text.trim().length > 3,
  },
  {
    name: 'sadpString',
    ask: 'Anh/chị dán giúp chuỗi SADP.',
    fits: (text) => text.trim().length >= 16,
  },
  { name: 'consent', ask: 'Anh/chị đồng ý bảo mật chứ ạ?', fits: oneOf('đồng ý') },
  { name: 'phone', ask: 'Số điện thoại liên hệ?', fits: (text) => /^0\d{9}$/.test(text.trim()) },
  { name: 'review', ask: 'Gửi hồ sơ chứ ạ?', fits: oneOf('gửi') },
];

export const AGAIN = 'Chưa đúng, anh/chị gửi lại giúp ạ. ';
const DONE = 'Đã nhận hồ sơ: ';

/** The messages of one conversation, the first of which begins it. */
export const MESSAGES: readonly string[] = [
  '/start',
  'khác',
  'D12345678',
  'đúng',
  'tem sau lưng đầu ghi',
  'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U',
  'đồng ý',
  '0901234567',
  'gửi',
];

export function summary(answers: Readonly<Record<string, string>>): string {
  return DONE + QUESTIONS.map(({ name }) => answers[name]).join(', ');
}

/** What must come as the answer to message `index`: a peer that skips its work is not measured. */
export function expected(index: number): string {
  return QUESTIONS[index]?.ask ?? DONE;
}
