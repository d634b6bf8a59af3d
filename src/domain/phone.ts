import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** The telephone number that a whole text is, in E.164; without a country code it is of Vietnam. Null: none. */
export function readPhone(text: string): string | null {
  if (text.length > 40) return null;
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: 'VN', extract: false });
  return parsed?.isValid() ? parsed.number : null;
}

/** As people read it: at home "0912 345 678", abroad with the country code. */
export function writePhone(number: string): string {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number;
  return parsed.country === 'VN' ? parsed.formatNational() : parsed.formatInternational();
}
