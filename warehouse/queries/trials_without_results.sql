-- question: Which trials ended, by their registry record, and have no number in the warehouse?
-- shows: A row a trial, longest ended first, with the days since its completion and the documents that were read for it.
SELECT
    t.registry_id, t.acronym, t.title, t.phase, t.overall_status, t.enrollment, t.sponsor, t.completion_date,
    date_diff('day', t.completion_date, r.published_at::DATE) AS days_since,
    (SELECT count(*) FROM trial_documents AS d WHERE d.trial_id = t.trial_id) AS documents
FROM trials AS t
CROSS JOIN (SELECT max(published_at) AS published_at FROM meta.releases) AS r
WHERE (t.overall_status IN ('COMPLETED', 'TERMINATED') OR t.completion_date < r.published_at)
  AND NOT EXISTS (
      FROM outcomes AS o
      WHERE o.trial_id = t.trial_id
        AND (
            EXISTS (FROM outcome_measurements AS m WHERE m.outcome_id = o.outcome_id)
            OR EXISTS (FROM outcome_analyses AS x WHERE x.outcome_id = o.outcome_id)
        )
  )
ORDER BY t.completion_date NULLS LAST, t.registry_id, t.trial_id;
