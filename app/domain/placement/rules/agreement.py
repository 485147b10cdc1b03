"""The agreement about a place of work, on paper: what was agreed and not a word of care; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.placement.rules.placements import PlacementKind
from app.domain.placement.rules.terms import ContractKind
from app.platform.http.markup import Markup, element, together

TITLE = "Afspraken over het werk"
_PAID = "Betaald werk"
NATURE = {
    PlacementKind.WORK_EXPERIENCE: "Werkervaring",
    PlacementKind.TRIAL: "Proefperiode",
    PlacementKind.PARTICIPATION_PLACE: "Werkervaring",
    PlacementKind.VOLUNTEERING: "Vrijwilligerswerk",
    PlacementKind.EDUCATION: "Opleiding",
    PlacementKind.LEARNING_WORKING: "Leren en werken",
    PlacementKind.SHELTERED: _PAID,
    PlacementKind.SUPPORTED_PAID: _PAID,
    PlacementKind.REGULAR_PAID: _PAID,
    PlacementKind.PEER_SUPPORT_JOB: _PAID,
    PlacementKind.SELF_EMPLOYMENT: "Werk als zelfstandige",
}
"""As it is called between any two parties: which support or which law is not on the paper."""
CONTRACT = {
    ContractKind.NONE: "Zonder arbeidscontract",
    ContractKind.FIXED_TERM: "Tijdelijk contract",
    ContractKind.PERMANENT: "Vast contract",
    ContractKind.AGENCY: "Uitzendcontract",
    ContractKind.SECONDMENT: "Detachering",
    ContractKind.ON_CALL: "Oproepcontract",
    ContractKind.OWN_BUSINESS: "Eigen bedrijf",
}


@dataclass(frozen=True)
class Agreement:
    """What stands on it; a name only where whoever prints it may see one."""

    employer: str | None
    name: str | None
    title: str
    nature: str
    contract: str | None
    hours_per_week: float | None
    schedule: str | None
    starts_on: date
    planned_end_on: date | None
    adjustments: Sequence[str]


def page(told: Agreement) -> str:
    """A whole page to print: text only, nothing that runs and nothing from elsewhere."""
    rows = (element("tr", element("th", name), element("td", value)) for name, value in _rows(told))
    adjusted = element("ul", *(element("li", what) for what in told.adjustments))
    body = element(
        "body",
        element("h1", TITLE),
        element("table", *rows),
        together(element("h2", "Aanpassingen"), adjusted) if told.adjustments else None,
        element("h2", "Voor akkoord"),
        element("p", "Werkgever: ______________________ Datum: __________"),
        element("p", "Medewerker: _____________________ Datum: __________"),
    )
    head = element("head", Markup('<meta charset="utf-8">'), element("title", TITLE))
    return "<!doctype html>\n" + element("html", head, body, lang="nl")


def _rows(told: Agreement) -> Iterator[tuple[str, str]]:
    hours = None if told.hours_per_week is None else f"{told.hours_per_week:g}".replace(".", ",")
    lines = (
        ("Werkgever", told.employer),
        ("Naam", told.name),
        ("Functie", told.title),
        ("Soort", told.nature),
        ("Contract", told.contract),
        ("Uren per week", hours),
        ("Werktijden", told.schedule),
        ("Begint op", _day(told.starts_on)),
        ("Loopt tot", None if told.planned_end_on is None else _day(told.planned_end_on)),
    )
    return ((name, value) for name, value in lines if value is not None)


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
