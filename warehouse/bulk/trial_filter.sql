-- title: citations of a batch that may report a trial, with the reasons
-- Recall comes first: what passes is read, and what then names no trial goes no further. Words alone do not let a review
-- pass, nor a paper on animals alone: both speak of trials, and report none of people. named_registry_ids has the
-- citations in which an id of a registry stands, anywhere and in any language.
WITH types AS (
    SELECT pmid, version,
        bool_or((publication_type ILIKE '%trial%' OR publication_type = 'Clinical Study') AND publication_type NOT ILIKE '%veterinary%') AS is_trial,
        bool_or(publication_type ILIKE '%review%' OR publication_type ILIKE '%meta-analysis%'
            OR publication_type ILIKE '%guideline%') AS is_review
    FROM citation_publication_types
    GROUP BY ALL
),
registered AS (
    SELECT pmid, version FROM named_registry_ids
    UNION
    SELECT pmid, version
    FROM citation_databanks
    WHERE regexp_matches(databank_name, '(?i)trial|isrctn|eudract|anzctr|chictr|itmctr|ctri|drks|irct|japic|jma|jprn|jrct|umin|kct|cris|ntr|omon|pactr|rebec|repec|rpcec|slctr|tctr|phrr|lbctr|ctis|euctr')
),
headings AS (
    SELECT pmid, version,
        bool_or(descriptor_name IN ('Random Allocation', 'Double-Blind Method', 'Single-Blind Method',
            'Cross-Over Studies', 'Placebos', 'Placebo Effect', 'Clinical Trials as Topic',
            'Randomized Controlled Trials as Topic', 'Controlled Clinical Trials as Topic')) AS is_method,
        bool_or(descriptor_name = 'Animals') AND NOT bool_or(descriptor_name = 'Humans') AS is_animals_alone
    FROM citation_mesh_headings
    GROUP BY ALL
),
words AS (
    SELECT pmid, version, title AS said FROM citations
    UNION ALL
    SELECT pmid, version, text FROM citation_abstract_sections
    UNION ALL
    SELECT pmid, version, text FROM citation_other_abstracts
    UNION ALL
    SELECT pmid, version, keyword FROM citation_keywords
),
said AS (
    SELECT pmid, version,
        bool_or(regexp_matches(said, '(?i)randomi[sz]|\brandom(ly)? (allocat|assign|divid|select|distribut|order|sequence|number)|\bat random\b|placebo|\b(single|double|triple)[- ](blind|mask|dumm)|\bcross-?over\b|\b(clinical|controlled|open|open-label|prospective|pilot|multicent(er|re)|comparative|therapeutic|feasibility|dose-finding|single-arm|two-arm|non-?inferiority|superiority|equivalence|pivotal|factorial|treatment|vaccine|field|community|intervention|drug|efficacy|safety) (trial|trials)\b|\btrial (registration|number|of)\b|\bphase[- ](1|2|3|4|i|ii|iii|iv|1/2|2/3|i/ii|ii/iii|one|two|three)[ab]?\b|\bopen-label|\bsham\b|dose[- ](escalation|ranging|finding)|(single|one|two|three|parallel)[- ]arm\b|\brcts?\b|stepped[- ]wedge|first[- ]in[- ](human|man)\b|\bor vehicle\b|vehicle[- ]controlled|\bminimi[sz]ation was\b|\b(usual|standard)[- ]care (arm|group)|\bn-of-1\b|proof[- ]of[- ]concept (study|trial)|\binto (two|three|four|2|3|4) (equal )?groups?\b|aleatori[sz]|\bal azar\b|\bu1111-\d{4}-\d{4}\b|随机|隨機|無作為|ランダム|무작위|рандомизир|\bwere (allocated|assigned) to\b|\breceived either\b|\btrials?\b|\bcontrolled (clinical |comparative )?(stud|compar|evaluat|experiment|observ)|\bdouble[- ]?blind|\bblind(ed|ly)\b|\b(two|three|four|2|3|4|treatment|treated|study|control|experimental|intervention|test|comparison) groups?\b|\bvolunteers\b|\bhealthy (subjects|men|women)\b|\brandom|\bcross(ed|ing)?[- ]?over')) AS has_words
    FROM words
    GROUP BY ALL
)
SELECT c.pmid, c.version,
    list_filter([
        CASE WHEN h.is_method THEN 'mesh_heading' END,
        CASE WHEN t.is_trial THEN 'publication_type' END,
        CASE WHEN r.pmid IS NOT NULL THEN 'registry_id' END,
        CASE WHEN s.has_words AND NOT coalesce(t.is_review, false) AND NOT coalesce(h.is_animals_alone, false)
            THEN 'words' END
    ], lambda reason: reason IS NOT NULL) AS reasons
FROM citations AS c
LEFT JOIN types AS t USING (pmid, version)
LEFT JOIN registered AS r USING (pmid, version)
LEFT JOIN headings AS h USING (pmid, version)
LEFT JOIN said AS s USING (pmid, version)
WHERE len(reasons) > 0
ORDER BY c.pmid, c.version
