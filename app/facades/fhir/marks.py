"""What many resources say alike: to which trajectory they belong, what is withheld, when it was."""

from collections.abc import Awaitable, Callable

from pydantic.alias_generators import to_camel

from app.access.vocabulary import Category
from app.facades.fhir import matching
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json, coding, filled
from app.facades.fhir.registry import Param, Slice, Whose
from app.facades.fhir.terminology.systems import EPISODE, OBSERVATION_VALUE
from app.facades.fhir.terminology.vocabularies import own_coding

Fetch = Callable[[Asked, str | None, int], Awaitable[Slice]]
EPISODE_OF_CARE = {
    "episode-of-care": Param(
        "reference", "Only of this trajectory.", matching.reference("extension.valueReference")
    )
}
NAMES = {to_camel(category): category.value for category in Category}
"""The categories as `withheld` names them."""
REDACTED = coding(OBSERVATION_VALUE, "REDACTED", "redacted")


def episode(whose: Whose) -> Json | None:
    """The trajectory, as a reference."""
    if whose.trajectory is None:
        return None
    return {"reference": f"EpisodeOfCare/{whose.trajectory}"}


def of_episode(whose: Whose) -> list[Json]:
    """The same as an extension, for resources that have no element for it."""
    found = episode(whose)
    return [{"url": EPISODE, "valueReference": found}] if found else []


def meta(record: Json, *profiles: str) -> Json:
    """Profiles, and by which categories something is withheld by rule, whatever is in them."""
    withheld = [own_coding("category", NAMES[each]) for each in record.get("withheld", [])]
    security = [REDACTED] if withheld else []
    return filled(profile=list(profiles), security=security, tag=withheld)


def notes(*texts: str | None) -> list[Json]:
    return [{"text": text} for text in texts if text]


def superseded(record: Json) -> bool:
    """Whether another version took its place."""
    return bool(record.get("supersededBy"))
