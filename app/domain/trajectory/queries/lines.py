"""The lines of lists and statuses as the same values that a single trajectory is read as."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.access.caseload import Excerpts
from app.access.facts import Participant, Responsibility
from app.domain.client.tables import ClientIdentity
from app.domain.trajectory.rules.milestones import Milestone, Reached, in_order
from app.domain.trajectory.tables import Trajectory, TrajectoryCourse, TrajectoryEvent


def told(excerpts: Excerpts) -> dict[str, Any]:
    """What stands in the tables of a trajectory and its client, as far as its viewer may know."""
    existence, course = excerpts.last(Trajectory), excerpts.last(TrajectoryCourse)
    return {
        "controller_organisation_id": _id(existence["controller_organisation_id"]),
        "recorded_at": _moment(existence["recorded_at"]),
        "agreed_months": course.pop("duration_months"),
        **course,
        **_body(excerpts),
        **identity(excerpts),
    }


def identity(excerpts: Excerpts) -> dict[str, Any]:
    """Name and birth date of the client."""
    found = excerpts.last(ClientIdentity)
    return {
        "given_name": found["given_name"],
        "family_name": found["family_name"],
        "birth_date": _day(found["birth_date"]),
    }


def _body(excerpts: Excerpts) -> dict[str, Any]:
    found = max(excerpts.of(Responsibility), key=_latest, default={})
    return {
        "responsible_organisation_id": _id(found.get("organisation_id")),
        "responsible_from": _moment(found.get("valid_from")),
        "responsible_until": _moment(found.get("valid_until")),
        "responsible_kind": found.get("kind"),
    }


def _latest(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["valid_from"], row["organisation_id"]


def reached(excerpts: Excerpts) -> list[Reached]:
    """The milestones of which phase, pause and clock are made, in the order of their days."""
    return in_order(map(_reached, excerpts.of(TrajectoryEvent)))


def holds_at(at: datetime, row: Mapping[str, Any]) -> bool:
    """Whether the period of this excerpt holds at that moment."""
    until = _moment(row["valid_until"])
    return datetime.fromisoformat(row["valid_from"]) <= at and (until is None or at < until)


def taking_part(excerpts: Excerpts, at: datetime) -> list[dict[str, Any]]:
    """Those who take part at that moment, the first one first."""
    return [person for person in excerpts.of(Participant) if holds_at(at, person)]


def _reached(row: Mapping[str, Any]) -> Reached:
    on, at = date.fromisoformat(row["occurred_on"]), datetime.fromisoformat(row["recorded_at"])
    return Reached(Milestone(row["milestone"]), on, at, row["detail"])


def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
