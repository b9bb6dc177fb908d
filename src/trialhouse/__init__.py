"""Trialhouse: a versioned DuckDB warehouse of clinical trials, their arms and their outcomes."""

__version__ = "0.1.0"
