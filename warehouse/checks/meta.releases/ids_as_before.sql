-- severity: warn
-- message: Many rows have another id than in the last release, though their documents are the same.
-- action: Look at what ids are made of, and at how rows are matched with those published; readers may hold the old ids.
-- owner: resolution
-- needs: last

-- Of trials that both releases have and whose documents are the same; trials themselves leave redirects. A row that is
-- read better may get a new id, so a few are nothing.
WITH replaced AS (
    FROM replaced_ids('last.', 'arms', 'arms', 'arm_id')
    UNION ALL
    FROM replaced_ids('last.', 'arm_interventions', 'arms', 'arm_intervention_id')
    UNION ALL
    FROM replaced_ids('last.', 'outcomes', 'outcomes', 'outcome_id')
    UNION ALL
    FROM replaced_ids('last.', 'outcome_measurements', 'outcomes', 'measurement_id')
    UNION ALL
    FROM replaced_ids('last.', 'outcome_analyses', 'outcomes', 'analysis_id')
)
SELECT
    table_name || '/' || column_name AS row_id,
    column_name,
    replaced || ' of ' || all_rows || ' rows of ' || table_name || ' have another id, such as those of trial ' || example
        || '.' AS message
FROM replaced
WHERE replaced >= threshold('ids_replaced_share') * all_rows
  AND replaced >= threshold('ids_replaced_rows')
