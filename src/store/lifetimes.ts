const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a reply of the bot is worth sending; later it would only confuse. */
export const REPLY_LIVES_MS = 15 * MINUTE_MS;
/** News about a case, and words of an agent, may wait out an outage. */
export const PUSH_LIVES_MS = 3 * DAY_MS;
/** Platforms deliver an event again for at most a day or two. */
export const SEEN_LIVES_MS = 7 * DAY_MS;
/** Work that somebody is told of is over long before. */
export const SHOWN_MESSAGE_LIVES_MS = DAY_MS;
/** So long somebody who opens an old link is told that it has ended. */
export const UPLOAD_LINK_KNOWN_MS = DAY_MS;
/** Links to files; platforms let them expire within hours. */
export const FILE_LINK_LIVES_MS = 7 * DAY_MS;
/** A photo that no message ever named. */
export const LOOSE_BLOB_LIVES_MS = DAY_MS;
/** What happened on a day can be compared with the same one a year before. */
export const NOTICE_LIVES_MS = 400 * DAY_MS;
/** Effects that failed for good, for operators to look at. */
export const DEAD_LETTER_LIVES_MS = 90 * DAY_MS;
/** Link codes that do not hold any more count for as long: so many may be asked for in that time. */
export const LINK_CODE_COUNTS_MS = 60 * MINUTE_MS;
