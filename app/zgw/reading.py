"""The file as an operator wrote it, with what lies beside it."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from app.zgw import faults
from app.zgw.settings import UnfitError, ZgwFile

T = TypeVar("T")


def read(path: Path) -> ZgwFile:
    """The file; raises UnfitError. Files that it names lie beside it, unless elsewhere."""
    text = _tried(str(path), lambda: path.read_text(encoding="utf-8"))
    table = _tried(str(path), lambda: tomllib.loads(text))
    try:
        told = ZgwFile.model_validate(table)
    except ValidationError as error:
        raise UnfitError("\n".join(faults.of_settings(error))) from None
    found = _beside(path.parent, told)
    _tried("trede.key_file", found.trede.key_file.read_bytes)
    secret = _tried("zgw.secret_file", found.zgw.secret)
    if not secret.get_secret_value():
        raise UnfitError("zgw.secret_env or zgw.secret_file: is empty")
    return found


def _tried(name: str, reading: Callable[[], T]) -> T:
    """By the name of the setting: its value may be a secret that was put in the wrong place."""
    try:
        return reading()
    except (OSError, ValueError) as error:
        raise UnfitError(f"{name}: {faults.of_reading(error)}") from None


def _beside(folder: Path, told: ZgwFile) -> ZgwFile:
    trede = told.trede.model_copy(update={"key_file": folder / told.trede.key_file})
    given = told.zgw.secret_file
    zgw = told.zgw.model_copy(update={"secret_file": None if given is None else folder / given})
    return told.model_copy(update={"state": folder / told.state, "trede": trede, "zgw": zgw})
