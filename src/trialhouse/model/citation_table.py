"""Citations as a table of Arrow: what a million of them are handed over as, without an object each."""

import pyarrow as pa

from trialhouse.model.citation import Citation

_TYPES = {"year": pa.int32(), "authors": pa.list_(pa.string()), "registry_ids": pa.list_(pa.string())}

CITATION_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in Citation.model_fields])
"""A column a field of Citation: text is null where nothing is said, a list is then empty."""
