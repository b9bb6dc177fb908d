-- severity: warn
-- message: A text and its copy in another language disagree; the main text was kept.
-- action: Read both quotes; acknowledge it and send them to the owner, or waive it (source_error, known_limitation).
-- owner: extraction

-- No command changes a cell: where the copy is right or either was misread, the rule's owner adds the sentences to
-- tests/spec/other_language.toml and mends the rule; until then the alert is acknowledged, or waived as
-- known_limitation. A slip of the document itself is a source_error.
-- One difference may be a conflict of several cells (one schedule of all arms): it is one row here.
-- Both quotes stand in candidates, whose reason names the difference by its values.
WITH differences AS (
    SELECT
        min(concat_ws('/', table_name, row_id, column_name, other_document_id, other_value)) AS row_id,
        coalesce(arms.trial_id, conflicts.row_id) AS trial_id,
        other_document_id AS document_id,
        column_name,
        kept_value,
        other_value,
        substr(rule, length('other_language:') + 1) AS language,
        string_agg(DISTINCT label, ', ' ORDER BY label) AS labels
    FROM conflicts
    LEFT JOIN arm_interventions ON table_name = 'arm_interventions' AND conflicts.row_id = arm_intervention_id
    LEFT JOIN arms USING (arm_id)
    WHERE starts_with(rule, 'other_language:')
    GROUP BY ALL
),
named AS (
    SELECT
        *,
        column_name || ' is ' || other_value || ' in the copy in ' || language || ', ' || kept_value
            || ' in the main text' AS words
    FROM differences
)
SELECT
    row_id,
    column_name,
    trial_id,
    document_id,
    upper(words[1]) || words[2:]
        || coalesce(': “' || (
            SELECT string_agg(quote, '” / “' ORDER BY reason, span_start)
            FROM candidates
            WHERE candidates.document_id = named.document_id
              AND kind = 'language_difference'
              AND reason IN ('copy: ' || words, 'main text: ' || words)
        ) || '”', '') || '.' || coalesce(' It is said of ' || labels || '.', '') AS message
FROM named
