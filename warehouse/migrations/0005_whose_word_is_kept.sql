-- to: 5
-- message: meta.releases.trust_sha256 names the orders of trust that a release was made with, so that a change of
--   config/trust.toml explains what differs; meta.runs.interval_first and interval_last say which days a run was for.

-- null for releases before this one: what is not known is not said to differ.
ALTER TABLE meta.releases ADD COLUMN trust_sha256 VARCHAR;

-- null for runs before this version: they asked for what was new, and nobody wrote down for which days.
ALTER TABLE meta.runs ADD COLUMN interval_first DATE;
ALTER TABLE meta.runs ADD COLUMN interval_last DATE;
