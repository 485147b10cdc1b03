"""From what a case manager is shown to what the case system is told; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.zgw.moments import END, MOMENTS, moment_of
from app.zgw.settings import ZgwFile
from app.zgw.shapes import Participant, Trajectory, Transition

HERE = ZoneInfo("Europe/Amsterdam")
KIND = "niet_natuurlijk_persoon"
MARK = "Overgenomen uit Trede"
"""In `roltoelichting`: what an official adds by hand does not have it, and is left alone."""
BODY = frozenset({"municipal_case_manager", "labour_expert"})
COACH = frozenset({"reintegration_coach"})
"""Not the IPS coach: he works at a care provider, whose name would tell of care."""
CONCLUDING = frozenset({"concluded", "reviewed"})
LONGEST_NAME = 500


@dataclass(frozen=True)
class Told:
    """One trajectory as one hat was shown it."""

    trajectory: Trajectory
    transitions: tuple[Transition, ...]
    participants: tuple[Participant, ...]


@dataclass(frozen=True)
class WantedStatus:
    """One moment that was reached."""

    statustype: str
    at: datetime


@dataclass(frozen=True)
class WantedRol:
    """An organisation that takes part; `who` is its identity as ZGW writes it."""

    roltype: str
    who: Mapping[str, str]


@dataclass(frozen=True)
class Wanted:
    """What the case system should hold. The end is apart: it comes after everything else."""

    identificatie: str
    zaak: Mapping[str, Any]
    rollen: tuple[WantedRol, ...]
    left: tuple[WantedRol, ...]
    statuses: tuple[WantedStatus, ...]
    resultaattype: str | None
    end: WantedStatus | None


def identificatie_of(trajectory: UUID) -> str:
    """38 of the 40 characters that there are; says nothing by itself."""
    return f"TREDE-{trajectory.hex}"


def projected(told: Told, own: UUID, file: ZgwFile, now: datetime) -> Wanted | None:
    """None unless this organisation is responsible: a zaak belongs to who decides on it.

    Responsibility runs out some time after an end; what ended under it is closed also later.
    """
    found = told.trajectory
    if found.responsible_organisation_id != own or found.responsible_from is None:
        return None
    reached = _reached(told.transitions, file, now)
    end = next((moment for name, moment in reached if name == END), None)
    if end is None and found.responsible_until is not None and found.responsible_until <= now:
        return None
    before = [one for name, one in reached if name != END and (end is None or one.at < end.at)]
    return Wanted(
        identificatie=identificatie_of(found.id),
        zaak=_zaak(found, found.responsible_from, before, file),
        rollen=tuple(_rollen(told, own, file, now)),
        left=tuple(_left(told, file, now)),
        statuses=tuple(before),
        resultaattype=None if end is None else _resultaattype(told.transitions, file),
        end=end,
    )


def _reached(
    transitions: Iterable[Transition], file: ZgwFile, now: datetime
) -> list[tuple[str, WantedStatus]]:
    """By moment, each once; the first end counts. What lies ahead waits for a later look."""
    days: set[tuple[str, date]] = {
        (one.milestone, one.occurred_on)
        for one in transitions
        if one.milestone in MOMENTS and one.milestone in file.statustypen
    }
    found = [
        (name, WantedStatus(file.statustypen[name], moment_of(name, on)))
        for name, on in days
        if moment_of(name, on) <= now
    ]
    return sorted(found, key=lambda one: one[1].at)


def _zaak(
    found: Trajectory, since: datetime, reached: list[WantedStatus], file: ZgwFile
) -> dict[str, Any]:
    day = since.astimezone(HERE).date()
    first = min([day, *(status.at.date() for status in reached)])
    return {
        "identificatie": identificatie_of(found.id),
        "zaaktype": file.zaak.zaaktype,
        "bronorganisatie": file.zaak.bronorganisatie,
        "verantwoordelijkeOrganisatie": file.zaak.verantwoordelijke_organisatie,
        "omschrijving": file.zaak.omschrijving,
        "startdatum": first.isoformat(),
        "vertrouwelijkheidaanduiding": file.zaak.vertrouwelijkheidaanduiding.value,
        "kenmerken": [{"kenmerk": str(found.id), "bron": file.zaak.bron}],
    }


def _rollen(told: Told, own: UUID, file: ZgwFile, now: datetime) -> Iterable[WantedRol]:
    types = file.roltypen
    current = [one for one in told.participants if _is_current(one, now)]
    body = [one for one in current if one.role in BODY and one.organisation_id == own]
    if types.body is not None and body:
        rsin = file.zaak.verantwoordelijke_organisatie
        name = body[0].organisation_name[:LONGEST_NAME]
        yield WantedRol(types.body, {"innNnpId": rsin, "statutaireNaam": name})
    yield from _coaches(current, file)


def _left(told: Told, file: ZgwFile, now: datetime) -> Iterable[WantedRol]:
    """Coaches of whom it was shown that they stopped; who is merely hidden now stays."""
    current = set(_names(one for one in told.participants if _is_current(one, now)))
    over = [one for one in told.participants if not _is_current(one, now)]
    return _coaches((one for one in over if one.organisation_name not in current), file)


def _coaches(among: Iterable[Participant], file: ZgwFile) -> Iterable[WantedRol]:
    """By the organisation, once; the person behind it is not needed there."""
    if file.roltypen.coach is None:
        return
    for name in _names(among):
        who = {"statutaireNaam": name[:LONGEST_NAME]}
        yield WantedRol(file.roltypen.coach, who)


def _names(among: Iterable[Participant]) -> list[str]:
    return sorted({one.organisation_name for one in among if one.role in COACH})


def _is_current(one: Participant, now: datetime) -> bool:
    return one.valid_until is None or one.valid_until > now


def _resultaattype(transitions: Iterable[Transition], file: ZgwFile) -> str:
    """What it was concluded with, where that is shown and has a type; else the one of an end."""
    concluded = sorted(
        (one.occurred_on, one.detail)
        for one in transitions
        if one.milestone in CONCLUDING and one.detail in file.resultaattypen
    )
    return file.resultaattypen[str(concluded[-1][1]) if concluded else END]
