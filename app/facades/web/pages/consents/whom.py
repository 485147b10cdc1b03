"""Whose consents a page is about, and in whose words it speaks: only the client reads "u"."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.access.vocabulary import Category, Purpose, Role
from app.domain.consent.rules import words as own
from app.facades.web.about import client_name
from app.facades.web.visits import Visit

OTHERS = Path(__file__).with_name("others.csv")


@cache
def _others() -> dict[tuple[str, str], str]:
    with OTHERS.open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["code"]): row["words"] for row in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class Whom:
    """One client for one reader.

    `own`: the client reads. `near`: the client, or somebody who is close by. `acts`: those of
    them who decide, which a mandate does when it covers the consents.
    """

    client_id: str
    own: bool
    near: bool
    acts: bool
    name: str | None

    @property
    def href(self) -> str:
        return f"/clients/{self.client_id}"

    def what(self, category: str) -> str:
        """A kind of data in a few words: `uw werkplek`, or `de werkplek`."""
        known = Category(category)
        return own.CATEGORIES[known] if self.own else _others()["category", known]

    def purpose(self, purpose: str) -> str:
        """What for, as `voor uw stap naar werk`."""
        known = Purpose(purpose)
        return own.PURPOSES[known] if self.own else _others()["purpose", known]


async def whom(visit: Visit, client_id: str) -> Whom:
    """Raises RefusedError for a client whom this person may not know of."""
    near = visit.own_client_id == client_id
    own = near and visit.role == Role.CLIENT
    told = await visit.see(f"/clients/{client_id}")
    acts = own or (near and await _covers_consents(visit, client_id))
    return Whom(client_id, own, near, acts, None if own else client_name(told))


async def _covers_consents(visit: Visit, client_id: str) -> bool:
    """Only such a mandate is shown who may see what."""
    return await visit.maybe(f"/clients/{client_id}/access-overview") is not None
