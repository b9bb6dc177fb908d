-- severity: warn
-- message: Documents with one DOI are linked to different trials.
-- action: Look whether the DOI is that of a supplement or a pooled analysis, or one of the registry ids is a slip.
-- owner: evidence team
SELECT
    t.document_id AS row_id,
    'document_id' AS column_name,
    t.trial_id,
    t.document_id,
    'DOI ' || min(lower(d.doi)) || ' is shared with a document of trial ' || min(other.trial_id) || '.' AS message
FROM trial_documents AS t
JOIN documents AS d USING (document_id)
JOIN documents AS e ON lower(e.doi) = lower(d.doi) AND e.document_id <> d.document_id
JOIN trial_documents AS other ON other.document_id = e.document_id AND other.trial_id <> t.trial_id
WHERE d.kind IS DISTINCT FROM 'notice' AND e.kind IS DISTINCT FROM 'notice'
  -- A review is linked to every trial that it names, and each record of a paper on two trials to both.
  AND t.role IS DISTINCT FROM 'REVIEW_MENTION' AND other.role IS DISTINCT FROM 'REVIEW_MENTION'
  AND NOT EXISTS (FROM trial_documents AS same WHERE same.document_id = e.document_id AND same.trial_id = t.trial_id)
GROUP BY t.document_id, t.trial_id
