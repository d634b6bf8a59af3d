/** SQL: what platforms call people. */
export const PERSON_NAMES = `
create table person_names (name_id text primary key, sealed bytea not null);
`;
