"""What an organisation keeps of one employer: sites, people, notes, contacts and scans."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from pydantic.alias_generators import to_camel
from sqlalchemy import Row, insert, update

from app.access.directory import directory_page, filled
from app.access.pages import recorded
from app.access.session import Session
from app.domain.employer import queries
from app.domain.employer.queries import Shelf
from app.domain.employer.rules import acts
from app.domain.employer.rules.words import tells_of_care
from app.domain.employer.tables import OfEmployer
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict, Fault, NotFound
from app.platform.http.schemas import In, Out

Kept = TypeVar("Kept", bound=Out)


def stamp(session: Session) -> dict[str, Any]:
    """Whose entry it is, who wrote it, and when."""
    viewer = session.viewer
    return {
        "id": uuid4(),
        "organisation_id": viewer.organisation_id,
        "author_id": viewer.grantee_id,
        "recorded_at": viewer.moment,
    }


def refuse_care(**told: str | None) -> None:
    """Raises BadRequest for words of care: this is about employers, never about who works there."""
    text = "This is about the employer: nothing about care, health or a client."
    faults = [
        Fault("body", f"#/{to_camel(name)}", "tells_of_care", text)
        for name, words in told.items()
        if tells_of_care(words)
    ]
    if faults:
        raise BadRequest(errors=faults)


class Keeping(Generic[Kept]):
    """Adding to, reading and listing one table of what is kept of an employer."""

    def __init__(
        self,
        table: type[OfEmployer],
        schema: type[Kept],
        *,
        more: Callable[[Row[Any]], dict[str, Any]] | None = None,
    ) -> None:
        self.shelf = Shelf(table)
        self.schema = schema
        self.more = more or (lambda _row: {})

    async def add(self, session: Session, employer_id: UUID, body: In) -> Kept:
        """NotFound for an employer of another organisation, or none."""
        acts.ADD.allow(session.viewer)
        await _known(session, employer_id)
        await _at_site(session, employer_id, getattr(body, "site_id", None))
        table = self.shelf.table
        row = {**stamp(session), **body.model_dump(), "employer_id": employer_id}
        await session.add(insert(table), row)
        await outbox.announce(session.db, f"{table.__tablename__}.recorded", row["id"])
        return await self.read(session, employer_id, row["id"])

    async def read(self, session: Session, employer_id: UUID, of: UUID) -> Kept:
        acts.LOOK.allow(session.viewer)
        return self.out(await self.shelf.one(session, employer_id, of))

    async def again(self, session: Session, of: UUID) -> Kept:
        """What an earlier POST made."""
        acts.LOOK.allow(session.viewer)
        return self.out(await self.shelf.anywhere(session, of))

    async def page(
        self, session: Session, employer_id: UUID, cursor: str | None, size: int
    ) -> Page[Kept]:
        """In the order they were recorded."""
        acts.LOOK.allow(session.viewer)
        await _known(session, employer_id)
        return await directory_page(
            session,
            self.shelf.page,
            title=self.shelf.table.__tablename__,
            filters={"employer": employer_id},
            cursor=cursor,
            size=size,
            present=self.out,
            position=recorded,
        )

    async def end(
        self, session: Session, employer_id: UUID, of: UUID, column: str, **values: Any
    ) -> Kept:
        """Once, under its lock."""
        acts.CHANGE.allow(session.viewer)
        row = await self.shelf.locked(session, employer_id, of)
        session.require_match(self.out(row))
        if row is None or getattr(row, column) is not None:
            raise Conflict("This ended before.")
        table = self.shelf.table
        await session.execute(update(table).where(table.id == of).values(**values))
        await outbox.announce(session.db, f"{table.__tablename__}.ended", of)
        return await self.read(session, employer_id, of)

    def out(self, row: Row[Any] | None) -> Kept:
        values = {**filled(row), **({} if row is None else self.more(row))}
        return self.schema(**{k: v for k, v in values.items() if k in self.schema.model_fields})


async def _known(session: Session, employer_id: UUID) -> None:
    if await queries.one(session, employer_id) is None:
        raise NotFound


async def _at_site(session: Session, employer_id: UUID, site_id: UUID | None) -> None:
    if site_id is not None and await queries.site(session, employer_id, site_id) is None:
        detail = "There is no such site of this employer."
        raise BadRequest(errors=[Fault("body", "#/siteId", "unknown_reference", detail)])
