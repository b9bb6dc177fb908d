"""The parser of PubMed's files that the bulk load uses."""

from trialhouse.bulk.fast_parser import parse_file

PARSER_VERSION = "3"
"""Raised when a file's rows change: shards that an older one made are made anew."""

__all__ = ["PARSER_VERSION", "parse_file"]
