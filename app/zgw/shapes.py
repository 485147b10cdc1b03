"""What is read of both sides, and no more of it than is used."""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from app.zgw.calls import LaterError


class _Read(BaseModel):
    # What is not named here is not kept: a new field of theirs goes nowhere by itself.
    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )


class Me(_Read):
    role: str | None = None


class Trajectory(_Read):
    """Of `/v1/trajectories/{id}`: nobody's name, no frame, no phase, no pause."""

    id: UUID
    responsible_organisation_id: UUID | None = None
    responsible_from: datetime | None = None
    responsible_until: datetime | None = None


class Transition(_Read):
    milestone: str
    occurred_on: date
    detail: str | None = None


class Participant(_Read):
    role: str
    organisation_id: UUID
    organisation_name: str
    valid_until: datetime | None = None


class Referral(_Read):
    trajectory_id: UUID


class Subscription(_Read):
    id: UUID
    organisation_id: UUID
    url: str | None = None
    types: list[str]
    state: str


class Event(_Read):
    dataref: str


class Feed(_Read):
    items: list[Event]
    next_cursor: str
    has_more: bool


class Page(_Read):
    items: list[Any]
    next_cursor: str | None = None


class Found(_Read):
    """A page of a list in the case system; some lists there have no pages."""

    results: list[Any]
    next: str | None = None


class Zaak(_Read):
    """Of the case system."""

    url: str
    identificatie: str
    zaaktype: str
    vertrouwelijkheidaanduiding: str
    einddatum: date | None = None
    kenmerken: list[dict[str, Any]] = []


class Status(_Read):
    statustype: str
    datum_status_gezet: datetime


class Rol(_Read):
    url: str
    roltype: str
    betrokkene_type: str
    betrokkene_identificatie: dict[str, Any] | None = None
    roltoelichting: str = ""


class Resultaat(_Read):
    resultaattype: str


class Type(_Read):
    """Of the catalogue: a zaaktype, or a type that belongs to one."""

    url: str
    zaaktype: str | None = None
    concept: bool = False
    begin_geldigheid: date | None = None
    einde_geldigheid: date | None = None
    is_eindstatus: bool | None = None
    omschrijving_generiek: str = ""


Shape = TypeVar("Shape", bound=_Read)


def read_as(side: str, shape: type[Shape], told: Any) -> Shape:
    """An answer that does not look as agreed is as good as none, and is asked for again."""
    try:
        return shape.model_validate(told)
    except ValidationError as error:
        names = sorted({".".join(map(str, fault["loc"])) for fault in error.errors()})
        raise LaterError(side, f"unexpected {shape.__name__} {names}", down=False) from None
