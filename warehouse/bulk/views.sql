-- title: views of the store
CREATE OR REPLACE VIEW current_citations AS
SELECT *
FROM citations AS c
WHERE NOT EXISTS (SELECT 1 FROM citations AS newer WHERE newer.pmid = c.pmid AND newer.version > c.version);

COMMENT ON VIEW current_citations IS 'The last version of each record of PubMed, as citations has it.';
