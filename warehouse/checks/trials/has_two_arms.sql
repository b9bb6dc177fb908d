-- severity: warn
-- message: A randomized trial with results has fewer than two arms.
-- action: Read the document; an arm was most likely missed, or two arms were taken for one.
-- owner: extraction

-- A trial of one arm is no fault, so the trial must say that its participants were randomized.
SELECT
    trial_id AS row_id,
    trial_id,
    'The trial is randomized and has results, but '
        || CASE (SELECT count(*) FROM arms WHERE arms.trial_id = trials.trial_id)
               WHEN 0 THEN 'no arm.' ELSE 'only one arm.' END AS message
FROM trials
WHERE allocation = 'RANDOMIZED'
  AND (SELECT count(*) FROM arms WHERE arms.trial_id = trials.trial_id) < 2
  AND EXISTS (
      SELECT 1
      FROM outcomes
      LEFT JOIN outcome_measurements USING (outcome_id)
      LEFT JOIN outcome_analyses USING (outcome_id)
      WHERE outcomes.trial_id = trials.trial_id
        AND (measurement_id IS NOT NULL OR analysis_id IS NOT NULL)
  )
