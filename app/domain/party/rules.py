"""Which identifiers an organisation has, who may change the directory; pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.access.acts import DirectoryAct
from app.access.vocabulary import OrganisationKind, Role, Verb
from app.platform.http.problems import BadRequest, Conflict, Fault
from app.platform.identifiers import (
    normalise_agb,
    normalise_big,
    normalise_kvk,
    normalise_municipality_code,
    normalise_oin,
)

LOOK = DirectoryAct(Verb.READ)
REGISTER_ORGANISATION = DirectoryAct(Verb.CREATE, (Role.SYSTEM_ADMIN,))
CHANGE_ORGANISATION = DirectoryAct(Verb.UPDATE, (Role.ORGANISATION_ADMIN, Role.PRIVACY_DESK))
RENAME_ORGANISATION = DirectoryAct(Verb.UPDATE, (Role.ORGANISATION_ADMIN,))
SET_POLICY = DirectoryAct(Verb.UPDATE, (Role.PRIVACY_DESK,))
APPOINT = DirectoryAct(Verb.CREATE, (Role.ORGANISATION_ADMIN, Role.SYSTEM_ADMIN))
READ_STAFF = DirectoryAct(Verb.READ, (Role.ORGANISATION_ADMIN,))
END_STAFF = DirectoryAct(Verb.UPDATE, (Role.ORGANISATION_ADMIN,))
SUPERVISE = DirectoryAct(Verb.CREATE, (Role.ORGANISATION_ADMIN,))

CHECKS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "agb": ("agb", normalise_agb),
    "oin": ("oin", normalise_oin),
    "kvk": ("kvk", normalise_kvk),
    "municipality_code": ("municipalityCode", normalise_municipality_code),
    "big": ("big", normalise_big),
}
"""Per column the name in the contract, and the check of its form (number registers)."""


@dataclass(frozen=True)
class Identifiers:
    """By which numbers this kind of organisation is known."""

    needed: frozenset[str]
    possible: frozenset[str]


def _known_by(*needed: str, also: tuple[str, ...] = ()) -> Identifiers:
    return Identifiers(frozenset(needed), frozenset(needed) | frozenset(also))


IDENTIFIERS: Mapping[OrganisationKind, Identifiers] = {
    OrganisationKind.GGZ_PROVIDER: _known_by("agb", also=("oin", "kvk")),
    OrganisationKind.UWV: _known_by("oin", also=("kvk",)),
    OrganisationKind.MUNICIPALITY: _known_by("oin", "municipality_code", also=("kvk",)),
    OrganisationKind.REINTEGRATION_COMPANY: _known_by("kvk", also=("oin", "agb")),
    OrganisationKind.EMPLOYER: _known_by("kvk", also=("oin",)),
    OrganisationKind.SOCIAL_PROVIDER: _known_by("kvk", also=("oin", "agb")),
    OrganisationKind.HEALTH_INSURER: _known_by("kvk", also=("oin",)),
}
"""The platform itself is missing on purpose: it is made by the bootstrap, never by a request."""


def identifier_faults(kind: OrganisationKind, given: Mapping[str, str | None]) -> Iterator[Fault]:
    """Everything that is wrong with the identifiers of a new organisation, field by field."""
    if kind not in IDENTIFIERS:
        detail = "This kind of organisation cannot be registered."
        yield Fault("body", "#/kind", "not_allowed_value", detail)
        return
    wanted = IDENTIFIERS[kind]
    for column, value in given.items():
        pointer = f"#/{CHECKS[column][0]}"
        if value is None:
            if column in wanted.needed:
                yield Fault("body", pointer, "required", "This kind of organisation needs it.")
        elif column not in wanted.possible:
            detail = "This kind of organisation has no such number."
            yield Fault("body", pointer, "does_not_fit", detail)
    yield from number_faults(given)


def number_faults(given: Mapping[str, str | None]) -> Iterator[Fault]:
    """Numbers that do not have the form, or fail the check, of their register."""
    for column, value in given.items():
        name, normalise = CHECKS[column]
        if value is None:
            continue
        try:
            normalise(value)
        except ValueError:
            yield Fault("body", f"#/{name}", "not_an_identifier", "Not a valid number of its kind.")


def period_faults(valid_from: datetime, valid_until: datetime | None) -> Iterator[Fault]:
    """Periods are half-open and not empty."""
    if valid_until is not None and valid_until <= valid_from:
        yield Fault("body", "#/validUntil", "out_of_range", "The end must lie after the beginning.")


def checked_end(now: datetime, asked: datetime | None, until: datetime | None) -> datetime:
    """From when it no longer holds; an end may come nearer, never lie in the past or move away.

    Raises BadRequest for an end in the past, Conflict where it ended or would end sooner already.
    """
    at = now if asked is None else asked
    if at < now:
        detail = "An end cannot lie in the past."
        raise BadRequest(errors=[Fault("body", "#/at", "out_of_range", detail)])
    if until is not None and until <= at:
        raise Conflict("It ends by then already.")
    return at


def login_taken() -> Conflict:
    """One answer for every login that is in use, so that it does not tell by whom or as what."""
    detail = "This login is in use and cannot be added here."
    return Conflict(detail, errors=[Fault("body", "#/subject", "login_taken", detail)])
