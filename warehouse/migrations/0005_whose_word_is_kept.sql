-- to: 5
-- message: meta.releases.trust_sha256 names the orders of trust that a release was made with, so that a change of
--   config/trust.toml explains what differs.

-- null for releases before this one: what is not known is not said to differ.
ALTER TABLE meta.releases ADD COLUMN trust_sha256 VARCHAR;
