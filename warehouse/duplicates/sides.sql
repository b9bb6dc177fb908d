-- The records of one batch of pairs ($from_pair to $to_pair), with all that a comparison reads.
SELECT
    n, record_id, coalesce(title, ''), coalesce(words, ''), coalesce(title_key, ''), coalesce(family, ''),
    coalesce(list_slice(authors, 1, 50), []), year, coalesce(journal, ''),
    coalesce(volume, ''), coalesce(number, ''), coalesce(volume_no, ''), coalesce(pages, ''), coalesce(doi, ''),
    coalesce(pmid, ''), coalesce(pmcid, ''), serial, coalesce(entry_type, ''), coalesce(abstract, ''), coalesce(ending, ''),
    coalesce(registry_ids, [])
FROM bib_fields
WHERE n IN (
    SELECT unnest([l, r]) FROM bib_numbered WHERE pair >= $from_pair AND pair < $to_pair
)
