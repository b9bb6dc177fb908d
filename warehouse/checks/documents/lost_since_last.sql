-- severity: info
-- message: Documents of the last release are gone.
-- action: Look whether the source withdrew them, a file was taken away, or they were lost on the way.
-- owner: sources
-- needs: last

-- A note: a file that was given again in another form is gone rightly, and a trial that is lost with its document has a
-- check of its own. One row for each source, so that a folder that was taken away is one note. The id of a document
-- that has one at its source stays when its bytes change; that of a file does not.
SELECT
    source AS row_id,
    'document_id' AS column_name,
    count(*) || ' of ' || (SELECT count(*) FROM last.documents AS before WHERE before.source = gone.source)
        || ' documents of ' || source || if(count(*) = 1, ' is gone: ', ' are gone, the first is ') || min(document_id) || '.' AS message
FROM last.documents AS gone
ANTI JOIN documents USING (document_id)
GROUP BY source
