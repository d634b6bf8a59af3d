/**
 * SQL: writes the fingerprints of a case's photos, instead of those it had; `pictures` is what
 * `tellingPictures` gives.
 */
export const CASE_PICTURES = `
create function write_pictures_1(of_case text, pictures json) returns void language plpgsql as $body$
begin
  delete from case_pictures where case_id = of_case;
  with made as (
    insert into case_pictures (case_id, blob_id, fingerprint)
    select of_case, blob_id, fingerprint
    from json_to_recordset(pictures) as p(blob_id text, fingerprint text)
    returning id, blob_id
  )
  insert into case_picture_parts (part, picture)
  select part::int, made.id
  from made
  join json_to_recordset(pictures) as p(blob_id text, parts json) using (blob_id),
    json_array_elements_text(p.parts) as part
  on conflict do nothing;
end
$body$;
`;
