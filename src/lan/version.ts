/** The scanner's version: shown to people, and sent with a list. Raised with each change. */
export const VERSION = '1.0.0';
