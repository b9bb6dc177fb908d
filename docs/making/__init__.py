"""Programs that make the documents: generated pages, and what Sphinx does not do by itself."""
