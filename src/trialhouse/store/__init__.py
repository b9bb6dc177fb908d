"""The only room that imports duckdb: files of a release, their schema, inserts, and SQL kept as files."""
