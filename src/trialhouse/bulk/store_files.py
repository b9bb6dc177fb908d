"""The files in the folder of the store, for those too who only open it and need not wait for what writes it."""

DATABASE, BUILDING = "pubmed.duckdb", ".building.duckdb"
"""What readers open, and the next one in the making."""
