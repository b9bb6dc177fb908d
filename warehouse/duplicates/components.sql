-- The clusters of a table of links, bib_links (l, r), in another way than the program's own: from every record that is
-- linked, walk to all that can be reached, and take the smallest number met.
WITH RECURSIVE
edges AS (
    SELECT l AS a, r AS b FROM bib_links UNION SELECT r, l FROM bib_links
),
walked(n, met) AS (
    SELECT DISTINCT a, a FROM edges
    UNION
    SELECT walked.n, edges.b FROM walked JOIN edges ON edges.a = walked.met
)
SELECT n, min(met) AS cluster FROM walked GROUP BY n ORDER BY n
