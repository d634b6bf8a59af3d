/** Of a server without a public address. */
export const NO_FILE_LINKS = { possible: false, make: () => null };
