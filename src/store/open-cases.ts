/**
 * SQL: a case that somebody still has to decide. Written out, since the partial indexes on these
 * statuses serve no query that has them as parameters.
 */
export const IS_OPEN = `status in ('submitted', 'inReview', 'needsInfo')`;
