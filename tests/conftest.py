"""Fixtures that every test may use."""

import os
import pathlib

import pytest

CHECKOUT = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of shared real input; a test that wants it is skipped where it is absent."""
    folder = pathlib.Path(os.environ.get("TRIALHOUSE_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip("the shared folder of real input is not here (set TRIALHOUSE_SHARED)")
    return folder
