"""All of PubMed: files of its baseline and updates to a store of their own, beside the releases."""
