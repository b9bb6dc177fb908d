-- severity: warn
-- message: A trial has fewer rows of outcome_measurements than in the last release, and its documents are the same.
-- action: Compare the trial in both releases; a rule that reads better may take rows away rightly.
-- owner: extraction
-- needs: last

-- Trials that are gone have their own check, and rows that went with a document or its words are a note of trials.
SELECT trial_id, 'The trial had ' || had || ' rows in outcome_measurements and now has ' || has || '.' AS message
FROM lost_rows('last.', 'outcome_measurements', 'outcomes')
ANTI JOIN trials_of_changed_documents('last.') USING (trial_id)
