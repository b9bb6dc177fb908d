-- What differs between two releases, cell by cell, per trial, with the cause:
-- FROM changes('2026.11.20.01', '2026.11.21.01'). The two may be in either order and need not be neighbours: the cause
-- of a cell is looked for in its step, the last of the releases between with which it changed.
--
-- The two parts in braces are made from the declaration of the tables, a query a table (differences_sql.py):
--   {versions}          versions of rows that began or ended with a step, each with the step that it is told of
--   {trials_of_rows}    the trial of the rows that those refer to
CREATE MACRO changes(from_moment, to_moment) AS TABLE
WITH
moments AS MATERIALIZED (
    -- Whatever holds in the later of the two may be said to end after it.
    SELECT *, greatest(from_no, to_no) + 1 AS end_no
    FROM (SELECT release_no_of(from_moment) AS from_no, release_no_of(to_moment) AS to_no)
),
-- Releases after the earlier of the two, up to the later: only a version that began or ended with one of them differs.
-- It holds in one of the two; or in neither, if it began and ended between them.
steps AS MATERIALIZED (
    SELECT unnest(range(least(from_no, to_no) + 1, end_no)) AS release_no FROM moments
),
versions AS MATERIALIZED (
{versions}
),
-- A row has one version that holds in the one release, one that holds in the other, or both.
paired AS (
    SELECT
        table_name,
        key,
        old.cells AS old_cells,
        new.cells AS new_cells,
        old.content AS old_row,
        new.content AS new_row,
        coalesce(new.trial_id, old.trial_id) AS trial_id,
        coalesce(new.parent_table, old.parent_table) AS parent_table,
        coalesce(new.parent_id, old.parent_id) AS parent_id,
        list_concat(old.own_documents, new.own_documents) AS own_documents,
        -- The one of the later release began with its step, and the other had ended by then.
        greatest(old.step, new.step) AS step
    FROM (FROM versions WHERE is_old) AS old
    FULL JOIN (FROM versions WHERE is_new) AS new USING (table_name, key)
),
-- One that ended and came back as it was is no difference.
rows AS MATERIALIZED (
    SELECT
        *,
        row_number() OVER () AS n,
        array_to_string(key, '/') AS row_id,
        CASE WHEN old_row IS NULL THEN 'added' WHEN new_row IS NULL THEN 'removed' ELSE 'changed' END AS change,
        -- The key of a relation is the document that says it, the document that it speaks of, and the word.
        table_name = 'document_relations' AND key[3] IN ('RETRACTION_OF', 'CONCERN_ABOUT', 'ERRATUM_FOR') AS is_notice
    FROM paired
    WHERE old_cells IS DISTINCT FROM new_cells OR old_row IS NULL OR new_row IS NULL
),
table_columns(table_name, column_names) AS (
    VALUES
{column_names}
),
-- Of rows with versions between the two: the step with which the row came or went, or each cell got another value.
stories AS MATERIALIZED (
    SELECT
        n,
        change,
        column_names,
        versions.cells,
        since_no,
        until_no,
        lag(until_no) OVER (PARTITION BY n ORDER BY since_no) AS until_before
    FROM versions
    JOIN rows USING (table_name, key)
    JOIN table_columns USING (table_name)
    WHERE n IN (SELECT n FROM versions JOIN rows USING (table_name, key) WHERE NOT is_old AND NOT is_new)
),
turns AS MATERIALIZED (
    SELECT n, column_name, max(since_no) AS turn
    FROM (
        SELECT n, column_name, since_no, value, lag(value) OVER (PARTITION BY n, column_name ORDER BY since_no) AS before
        FROM (
            SELECT n, since_no, unnest(column_names) AS column_name, unnest(cells) AS value
            FROM stories
            WHERE change = 'changed'
        )
    )
    WHERE value IS DISTINCT FROM before
    GROUP BY n, column_name
    UNION ALL
    -- One that was there first has gone for good with its last end; else it came for good after its last gap.
    SELECT
        n,
        NULL,
        CASE
            WHEN min(since_no) IN (SELECT release_no FROM steps)
            THEN max(since_no) FILTER (WHERE since_no IS DISTINCT FROM until_before)
            ELSE max(until_no)
        END
    FROM stories
    WHERE change <> 'changed'
    GROUP BY n
),
cells AS MATERIALIZED (
    SELECT said.n, coalesce(turn, step) AS step, change, said.column_name, old_value, new_value
    FROM (
        SELECT
            n,
            step,
            change,
            unnest(column_names) AS column_name,
            unnest(old_cells) AS old_value,
            unnest(new_cells) AS new_value
        FROM rows JOIN table_columns USING (table_name)
        WHERE change = 'changed'
        UNION ALL
        SELECT n, step, change, NULL, old_row, new_row FROM rows WHERE change <> 'changed'
    ) AS said
    LEFT JOIN turns ON turns.n = said.n AND turns.column_name IS NOT DISTINCT FROM said.column_name
    WHERE old_value IS DISTINCT FROM new_value
),

-- Documents that came, went, or stayed with other bytes, in each step. One that went is the same as one that came, with
-- other bytes, when both have the same DOI (else PubMed id, address or title): a file has no other id than that of its
-- bytes.
document_versions AS MATERIALIZED (
    SELECT key[1] AS document_id, since_no, until_no, content::JSON AS document
    FROM versions
    WHERE table_name = 'documents'
),
document_fates AS MATERIALIZED (
    SELECT
        document_id,
        step,
        CASE WHEN old IS NULL THEN 'came' WHEN new IS NULL THEN 'went' ELSE 'stayed' END AS fate,
        coalesce(new, old) AS document,
        document ->> 'source' AS source,
        document ->> 'kind' AS kind,
        document ->> 'title' AS title,
        coalesce(document ->> 'doi', document ->> 'pmid', document ->> 'url', document ->> 'title') AS name
    FROM (
        -- On the way from the first release to the second, which may be back.
        SELECT document_id, CASE WHEN from_no < to_no THEN until_no ELSE since_no END AS step, document AS old
        FROM document_versions, moments
        WHERE step IN (SELECT release_no FROM steps)
    )
    FULL JOIN (
        SELECT document_id, CASE WHEN from_no < to_no THEN since_no ELSE until_no END AS step, document AS new
        FROM document_versions, moments
        WHERE step IN (SELECT release_no FROM steps)
    ) USING (document_id, step)
    WHERE old ->> 'sha256' IS DISTINCT FROM new ->> 'sha256'
),
document_changes AS MATERIALIZED (
    SELECT
        document_id,
        step,
        fate,
        CASE
            WHEN fate = 'stayed' OR other_document_id IS NOT NULL THEN 'SOURCE_CHANGED'
            WHEN fate = 'came' THEN 'NEW_DOCUMENT'
            ELSE 'DOCUMENT_GONE'
        END AS document_cause,
        concat_ws(' ', source, kind, '"' || coalesce(title, document_id) || '"') AS label,
        ' (' || CASE fate WHEN 'came' THEN 'before: ' ELSE 'now: ' END || other_document_id || ')' AS renamed
    FROM document_fates
    LEFT JOIN (
        SELECT
            step,
            source,
            name,
            CASE fate WHEN 'came' THEN 'went' ELSE 'came' END AS fate,
            min(document_id) AS other_document_id
        FROM document_fates
        WHERE fate <> 'stayed'
        GROUP BY ALL
    ) USING (step, source, name, fate)
),

-- The trial of each row: its own, or that of the row it belongs to, or the only one that its document is linked to.
parents AS MATERIALIZED (
    SELECT DISTINCT parent_table, parent_id FROM rows WHERE parent_id IS NOT NULL
),
links AS MATERIALIZED (
    SELECT
        document_id,
        trial_id,
        since_no,
        until_no,
        since_no <= from_no AND until_no > from_no AS is_old,
        since_no <= to_no AND until_no > to_no AS is_new
    FROM (
        SELECT document_id, trial_id, since_release_no AS since_no, end_no AS until_no FROM trial_documents, moments
        UNION ALL
        SELECT document_id, trial_id, since_release_no, until_release_no FROM history.trial_documents
    ), moments
    WHERE since_no < end_no AND until_no > least(from_no, to_no)
      AND document_id IN (
          SELECT parent_id FROM parents WHERE parent_table = 'documents'
          UNION ALL
          SELECT key[2] FROM rows WHERE is_notice
          UNION ALL
          SELECT document_id FROM document_changes
      )
),
trials_of_parents AS MATERIALIZED (
    SELECT parent_table, parent_id, max(dated_trial).trial_id AS parent_trial_id
    FROM (
{trials_of_rows}
    )
    GROUP BY parent_table, parent_id
    UNION ALL
    -- The only trial that a document is linked to in the second release, or in the first if it has gone.
    SELECT
        'documents',
        document_id,
        CASE
            WHEN count(*) FILTER (WHERE is_new) = 1 THEN any_value(trial_id) FILTER (WHERE is_new)
            WHEN count(*) = 1 THEN any_value(trial_id)
        END
    FROM (
        SELECT document_id, trial_id, bool_or(is_new) AS is_new
        FROM links
        WHERE is_old OR is_new
        GROUP BY document_id, trial_id
    )
    GROUP BY document_id
),
trial_rows AS MATERIALIZED (
    SELECT rows.* REPLACE (coalesce(trial_id, its.parent_trial_id, about.parent_trial_id) AS trial_id)
    FROM rows
    LEFT JOIN trials_of_parents AS its USING (parent_table, parent_id)
    LEFT JOIN trials_of_parents AS about
        ON table_name = 'document_relations' AND about.parent_table = 'documents' AND about.parent_id = key[2]
),

-- The changed documents that a row names in a column of its own, or that evidence of it names before the step or after.
named AS MATERIALIZED (
    SELECT n, document_changes.step, column_name, is_main, document_id, document_cause, fate
    FROM (
        SELECT
            n,
            NULL AS column_name,
            false AS is_main,
            unnest(own_documents) AS document_id,
            0 AS since_no,
            end_no AS until_no
        FROM rows, moments
        UNION ALL
        SELECT n, column_name, is_main, document_id, since_no, until_no
        FROM (
            SELECT table_name, row_id, column_name, is_main, document_id, since_release_no AS since_no, end_no AS until_no
            FROM evidence, moments
            WHERE document_id IN (SELECT document_id FROM document_changes) AND since_release_no < end_no
            UNION ALL
            SELECT table_name, row_id, column_name, is_main, document_id, since_release_no, until_release_no
            FROM history.evidence, moments
            WHERE document_id IN (SELECT document_id FROM document_changes)
              AND since_release_no < end_no
              AND until_release_no > least(from_no, to_no)
        )
        JOIN rows USING (table_name, row_id)
    )
    JOIN document_changes USING (document_id)
    WHERE since_no <= document_changes.step AND until_no >= document_changes.step
),
-- For each cell the document that explains it best: what the cell was taken from, then what else is said of its row.
-- Among equals, what came explains what came or changed, and what went explains what went.
explained_by_own AS MATERIALIZED (
    SELECT cells.n, cells.column_name, document_id, document_cause
    FROM named
    JOIN cells USING (n, step)
    QUALIFY row_number() OVER (
        PARTITION BY cells.n, cells.column_name
        ORDER BY
            named.column_name IS NOT DISTINCT FROM cells.column_name AND is_main DESC,
            named.column_name IS NOT DISTINCT FROM cells.column_name DESC,
            CASE WHEN fate = 'stayed' THEN 2 WHEN (fate = 'went') = (change = 'removed') THEN 1 ELSE 3 END,
            document_id
    ) = 1
),
explained_by_trial AS MATERIALIZED (
    SELECT trial_id, step, change, document_id, document_cause
    FROM (
        SELECT trial_id, step, document_id, document_cause, fate, unnest(['added', 'changed', 'removed']) AS change
        FROM links
        JOIN document_changes USING (document_id)
        WHERE since_no <= step AND until_no >= step
    )
    QUALIFY row_number() OVER (
        PARTITION BY trial_id, step, change
        ORDER BY
            CASE WHEN fate = 'stayed' THEN 2 WHEN (fate = 'went') = (change = 'removed') THEN 1 ELSE 3 END,
            document_id
    ) = 1
),
-- For each trial, the notice about one of its documents that came or went with a step.
explained_by_notice AS MATERIALIZED (
    SELECT links.trial_id, cells.step, min(key[1]) AS document_id
    FROM rows
    JOIN cells USING (n)
    JOIN links ON links.document_id = key[2]
    WHERE is_notice
    GROUP BY links.trial_id, cells.step
),

-- What the release of a step and the one before it were made with, for what no document explains. What is not known is
-- not said to differ; what judgements were hashed is known of releases of one schema version only.
made AS MATERIALIZED (
    SELECT
        later.release_no AS step,
        coalesce(earlier.extractor_version <> later.extractor_version, false) AS has_other_extractor,
        coalesce(earlier.vocabulary_sha256 <> later.vocabulary_sha256, false) AS has_other_vocabulary,
        earlier.schema_version IS NOT DISTINCT FROM later.schema_version
            AND earlier.judgements_sha256 IS DISTINCT FROM later.judgements_sha256 AS has_other_judgements,
        coalesce(earlier.trust_sha256 <> later.trust_sha256, false) AS has_other_trust,
        coalesce(earlier.code_version <> later.code_version, false) AS has_other_code,
        -- On the way from the first release to the second, which may be back.
        CASE
            WHEN from_no < to_no THEN earlier.extractor_version || ' to ' || later.extractor_version
            ELSE later.extractor_version || ' to ' || earlier.extractor_version
        END AS extractors,
        CASE
            WHEN from_no < to_no THEN earlier.code_version || ' to ' || later.code_version
            ELSE later.code_version || ' to ' || earlier.code_version
        END AS codes
    FROM meta.releases AS later
    ASOF JOIN meta.releases AS earlier ON later.release_no > earlier.release_no
    CROSS JOIN moments
    WHERE later.release_no IN (SELECT release_no FROM steps)
),
-- Rows of which nothing changed with a step but what a vocabulary makes of words that stayed, or what tells who read
-- them and how.
narrow AS MATERIALIZED (
    SELECT
        n,
        cells.step,
        bool_and((table_name, column_name) IN (
{vocabulary_columns}
        )) AS is_of_vocabulary,
        bool_and(
            table_name = 'evidence' AND column_name IN ('extractor', 'extractor_version', 'rule', 'confidence')
        ) AS is_of_extractor
    FROM cells JOIN rows USING (n)
    WHERE cells.change = 'changed'
    GROUP BY n, cells.step
),
caused AS (
    SELECT
        trial_rows.* EXCLUDE (step),
        cells.column_name,
        cells.old_value,
        cells.new_value,
        made.*,
        CASE
            WHEN table_name IN ('trials', 'documents') AND cells.column_name IN ('evidence_status', 'notices')
            THEN 'RETRACTION'
            WHEN is_notice AND change = 'added' THEN 'RETRACTION'
            WHEN is_of_vocabulary AND has_other_vocabulary THEN 'VOCABULARY'
            WHEN is_of_extractor AND has_other_extractor THEN 'EXTRACTOR_VERSION'
            WHEN own.document_cause IS NOT NULL THEN own.document_cause
            WHEN around.document_cause IS NOT NULL THEN around.document_cause
            WHEN has_other_extractor THEN 'EXTRACTOR_VERSION'
            WHEN has_other_vocabulary THEN 'VOCABULARY'
            -- Whose word is kept is judged by people, too: for a column, where a judgement is of a pair.
            WHEN has_other_judgements OR has_other_trust THEN 'JUDGEMENT'
            WHEN has_other_code THEN 'CODE_VERSION'
            ELSE 'UNKNOWN'
        END AS cause,
        CASE
            WHEN cause = 'RETRACTION' AND table_name = 'document_relations' THEN key[1]
            WHEN cause = 'RETRACTION'
            THEN coalesce(explained_by_notice.document_id, own.document_id, around.document_id)
            WHEN cause IN ('NEW_DOCUMENT', 'DOCUMENT_GONE', 'SOURCE_CHANGED')
            THEN coalesce(own.document_id, around.document_id)
        END AS document_id,
        CASE WHEN own.document_id IS NULL THEN 'Of the documents of its trial, ' ELSE '' END AS whose
    FROM cells
    JOIN trial_rows USING (n, change)
    JOIN made ON made.step = cells.step
    LEFT JOIN narrow ON narrow.n = cells.n AND narrow.step = cells.step
    LEFT JOIN explained_by_own AS own
        ON own.n = cells.n AND own.column_name IS NOT DISTINCT FROM cells.column_name
    LEFT JOIN explained_by_trial AS around
        ON around.trial_id = trial_rows.trial_id AND around.step = cells.step AND around.change = cells.change
    LEFT JOIN explained_by_notice
        ON explained_by_notice.trial_id = trial_rows.trial_id AND explained_by_notice.step = cells.step
)
SELECT
    table_name,
    trial_id,
    row_id,
    change,
    column_name,
    old_value,
    new_value,
    cause,
    document_id,
    concat_ws(
        ' ',
        CASE cause
            WHEN 'RETRACTION' THEN
                CASE column_name
                    WHEN 'evidence_status' THEN
                        'The evidence status went from ' || old_value || ' to ' || new_value
                        || coalesce(', by ' || label, '') || '.'
                    WHEN 'notices' THEN
                        'What is said of the document went from ' || old_value || ' to ' || new_value || '.'
                    ELSE 'Document ' || key[1] || ' is ' || key[3] || ' document ' || key[2] || '.'
                END
            WHEN 'NEW_DOCUMENT' THEN whose || label || ' is new.'
            WHEN 'DOCUMENT_GONE' THEN whose || label || ' is no longer there.'
            WHEN 'SOURCE_CHANGED' THEN whose || label || ' changed' || coalesce(renamed, '') || '.'
            WHEN 'EXTRACTOR_VERSION' THEN 'The rules that read documents changed, from version ' || extractors || '.'
            WHEN 'VOCABULARY' THEN 'The vocabularies changed.'
            WHEN 'JUDGEMENT' THEN
                concat_ws(
                    ' ',
                    CASE WHEN has_other_judgements THEN 'The judgements of people changed.' END,
                    CASE WHEN has_other_trust THEN 'Whose word is kept (config/trust.toml) was judged anew.' END
                )
            WHEN 'CODE_VERSION' THEN 'The code changed, from version ' || codes || '.'
            ELSE 'No document of it or of its trial changed, nor anything known of what the releases were made with.'
        END,
        CASE
            WHEN has_other_extractor AND cause <> 'EXTRACTOR_VERSION' THEN 'The rules that read documents changed too.'
        END,
        CASE WHEN has_other_vocabulary AND cause <> 'VOCABULARY' THEN 'The vocabularies changed too.' END,
        CASE WHEN has_other_judgements AND cause <> 'JUDGEMENT' THEN 'The judgements of people changed too.' END,
        CASE WHEN has_other_trust AND cause <> 'JUDGEMENT' THEN 'Whose word is kept (config/trust.toml) was changed too.' END
    ) AS cause_detail
FROM caused LEFT JOIN document_changes USING (document_id, step)
ORDER BY trial_id NULLS LAST, table_name, row_id, column_name;
