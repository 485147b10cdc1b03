"""First lines of a report in plain Dutch, out of what was recorded; pure."""

from datetime import date

from app.domain.placement.rules.placements import PlacementKind

NOTHING_YET = "In deze periode is hierover niets vastgelegd."
KINDS = {
    PlacementKind.WORK_EXPERIENCE: "Werkervaringsplaats",
    PlacementKind.TRIAL: "Proefplaatsing",
    PlacementKind.PARTICIPATION_PLACE: "Participatieplaats",
    PlacementKind.VOLUNTEERING: "Vrijwilligerswerk",
    PlacementKind.EDUCATION: "Opleiding",
    PlacementKind.SHELTERED: "Beschut werk",
    PlacementKind.LEARNING_WORKING: "Leerwerkplek",
    PlacementKind.SUPPORTED_PAID: "Betaald werk met ondersteuning",
    PlacementKind.REGULAR_PAID: "Betaald werk",
    PlacementKind.PEER_SUPPORT_JOB: "Betaald werk",
    PlacementKind.SELF_EMPLOYMENT: "Eigen bedrijf",
}


def worked(
    kind: str, title: str, hours: float | None, starts_on: date, ended_on: date | None
) -> str:
    """One placement in one line; without the reason of its end, which is coarse for funders."""
    week = "" if hours is None else f", {hours:g} uur per week"
    end = "" if ended_on is None else f" tot {_day(ended_on)}"
    return f"{KINDS[PlacementKind(kind)]}: {title}{week}, vanaf {_day(starts_on)}{end}."


def measured(on: date, rung: int) -> str:
    return f"Trede {rung} op {_day(on)}."


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
