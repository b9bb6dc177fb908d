-- question: Where exactly was each number of a trial read?
-- shows: A row a place: the number, the quote with its offsets, the document, what read it, and whether the quote still
--   stands at its offsets in the text of the document (null where the release does not hold that part of the text).
-- param: trial = RESCUE
WITH numbers AS (
    SELECT
        'outcome_measurements' AS table_name, measurement_id AS row_id, outcome_id, arm_id, statistic AS number_is,
        value, unit
    FROM outcome_measurements
    UNION ALL
    SELECT 'outcome_analyses', analysis_id, outcome_id, arm_id, effect, estimate, unit FROM outcome_analyses
)
SELECT
    o.measure, o.time_frame, a.label AS arm, n.number_is, n.value, n.unit, e.column_name, e.quote, e.span_start,
    e.span_end, e.locator, d.kind AS kind_of_document, d.title, d.url, e.extractor, e.extractor_version, e.rule,
    e.confidence,
    (
        SELECT bool_or(substr(x.text, e.span_start - x.span_start + 1, e.span_end - e.span_start) = e.quote)
        FROM document_texts AS x
        WHERE x.document_id = e.document_id AND x.span_start <= e.span_start AND x.span_end >= e.span_end
    ) AS quote_stands_there
FROM trials AS t
JOIN outcomes AS o USING (trial_id)
JOIN numbers AS n USING (outcome_id)
JOIN evidence AS e ON e.table_name = n.table_name AND e.row_id = n.row_id
JOIN documents AS d ON d.document_id = e.document_id
LEFT JOIN arms AS a ON a.arm_id = n.arm_id
WHERE $trial IN (t.trial_id, t.registry_id, t.acronym) AND e.column_name IN ('value', 'estimate', 'ci_low', 'p_value')
ORDER BY o.outcome_id, n.table_name DESC, a.label, n.row_id, e.column_name, e.is_main DESC, e.document_id, e.span_start;
