"""A sample of one day of the log: drawn by chance, and whatever the rules find odd."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import preview
from app.access.session import Session
from app.access.vocabulary import Basis, Period, Purpose, Role, categories_in
from app.domain.consent.rules.words import inner
from app.domain.privacy.actions.oversight import looked, require_officer
from app.domain.privacy.queries import log, sampling
from app.domain.privacy.queries.circumstances import circumstances
from app.domain.privacy.rules import oddities as rules
from app.domain.privacy.schemas.sampling import (
    BulkReaderOut,
    RuleOut,
    SampledOut,
    SampleIn,
    SampleOut,
)
from app.platform.clock import start_of
from app.platform.http.problems import NotFound

Pair = tuple[UUID, UUID]


async def draw(session: Session, body: SampleIn) -> SampleOut:
    """NotFound where the member is of another organisation, or nobody."""
    require_officer(session)
    member = body.membership_id
    if member is not None and not await log.hats_of(session, "membership", member):
        raise NotFound
    day = sampling.bounds(start_of(body.day), start_of(body.day + timedelta(days=1)), member)
    seed = body.seed or secrets.token_urlsafe(12)
    found = await sampling.pairs(session, seed=seed, drawn=body.drawn, **day)
    items = await _weighed(session, found[: sampling.EXAMINED], body.drawn, day)
    bulk = [row for row in await sampling.bulk_readers(session, **day) if _much(row)]
    looked(session, "LogSample", member, (item.client_id for item in items))
    return SampleOut(
        day=body.day,
        seed=seed,
        complete=len(found) <= sampling.EXAMINED,
        items=items,
        bulk_readers=[preview(BulkReaderOut, row) for row in bulk],
        rules=[RuleOut(flag=f, words=r.words, source=r.source) for f, r in rules.RULES.items()],
    )


def _much(row: Row[Any]) -> bool:
    return rules.in_bulk(row.opened, row.listed)


async def _weighed(
    session: Session, pairs: Sequence[Row[Any]], drawn: int, day: dict[str, Any]
) -> list[SampledOut]:
    """What was drawn, and what is odd of the rest that was looked into."""
    members = {row.membership_id for row in pairs}
    clients = {row.client_id for row in pairs}
    looks: dict[Pair, list[Row[Any]]] = defaultdict(list)
    for row in await sampling.looks(session, members, clients, **day):
        looks[row.membership_id, row.client_id].append(row)
    reviewed = await sampling.reviewed(session, clients)
    stood_in = await sampling.stand_ins(session, members)
    known = {key: await circumstances(session, key) for key in sorted(clients)}
    found = []
    for row in pairs:
        seen = looks[row.membership_id, row.client_id]
        about = known[row.client_id]
        flags = rules.oddities(
            [_look(each) for each in seen],
            relations=_relations(about.relations, row.membership_id, stood_in),
            member_name=row.name,
            family_names=about.family_names,
            reviewed=reviewed,
        )
        if flags or row.draw <= drawn:
            found.append(_out(row, seen, flags, by_chance=row.draw <= drawn))
    return found


def _relations(
    known: dict[UUID, list[Period]], member: UUID, stood_in: Iterable[Row[Any]]
) -> list[Period]:
    """The member's own, and those of whom it stood in for while it did."""
    periods = list(known.get(member, ()))
    for cover in stood_in:
        if cover.substitute_membership_id == member:
            while_away = Period(cover.valid_from, cover.valid_until)
            both = map(while_away.meets, known.get(cover.absent_membership_id, ()))
            periods += [period for period in both if period is not None]
    return periods


def _look(row: Row[Any]) -> rules.Look:
    parts = (ground.partition(":") for ground in row.grounds)
    return rules.Look(
        at=row.at,
        role=Role(row.role),
        purpose=None if row.purpose is None else Purpose(row.purpose),
        grounds=frozenset((Basis(name), UUID(key)) for name, _, key in parts),
        shown=row.shown,
    )


def _out(
    row: Row[Any], seen: Sequence[Row[Any]], flags: list[rules.Oddity], *, by_chance: bool
) -> SampledOut:
    mask = 0
    for each in seen:
        mask |= each.shown
    return preview(
        SampledOut,
        row,
        first_at=seen[0].at,
        last_at=seen[-1].at,
        looks=len(seen),
        shown=inner(categories_in(mask)),
        drawn=by_chance,
        flags=flags,
    )
