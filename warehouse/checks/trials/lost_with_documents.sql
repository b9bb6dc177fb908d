-- severity: info
-- message: A trial has fewer rows than in the last release, and a document of it is gone or says something else.
-- action: Nothing, if that is what the source did; else look at the document in both releases.
-- owner: sources
-- needs: last

WITH lost AS (
    FROM lost_rows('last.', 'arms', 'arms')
    UNION ALL
    FROM lost_rows('last.', 'outcomes', 'outcomes')
    UNION ALL
    FROM lost_rows('last.', 'outcome_measurements', 'outcomes')
    UNION ALL
    FROM lost_rows('last.', 'outcome_analyses', 'outcomes')
)
SELECT
    trial_id AS row_id,
    trial_id,
    'Since a document changed, the trial has fewer rows: '
        || string_agg(has || ' of ' || had || ' in ' || table_name, ', ' ORDER BY table_name) || '.' AS message
FROM lost
SEMI JOIN trials_of_changed_documents('last.') USING (trial_id)
GROUP BY trial_id
