"""Data for tests that is not ours to publish: it lies beside the checkout or is not there."""

from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def outside(name: str) -> Path:
    """A folder of data beside the checkout; skips the module that asks when it is not there."""
    folder = BESIDE / name
    if not folder.is_dir():
        pytest.skip(f"{name} does not lie beside this checkout", allow_module_level=True)
    return folder
