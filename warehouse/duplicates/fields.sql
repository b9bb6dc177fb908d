-- What records are compared by, in one form: a row a record, numbered in the order of their ids.
-- `bib_records` is the table of records with the columns of a Citation; `bib_judged` holds the ids that people spoke of.

-- "0.5" and "05", "1.0" and "10" are two numbers.
CREATE OR REPLACE TEMP MACRO bib_points(raw) AS
    CASE WHEN regexp_matches(raw, '\d[.·]\d') THEN regexp_replace(raw, '(\d)[.·](\d)', '\1point\2', 'g') ELSE raw END;

CREATE OR REPLACE TEMP MACRO bib_words(raw) AS
    trim(regexp_replace(lower(strip_accents(bib_points(raw))), '[^\p{L}\p{N}\p{M}]+', ' ', 'g'));

-- Raised and lowered digits as digits ("vitamin D₃"), micrograms in one way, Greek letters by name, entities and tags
-- away, and what libraries add behind a title: the language, "[Review]", "[45 refs]", "[Erratum appears in ...]"; and for
-- whom the authors speak.
CREATE OR REPLACE TEMP MACRO bib_greek(raw) AS
    CASE WHEN regexp_matches(raw, '[\x{0391}-\x{03C9}\x{00B5}\x{00B2}\x{00B3}\x{00B9}\x{2070}-\x{2089}]|\dmcg|\d.mcg') THEN
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            lower(regexp_replace(translate(raw, '⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉', '01234567890123456789'),
                '(\d[ \x{00A0}-]?)(?:[μµ]g|mcg)\b', '\1ug', 'g')),
            'α', 'alpha'), 'β', 'beta'), 'γ', 'gamma'), 'δ', 'delta'), 'ε', 'epsilon'), 'κ', 'kappa'), 'λ', 'lambda'),
            'μ', 'mu'), 'µ', 'mu'), 'ω', 'omega')
    ELSE raw END;

CREATE OR REPLACE TEMP MACRO bib_plain(raw) AS
    CASE WHEN regexp_matches(raw, '[<&]') THEN
        regexp_replace(regexp_replace(regexp_replace(raw, '&(amp;| )', ' and ', 'g'), '</?[A-Za-z][^<>]{0,40}>', '', 'g'), '&(amp;)?#?[A-Za-z0-9]{1,8};', ' ', 'g')
    ELSE raw END;

CREATE OR REPLACE TEMP MACRO bib_without_notes(raw) AS
    CASE WHEN regexp_matches(raw, '[\[(]|\.{3}|: original article|^(RETRACTED|Retracted)|(?i:investigators|collaborators|trialists|group|committee)\W*$') THEN
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(raw,
            '(?i)[\s,;:.]+(for|on behalf of) the [^:;,]{2,80}\b(investigators|collaborators|trialists|(study|working|research) group|steering committee)\W*$', '', ''),
            '(?i)\s*\.*\s*\[\s*(published |see )?(erratum|errata|corrected|correction|comment|retract|update|republished)[^\[]*(in|in:|from|from:|\])\s.*$', '', ''),
            '(?i)(\s*\.?\s*([\[(]\s*(review|reviews|meta-analysis|letter|editorial|abstract|provisional abstract|structured abstract|corrected|see comments?|comments?|\d+ ?refs?\.?|review\W+\d+ refs?|author''?s transl|proceedings|article in [a-z]+|in [a-z]+|chinese|english|french|german|italian|japanese|korean|polish|portuguese|russian|spanish|turkish|dutch|danish|norwegian|swedish|persian|czech|hungarian|hebrew|croatian|serbian|ukrainian|greek|arabic)\.?\s*[\])]|\.{3}|: original article)\s*\.?)+[\s\]]*$', '', ''),
            '^(RETRACTED|Retracted)( ARTICLE| article)?\s*:\s*|(?i)\s*[\[(]\s*(retracted|withdrawn)\b[^\[(]*$', '', 'g')
    ELSE raw END;

-- Of a notice, a reply or a comment the title of the document that it speaks of: "Corrigendum to 'T' [J Coughs 3 (2021)
-- 10-20]", "T (vol 3, pg 10, 2021)", "T: authors' reply". Only what kinds.py knows to be one is cut.
CREATE OR REPLACE TEMP MACRO bib_before() AS
    '(?i)^\W*(in )?((author|publisher|editor)(''?s''?|s)? |(invited|editorial|expert) )?('
    || '(errat(um|a)|corrigend(um|a)|addendum|correction)\s*([:.\-–—]|to\b|for\b)'
    || '|(retraction( note| notice)?|(statement|notice) of retraction|withdrawal( notice)?)\s*(:|to\b)'
    || '|(editorial )?expression of (editorial )?concern\s*(:|on\b|about\b)?'
    || '|(reply|response|comments?|commentary|letter|re|discussion)\s*(:|to the editor\b)|reply\b( to\b)?|comment(s|ary)? on\b'
    || ')\W*';
CREATE OR REPLACE TEMP MACRO bib_behind() AS
    '(?i)\s*([:.–—\[("”]|\s-)\W*((author|publisher|editor)(''?s''?|s)? |((an|the) )?(invited|editorial|expert) )?'
    || '(errat(um|a)|corrigend(um|a)|correction|addendum|retraction( notice)?|withdrawal|reply|response|rejoinder|(a )?comment(ary)?)\W*$'
    || '|\s+reply\W*$'
    || '|\s+[\[(]((errat(um|a)|correction|corrigendum)\W{0,2} ((of|to|for|in) )?|(retraction|withdrawal) (of|to) |expression of concern\W{1,3}((of|for|to) )?)?vol(ume|\.)? ?\d+[^()]*\b(19|20)\d\d\)?\W*$';
CREATE OR REPLACE TEMP MACRO bib_subject(raw) AS
    CASE WHEN NOT regexp_matches(raw, '(?i)errat|corrig|correct|addend|retract|withdraw|concern|\brepl|respon[sd]|comment|letter|discussion|\bre:|rejoinder|[\[(]vol')
         THEN raw
         WHEN regexp_matches(raw, bib_before())
         THEN regexp_replace(regexp_replace(raw, bib_before(), ''),
             '(["”»]\s*[\[(].*|\s+\[[^\]]*\b(19|20)\d\d\b.*|\s+\([^()]*,\s*\(?(19|20)\d\d\b.*)$', '')
         ELSE regexp_replace(raw, bib_behind(), '') END;

CREATE OR REPLACE TEMP TABLE bib_fields AS
WITH framed AS (
    SELECT *, bib_subject(title) AS subject FROM bib_records
),
spoken AS (
    SELECT *, subject <> title AND length(subject) > 24 AS is_framed FROM framed
),
-- One macro a step: each names what it is given several times, and of one within another DuckDB would make a copy for
-- each of these.
noted AS (
    SELECT *, CASE WHEN is_framed THEN subject ELSE title END AS own_title FROM spoken
),
bare AS (
    SELECT *, bib_without_notes(own_title) AS bare_title FROM noted
),
plain AS (
    SELECT *, bib_plain(bare_title) AS plain_title FROM bare
),
spelt AS (
    SELECT *, bib_greek(plain_title) AS spelt_title FROM plain
),
read AS (
    SELECT *, bib_words(spelt_title) AS words FROM spelt
)
SELECT
    row_number() OVER (ORDER BY length(record_id), record_id) - 1 AS n,
    record_id,
    title,
    words,
    -- "and" is "&" in other exports
    replace(replace(' ' || words || ' ', ' and ', ''), ' ', '') AS title_key,
    CASE WHEN regexp_matches(authors[1], '(?i)^\W*(anon(ymous)?|no authors? (listed|indicated|named)|n/?a|unknown|et al)\W*$')
         THEN ''
         ELSE lower(strip_accents(regexp_extract(authors[1],
             '(?i)^\W*(?:(?:de|da|di|del|der|den|dos|la|le|van|von|al|el|st|ter|ten)\W+)*([\p{L}\p{M}]{2,})', 1)))
    END AS family,
    authors,
    year,
    journal,
    volume,
    number,
    -- "1)" is what is left of "55 (Suppl. 1)" that was cut at its bracket
    CASE WHEN volume LIKE '%)%' AND volume NOT LIKE '%(%' THEN ''
         ELSE ltrim(regexp_extract(volume, '\d+'), '0') END AS volume_no,
    pages,
    CASE WHEN regexp_matches(lower(pages), 'pagin|\bp(p|ages?)?\.?$|suppl') THEN ''
         ELSE ltrim(regexp_extract(pages, '\d+'), '0') END AS first_page,
    -- a page's address goes on behind a DOI: "?via=..."
    rtrim(regexp_replace(
        regexp_extract(lower(coalesce(try(url_decode(doi)), doi)), '10\.\d{4,9}/ ?\S+'), '^(\S+/) |[?&#][a-z_]+=.*$', '\1', 'g'
    ), '.,;') AS doi,
    coalesce(
        nullif(regexp_extract(pmid, '\d+'), ''),
        regexp_extract(url, '(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,8})(?:\D|$)', 1)
    ) AS pmid,
    upper(regexp_extract(pmcid, '(?i)pmc\d+')) AS pmcid,
    coalesce(issn, '') || ' ' || coalesce(isbn, '') AS serial,
    entry_type,
    left(abstract, 2000) AS abstract,
    -- a trial's number stands at the end
    CASE WHEN length(abstract) > 2000 THEN right(abstract, 400) END AS ending,
    registry_ids,
    record_id IN (SELECT record_id FROM bib_judged) AS judged,
    -- such a one may be years before or after the paper that it belongs to
    is_framed OR regexp_matches(title, '(?i)protocol|rationale|statistical analysis plan') AS is_of_another
FROM read;
