"""The harness of extraction: labelled abstracts read by the real rooms, held against what annotators took from them.

`make eval` is its front door (`__main__.py`); `python -m bench.evaluation.missed` lists errors in the terminal.
"""
