"""The pages, a file each: what a page shows is read here, how it looks is in its template."""
