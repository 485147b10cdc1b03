"""Lines become rows: JSON per line, or a table with flattened names over its columns; pure."""

import csv
import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from app.domain.bulk.rules.imports import MOST_ROWS, FileForm, Row, RowFault
from app.domain.bulk.rules.lines import LONGEST, FileError
from app.platform.http import strict_json
from app.platform.http.problems import BadRequest

COLUMN = re.compile(
    r"(?!.*[0-9]{4})[A-Za-z][A-Za-z0-9]*(\.([A-Za-z][A-Za-z0-9]*|[0-9]{1,3})){0,12}"
)
MOST_COLUMNS = 500
SEPARATORS = (";", ",", "\t")
QUOTE = '"'


class Reader(Protocol):
    """Takes whole lines and gives rows. Raises FileError."""

    def rows(self, line: str) -> Iterator[Row]: ...

    def end(self) -> None: ...


class NdjsonReader:
    """One object per line; an empty line is none."""

    def __init__(self) -> None:
        self._number = 0

    def rows(self, line: str) -> Iterator[Row]:
        self._number += 1
        check_number(self._number)
        if not line.strip():
            return
        try:
            yield Row(self._number, dict(strict_json.parse(line.encode())))
        except BadRequest as bad:
            told = (RowFault(dotted(f.pointer), f.code, f.detail) for f in bad.errors)
            yield Row(self._number, None, tuple(told))

    def end(self) -> None:
        """Every line stands by itself."""


class CsvReader:
    """The first row names the columns; rows are counted as a spreadsheet shows them."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._length = 0
        self._number = 0
        self._separator = ""
        self._names: list[str] = []

    def rows(self, line: str) -> Iterator[Row]:
        joined = self._whole(line)
        if joined is None:
            return
        if self._number == 0 and joined.lower().startswith("sep="):
            self._separator = joined[4:5]
            return
        self._number += 1
        check_number(self._number)
        if self._number == 1:
            self._named(joined)
        elif joined.strip(f"{self._separator} "):
            yield self._row(joined)

    def _whole(self, line: str) -> str | None:
        """The row, once each quoted cell in it is closed. Raises FileError."""
        was_open, turns = bool(self._open), line.count(QUOTE) % 2 == 1
        self._open.append(line)
        self._length += len(line) + 1
        if was_open is not turns:
            if self._length > LONGEST:
                raise FileError("line_too_long", f"A row has at most {LONGEST} characters.")
            return None
        joined = "\n".join(self._open)
        self._open, self._length = [], 0
        return joined

    def _cells(self, line: str) -> list[str]:
        return next(csv.reader([line], delimiter=self._separator))

    def end(self) -> None:
        if self._open:
            raise FileError("open_quote", "A quoted cell is not closed.")
        if not self._names:
            raise FileError("no_header", "The first row names the columns.")

    def _named(self, line: str) -> None:
        if self._separator not in SEPARATORS:
            self._separator = max(SEPARATORS, key=line.count)
        try:
            names = [name.strip() for name in self._cells(line)]
        except csv.Error:
            names = [""]
        if len(names) > MOST_COLUMNS or not all(map(COLUMN.fullmatch, names)):
            detail = "Each column has the name of a field, as `client.givenName`."
            raise FileError("wrong_header", detail)
        clash = any(other.startswith(f"{name}.") for name in names for other in names)
        if clash or len(set(names)) < len(names):
            raise FileError("wrong_header", "Each field has one column.")
        self._names = names

    def _row(self, line: str) -> Row:
        try:
            cells = self._cells(line)
        except csv.Error:
            detail = "This row cannot be read: a cell is too long, or a line ends oddly."
            return Row(self._number, None, (RowFault("", "wrong_format", detail),))
        if len(cells) > len(self._names) and any(cells[len(self._names) :]):
            detail = f"There is a cell beyond the last of {len(self._names)} columns."
            return Row(self._number, None, (RowFault("", "too_many_cells", detail),))
        document: dict[str, Any] = {}
        for name, cell in zip(self._names, cells, strict=False):
            if cell.strip():
                _put(document, name.split("."), cell.strip())
        return Row(self._number, _listed(document))


READERS: dict[FileForm, Callable[[], Reader]] = {
    FileForm.NDJSON: NdjsonReader,
    FileForm.CSV: CsvReader,
}


def check_number(number: int) -> None:
    if number > MOST_ROWS:
        raise FileError("too_many_rows", f"A file has at most {MOST_ROWS} rows.")


def dotted(pointer: str) -> str:
    """A pointer in JSON as the flattened name of the field."""
    return pointer.removeprefix("#").strip("/").replace("/", ".")


def _put(document: dict[str, Any], path: list[str], cell: str) -> None:
    *owners, last = path
    for name in owners:
        document = document.setdefault(name, {})
    document[last] = cell


def _listed(node: Any) -> Any:
    """What is named by numbers alone is a list, in their order."""
    if not isinstance(node, dict):
        return node
    if node and all(name.isdecimal() for name in node):
        return [_listed(node[name]) for name in sorted(node, key=int)]
    return {name: _listed(value) for name, value in node.items()}
