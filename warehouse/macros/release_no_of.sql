-- The number of the release that a moment names: the id or tag of a release, or a date, which means the last release
-- published by the end of that day (UTC) and not withdrawn.
CREATE MACRO release_no_of(moment) AS (
    SELECT
        CASE
            WHEN release_no IS NULL
            THEN error(
                'there is no release ' || coalesce(moment::VARCHAR, 'NULL') || ': give the id or the tag of a release, or a date from '
                || coalesce((SELECT min(published_at)::DATE::VARCHAR FROM meta.releases WHERE status = 'published'), 'the first release')
                || ' on'
            )
            ELSE release_no
        END
    FROM (
        SELECT coalesce(
            (SELECT max(release_no) FROM meta.releases WHERE release_id = moment::VARCHAR OR tag = moment::VARCHAR),
            (
                SELECT max(release_no)
                FROM meta.releases
                WHERE
                    status = 'published'
                    -- A time of day would be cut to its day: it is refused.
                    AND regexp_full_match(moment::VARCHAR, '\d{4}-\d{2}-\d{2}( 00:00:00)?')
                    AND published_at < try_cast(moment AS DATE) + 1
            )
        ) AS release_no
    )
);
COMMENT ON MACRO release_no_of IS 'The number of the release that an id, a tag or a date names; a date means the last release published by the end of that day (UTC) and not withdrawn.';
