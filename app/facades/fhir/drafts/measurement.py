"""An Observation as a measurement on the ladder; nothing else that is observed is kept here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.facades.fhir import ids, names, outcomes
from app.facades.fhir.asking import Asked
from app.facades.fhir.differing import elements
from app.facades.fhir.drafts.about import own_position, trajectory, whole
from app.facades.fhir.elements import Json
from app.facades.fhir.ladder import CRITERIA, WORDS
from app.facades.fhir.registry import Draft
from app.facades.fhir.taking import Taking, taking
from app.facades.fhir.terminology.systems import EPISODE, OBSERVATION_CATEGORY
from app.facades.fhir.terminology.vocabularies import LADDER

KEY = "rung"
OBSERVABLE = names.own_system("observable")
ANSWERS = {code: field for field, code in CRITERIA.items()}
TEXTS = {code: field for field, code in WORDS.items() if field != "clientStatement"}
CODED = {
    "occasion": ("occasion", "ladder-occasion"),
    "client-agrees": ("clientAgrees", "ladder-agrees"),
}
CORRECTED = frozenset(
    {"status", "effectiveDateTime", "valueCodeableConcept", "valueInteger", "component"}
)
KEPT = frozenset({"resourceType", "code", "category", "subject"}) | CORRECTED
STATUSES = frozenset({"final", "corrected", "amended"})
COMPUTED = frozenset({"suggested-rung", "client-statement"})
"""Components that follow from others, or that only the client tells: repeated, never set."""


async def create(asked: Asked, sent: Json) -> Draft:
    """A rung with the answers and words beside it. Raises Problem."""
    left = taking(sent)
    left.fixed("status", among={"final"})
    for category in left.each("category"):
        category.said(OBSERVATION_CATEGORY, "social-history")
    if left.code(OBSERVABLE, "code") != LADDER:
        detail = "Only measurements on the participation ladder are kept."
        raise left.wrong("code", code="not_supported", detail=detail)
    under = await trajectory(asked, left)
    day = left.required(left.take("effectiveDateTime", to="measuredOn"), "effectiveDateTime")
    body = {"measuredOn": day, "rung": _rung(left), **_beside(left)}
    left.required(body.get("occasion"), "component")
    await own_position(asked, left, "performer", 0)
    left.done()
    path = f"/trajectories/{under}/ladder-measurements"
    return Draft(path, body, left.places, lambda made: ids.made(KEY, made["id"], under))


def _rung(left: Taking) -> int:
    """As a code of ours, or as a number."""
    told = left.code(names.own_system(LADDER), "valueCodeableConcept", to="rung")
    if told is None:
        told = left.take("valueInteger", to="rung")
    found = str(left.required(told, "valueCodeableConcept"))
    if not _is_rung(found):
        detail = "A rung from 1 to 6 is meant."
        raise left.wrong("valueCodeableConcept", code="not_allowed_value", detail=detail)
    return int(found)


def _is_rung(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 1


def _beside(left: Taking) -> Json:
    found: Json = {}
    criteria: Json = {}
    growth: Json = {}
    seen: set[str | None] = set()
    for each in left.each("component"):
        code = each.code(OBSERVABLE, "code")
        if code in seen - {"support-instrument"}:
            continue  # told twice: its value stays, and is refused
        seen.add(code)
        if code in CODED:
            field, vocabulary = CODED[code]
            found[field] = each.code(names.own_system(vocabulary), "valueCodeableConcept", to=field)
        elif code in TEXTS:
            found[TEXTS[code]] = each.take("valueString", to=TEXTS[code])
        elif code in ANSWERS:
            criteria[ANSWERS[code]] = each.take("valueBoolean", to=f"criteria/{ANSWERS[code]}")
        elif code == "support-instrument":
            criteria.setdefault("supportInstruments", []).append(_instrument(each))
        else:
            growth |= _growth(each, code)
    held = {"criteria": criteria or None, "growthPotential": growth or None}
    return whole({**found, **held})


def _instrument(each: Taking) -> Any:
    vocabulary = names.own_system("ladder-instrument")
    return each.code(vocabulary, "valueCodeableConcept", to="criteria/supportInstruments")


def _growth(each: Taking, code: str | None) -> Json:
    """An estimate of what can be attained; any other component stays, and is refused."""
    if code == "attainable-rung":
        told = each.code(names.own_system(LADDER), "valueCodeableConcept")
        return {"rung": int(told)} if told and _is_rung(told) else {}
    if code == "attainable-within-months":
        return {"horizonMonths": each.take("valueInteger", to="growthPotential/horizonMonths")}
    if code == "attainable-reasoning":
        return {"reasoning": each.take("valueString", to="growthPotential/reasoning")}
    return {}


async def update(asked: Asked, now: Json, sent: Json, changed: Sequence[str]) -> Draft:
    """A correction of a rung: a version of its own, in the place of this one. Raises Problem."""
    found = elements(changed)
    other = [f"Observation.{name}" for name in sorted(found - CORRECTED)]
    if ids.kind_of(now["id"]) != KEY or _imported(now):
        raise outcomes.unsupported(*changed)
    if sent.get("status") not in STATUSES or found == {"status"}:
        other = ["Observation.status", *other]
    if other:
        raise outcomes.unsupported(*other)
    ref = ids.read(now["id"], nested=True)
    episode = [each for each in now.get("extension", []) if each["url"] == EPISODE]
    told = {name: value for name, value in sent.items() if name in KEPT}
    repeated = [each for each in now.get("component", []) if _code(each) in COMPUTED]
    told["component"] = [each for each in sent.get("component", []) if each not in repeated]
    draft = await create(asked, {**told, "status": "final", "extension": episode})
    return replace(draft, body={**draft.body, "supersedes": ref.record}, anew=True)


def _imported(now: Json) -> bool:
    """What came from another scheme has a level there, which has no element to be corrected in."""
    return any(_code(each) == "imported-level" for each in now.get("component", []))


def _code(component: Json) -> str | None:
    codings = component.get("code", {}).get("coding", [])
    return next((each.get("code") for each in codings if each.get("system") == OBSERVABLE), None)
