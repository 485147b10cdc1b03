"""The list of what can be told, made from the catalogue that the application follows."""

from app.domain.event.rules.catalogue import kinds
from app.domain.reference.schemas import EventTypeOut
from app.platform.http.paging import Page

_SAID = {
    "recorded": "was recorded, or a later version of it",
    "released": "became visible to those it is for",
    "agreed": "was agreed to",
    "answered": "was answered",
    "ended": "ended",
    "started": "started",
    "made": "was made",
}


def event_types() -> Page[EventTypeOut]:
    """In the order of the nouns."""
    return Page[EventTypeOut](
        items=[
            EventTypeOut(
                type=kind.type,
                category=kind.category,
                dataref=f"/v1{kind.path}",
                meaning=_meaning(*kind.verb.split(".")),
            )
            for kind in kinds().values()
        ]
    )


def _meaning(about: str, verb: str) -> str:
    """In words: what it is about, and what happened to it."""
    noun = about.replace("_", " ")
    return f"{noun}: {_SAID.get(verb, verb.replace('_', ' '))}".capitalize()
