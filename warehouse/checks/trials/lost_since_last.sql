-- severity: error
-- sets aside: nothing
-- message: A trial of the last release is gone, and no redirect says where to.
-- action: Look at its documents in the last release: withdrawn on purpose, or lost on the way?
-- owner: warehouse
-- needs: last

-- Nothing is set aside: the row is not there.
-- An error and not a block. A file that is superseded takes its trials with it rightly, and where a person cannot yet
-- waive a finding, a block would stop every later release too. A trial that was merged or split has a redirect.
WITH gone AS (
    SELECT
        trials.*,
        (SELECT count(*) FROM last.trial_documents AS linked WHERE linked.trial_id = trials.trial_id) AS had,
        (
            SELECT count(*)
            FROM last.trial_documents AS linked
            WHERE linked.trial_id = trials.trial_id
              AND linked.document_id IN (SELECT document_id FROM documents)
        ) AS still_here
    FROM last.trials AS trials
    WHERE trials.trial_id NOT IN (SELECT trial_id FROM trials)
      AND trials.trial_id NOT IN (SELECT old_trial_id FROM trial_redirects)
)
SELECT
    trial_id AS row_id,
    trial_id,
    'The trial ' || coalesce(acronym, registry_id, title, trial_id) || ' was in the last release with '
        || counted(had, 'document') || ', of which ' || still_here || if(still_here = 1, ' is', ' are')
        || ' still here.' AS message
FROM gone
