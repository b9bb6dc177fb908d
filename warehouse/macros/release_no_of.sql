-- The number of the release that a moment names: the id or tag of a release, or a date, which means the last release
-- published by the end of that day (UTC) and not withdrawn. An error for what names none.
CREATE MACRO release_no_of(moment) AS (
    SELECT
        CASE
            WHEN release_no IS NULL
            THEN error(
                'there is no release ' || coalesce(moment::VARCHAR, 'NULL')
                || ': give the id or the tag of a release, or a date from ' || first_day || ' on'
                -- What is current may change after the file was written: only a register of releases knows it.
                || CASE
                    WHEN moment::VARCHAR = 'current'
                    THEN '; a file does not know which release is current: its plain tables are of its own release'
                    ELSE ''
                END
            )
            WHEN release_no IN (SELECT r.release_no FROM meta.releases AS r WHERE r.rows_are_lost)
            THEN error(
                'the rows of release ' || moment::VARCHAR || ' are lost: its file was damaged, and so was the ledger'
            )
            ELSE release_no
        END
    FROM (
        SELECT
            coalesce(
                (SELECT max(release_no) FROM meta.releases WHERE moment::VARCHAR IN (release_id, tag)),
                (
                    SELECT max(release_no)
                    FROM meta.releases
                    WHERE
                        status = 'published'
                        -- A time of day would be cut to its day: it is refused.
                        AND regexp_full_match(moment::VARCHAR, '\d{4}-\d{2}-\d{2}( 00:00:00)?')
                        AND published_at < try_cast(moment AS DATE) + 1
                )
            ) AS release_no,
            coalesce(
                (SELECT min(published_at)::DATE::VARCHAR FROM meta.releases WHERE status = 'published'),
                'the first release'
            ) AS first_day
    )
);
COMMENT ON MACRO release_no_of IS
    'The number of the release that an id, a tag or a date names; a date means the last release published by the end of that day (UTC) and not withdrawn.';
