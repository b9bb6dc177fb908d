"""Releases: built in a folder of their own, published by one rename, never changed."""
