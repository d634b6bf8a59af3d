/** What people write when a password has to be long. */
const COMMON =
  /password|passwd|matkhau|mậtkhẩu|hikvision|hikconnect|hik-connect|camera|admin|administrator|welcome|letmein|iloveyou|anhyeuem|qwerty|asdfgh|zxcvbn|1q2w3e|abc|0?1234567890?|123456|1234|0987654321|654321|4321|(.)\1{3,}/gu;
const FEWEST_OWN = 6;
const FEWEST_KINDS = 5;

/**
 * Whether a password is long without being hard to guess: common words, runs and the person's own
 * name or login leave too little of it.
 */
export function isGuessable(password: string, person: { name: string; login: string }): boolean {
  const bare = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/gu, '');
  const own = [person.login, ...person.name.split(/\s+/u)]
    .map(bare)
    .filter((one) => one.length > 2);
  let left = bare(password);
  if (new Set(left).size < FEWEST_KINDS) return true;
  for (const word of own) left = left.replaceAll(word, '');
  return [...left.replace(COMMON, '')].length < FEWEST_OWN;
}
