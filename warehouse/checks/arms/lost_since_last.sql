-- severity: warn
-- message: A trial has fewer rows of arms than in the last release.
-- action: Compare the trial in both releases; a changed document or rule may take rows away rightly.
-- owner: extraction
-- needs: last

-- Counted, not compared by id: a row that is read better may get a new id. Trials that are gone have their own check.
-- A trial that was split is counted together with what was just split from it.
WITH earlier AS (
    SELECT trial_id, count(*) AS before
    FROM last.arms
    GROUP BY trial_id
),
parts AS (
    SELECT trial_id, trial_id AS part FROM trials
    UNION ALL
    (SELECT old_trial_id, trial_id FROM trial_redirects EXCEPT SELECT old_trial_id, trial_id FROM last.trial_redirects)
),
now AS (
    SELECT parts.trial_id, count(*) AS after
    FROM parts
    JOIN arms AS mine ON mine.trial_id = parts.part
    GROUP BY parts.trial_id
)
SELECT trial_id, 'The trial had ' || before || ' rows in arms and now has ' || coalesce(after, 0) || '.' AS message
FROM earlier
JOIN trials USING (trial_id)
LEFT JOIN now USING (trial_id)
WHERE coalesce(after, 0) < before
