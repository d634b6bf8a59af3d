/** What a text is as a Vietnamese company's tax code (mã số thuế). */
export type TaxCodeRead =
  | { kind: 'taxCode'; code: string }
  /** Right in length; a digit of it is wrong. */
  | { kind: 'mistyped'; code: string }
  | { kind: 'length'; digits: number }
  | { kind: 'none' };

/** Of the first nine digits. The tenth is 10 - (weighted sum mod 11); where that is 10, no code is issued. */
const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3] as const;
const PREFIX = /^(?:mst|mã số thuế|ma so thue|tax code|tax number)\s*[:.]?\s*/iu;

function fits(ten: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(ten[place]), 0);
  return 10 - (sum % 11) === Number(ten[9]);
}

/**
 * Reads a tax code of 10 digits, or of 13 where a branch's three follow ("0314409058-002"), however
 * it is spaced. A branch is numbered from 001.
 */
export function readTaxCode(text: string): TaxCodeRead {
  const bare = text.trim().replace(PREFIX, '');
  if (!/^\d[\d\s.\-–—/]*$/.test(bare)) return { kind: 'none' };
  const digits = bare.replace(/\D/g, '');
  if (digits.length < 5) return { kind: 'none' };
  if (digits.length !== 10 && digits.length !== 13)
    return { kind: 'length', digits: digits.length };
  const ten = digits.slice(0, 10);
  const branch = digits.slice(10);
  const code = branch === '' ? ten : `${ten}-${branch}`;
  return { kind: fits(ten) && branch !== '000' ? 'taxCode' : 'mistyped', code };
}
