-- question: What do two documents of a trial say differently, in their own words?
-- shows: A row a conflict: the value that was kept with its quote, and the other value with the sentence of the other
--   document that it stands in (null where the release does not hold that part of its text).
WITH quotes AS (
    SELECT table_name, row_id, column_name, document_id, string_agg(DISTINCT quote, ' | ' ORDER BY quote) AS quote
    FROM evidence
    GROUP BY ALL
),
-- The text has 39 where the value is 39.0. A dot before a digit ends no sentence.
sentences AS (
    SELECT
        c.other_document_id, c.other_value, x.span_start,
        trim(regexp_extract(
            x.text,
            '(?:[^.\n]|\.[0-9])*\b' || regexp_escape(regexp_replace(c.other_value, '\.0$', '')) || '\b(?:[^.\n]|\.[0-9])*\.?'
        )) AS sentence
    FROM (SELECT DISTINCT other_document_id, other_value FROM conflicts) AS c
    JOIN document_texts AS x ON x.document_id = c.other_document_id
),
others AS (
    SELECT other_document_id, other_value, arg_min(sentence, span_start) AS sentence
    FROM sentences
    WHERE sentence <> ''
    GROUP BY ALL
)
SELECT
    c.table_name, c.row_id, c.column_name, c.kept_value, k.quote AS kept_quote, kd.kind AS kept_kind,
    kd.title AS kept_title, c.other_value, coalesce(q.quote, o.sentence) AS other_quote, od.kind AS other_kind,
    od.title AS other_title, c.rule
FROM conflicts AS c
JOIN documents AS kd ON kd.document_id = c.kept_document_id
JOIN documents AS od ON od.document_id = c.other_document_id
LEFT JOIN quotes AS k
    ON k.table_name = c.table_name AND k.row_id = c.row_id AND k.column_name = c.column_name
    AND k.document_id = c.kept_document_id
LEFT JOIN quotes AS q
    ON q.table_name = c.table_name AND q.row_id = c.row_id AND q.column_name = c.column_name
    AND q.document_id = c.other_document_id
LEFT JOIN others AS o ON o.other_document_id = c.other_document_id AND o.other_value = c.other_value
ORDER BY c.table_name, c.row_id, c.column_name, c.other_document_id, c.other_value;
