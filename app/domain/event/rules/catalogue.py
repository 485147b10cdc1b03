"""The closed list of what can be told: per verb the table, its category, and where to read more.

A verb that is not in the list is told to nobody. `*` stands for every move of a trajectory.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.access.vocabulary import Category
from app.domain.trajectory.rules.moves import Move

NAMESPACE = "nl.trede"
EVERYTHING = "*"
MOVES = tuple(move.value for move in Move)

SILENT: Mapping[str, str] = {
    "account_link": "a login is a matter between a person and us",
    "client.data_destroyed": "it would tell that there was something",
    "client.policy_changed": "a change of an organisation, told at the organisation",
    "reminder": "a thing to think of is for one person",
    "trajectory.handed_over": "told as the coming and going of participants",
    **dict.fromkeys(("machine", "organisation", "practitioner", "account"), "the directory"),
    **dict.fromkeys(("membership", "supervision", "substitution"), "the directory"),
    **dict.fromkeys(
        ("employer", "employer_site", "employer_person", "employer_note", "employer_contact"),
        "what an organisation keeps for itself",
    ),
    "workplace_scan": "what an organisation keeps for itself",
    "conversation_consent": "told as the consents that it gave",
    "consent_scan": "evidence beside a consent; the consent itself is told",
    "contact_day": "told as the contact",
}
"""What is announced and never delivered, and why; by prefix or by whole verb."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: `verb` as it is announced, `type` as subscribers know it."""

    verb: str
    table: str
    category: Category
    path: str

    @property
    def type(self) -> str:
        """As CloudEvents wants it: reverse domain, the plural of what it is about, the verb."""
        about = [part for part in self.path.split("/") if part and "{" not in part][-1]
        return f"{NAMESPACE}.{about}.{self.verb.partition('.')[2].replace('_', '-')}"

    def dataref(self, *, subject: object, client: object, trajectory: object) -> str:
        """Where what it is about is read, below the address of the API."""
        return self.path.format(subject=subject, client=client, trajectory=trajectory)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of event, by the verb that is announced."""
    with Path(__file__).with_name("catalogue.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = (
        Kind(f"{row['prefix']}.{verb}", row["table"], Category(row["category"]), row["path"])
        for row in rows
        for verb in (MOVES if row["verbs"] == EVERYTHING else row["verbs"].split())
    )
    return {kind.verb: kind for kind in found}


@cache
def types() -> Mapping[str, Kind]:
    """The same by the type that subscribers know."""
    return {kind.type: kind for kind in kinds().values()}


def is_silent(verb: str) -> bool:
    """Whether this verb is announced and told to nobody."""
    return verb in SILENT or verb.partition(".")[0] in SILENT
