-- severity: warn
-- message: A trial has fewer rows of outcomes than in the last release.
-- action: Compare the trial in both releases; a changed document or rule may take rows away rightly.
-- owner: extraction
-- needs: last

-- Counted, not compared by id: a row that is read better may get a new id. Trials that are gone have their own check.
WITH counted AS (
    SELECT
        trial_id,
        (SELECT count(*) FROM last.outcomes AS earlier WHERE earlier.trial_id = trials.trial_id) AS before,
        (SELECT count(*) FROM outcomes AS now WHERE now.trial_id = trials.trial_id) AS after
    FROM trials
)
SELECT trial_id, 'The trial had ' || before || ' rows in outcomes and now has ' || after || '.' AS message
FROM counted
WHERE after < before
