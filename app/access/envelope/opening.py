"""Seals and opens content under the data keys of one request, each unwrapped once."""

import json
import logging
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from os import urandom
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.envelope import keys
from app.access.envelope.columns import (
    MARK,
    Closed,
    Owner,
    Place,
    Stored,
    category_of,
    context_of,
    sealed_columns,
)
from app.platform.security.crypto import KEY_BYTES, DataKey
from app.platform.security.keyring import KeyKeeper

log = logging.getLogger("trede")


class _GoneError(Exception):
    """There is no key (any more) for this content: it reads as absent."""


class Envelopes:
    """For one request in one transaction; nothing of a key outlives it."""

    def __init__(self, db: AsyncConnection, keeper: KeyKeeper) -> None:
        self._db = db
        self._keeper = keeper
        self._keys: dict[Owner, DataKey] = {}

    # --- out -----------------------------------------------------------------------------------

    async def opened(self, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
        """The same rows with their content in the clear; one statement more for all their keys.

        A row whose own key is gone is left out, and so is a part of it; what was joined to it is
        None. Raises SealBrokenError for content that was altered or lies in another place.
        """
        found = [list(_stored_in(row)) for row in rows]
        if not any(found):
            return rows
        await self._fetch({cell.owner for cells in found for cell in cells if cell.sealed})
        names = rows[0]._fields
        opened = [self._row(row) for row in rows]
        kept = [values for values in opened if values is not None]
        if len(kept) < len(rows):
            log.warning("%d records have no data key and read as absent", len(rows) - len(kept))
        made: Sequence[Row[Any]] = IteratorResult[Any](
            SimpleResultMetaData(names), iter(kept)
        ).all()
        return made

    async def _fetch(self, owners: set[Owner]) -> None:
        missing = owners - self._keys.keys()
        if missing:
            for owner, wrapped in (await keys.find(self._db, missing)).items():
                self._keys[owner] = DataKey(await self._keeper.unwrap(wrapped, owner.bound()))

    def _row(self, row: Row[Any]) -> tuple[Any, ...] | None:
        values = []
        for value in row:
            if isinstance(value, Stored):
                try:
                    values.append(self._content(value))
                except _GoneError:
                    if value.row == row._mapping.get("id"):
                        return None
                    values.append(None)
            elif _holds_parts(value):
                values.append([part for part in map(self._part, value) if part is not None])
            else:
                values.append(value)
        return tuple(values)

    def _part(self, part: dict[str, Any]) -> dict[str, Any] | None:
        try:
            return {
                name: self._content(value) if isinstance(value, Stored) else value
                for name, value in part.items()
            }
        except _GoneError:
            return None

    def _content(self, cell: Stored) -> Any:
        if cell.sealed is None:
            return cell.content
        key = self._keys.get(cell.owner)
        if key is None:
            raise _GoneError
        return json.loads(key.open(b64decode(cell.sealed), cell.context))

    # --- in ------------------------------------------------------------------------------------

    async def closed_row(self, table: Any, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """A row to insert, with its content sealed."""
        names = sealed_columns(table)
        if not names:
            return row
        owner = Owner(row["client_id"], row["controller_organisation_id"], category_of(table.name))
        content = {name: row[name] for name in names if row.get(name) is not None}
        return {
            **row,
            **{
                name: await self.closed(Place(table.name, name), owner, row["id"], value)
                for name, value in content.items()
            },
        }

    async def closed(self, place: Place, owner: Owner, row: UUID, content: Any) -> Closed:
        """Content for one cell, under the key of its owner, which is made where there is none."""
        key = await self._own(owner)
        sealed = key.seal(json.dumps(content).encode(), context_of(place, owner, row))
        return Closed(MARK + b64encode(sealed).decode())

    async def _own(self, owner: Owner) -> DataKey:
        await self._fetch({owner})
        if owner not in self._keys:
            data_key = urandom(KEY_BYTES)
            wrapped = await self._keeper.wrap(data_key, owner.bound())
            if await keys.make(self._db, owner, wrapped):
                self._keys[owner] = DataKey(data_key)
            await self._fetch({owner})
        return self._keys[owner]


def _stored_in(row: Row[Any]) -> Iterator[Stored]:
    for value in row:
        if isinstance(value, Stored):
            yield value
        elif _holds_parts(value):
            yield from (cell for part in value for cell in part.values() if _is_stored(cell))


def _is_stored(value: Any) -> bool:
    return isinstance(value, Stored)


def _holds_parts(value: Any) -> bool:
    """A list of parts of which a cell may be sealed; other lists are left as they are."""
    return (
        isinstance(value, list)
        and bool(value)
        and isinstance(value[0], dict)
        and any(map(_is_stored, (cell for part in value for cell in part.values())))
    )
