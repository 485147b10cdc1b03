"""A Consent that a client gives, or that the sender saw given, and one that is withdrawn."""

from collections.abc import Sequence
from urllib.parse import unquote

from app.access.vocabulary import PERSONS
from app.facades.fhir import names, outcomes
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts.about import contained, require_same, whole
from app.facades.fhir.elements import Json
from app.facades.fhir.registry import Draft
from app.facades.fhir.taking import Taking, taking
from app.facades.fhir.terminology.published import REASONS
from app.facades.fhir.terminology.systems import (
    ACT_REASON,
    CONSENT_SCOPE,
    PARTICIPATION,
    PCF,
)

TEXT = names.canonical("consent-text", "")
DAY = len("2025-01-14")
ALL = "all-trajectories"
"""That it is for every trajectory is said, and does not follow from saying nothing."""


async def create(asked: Asked, sent: Json) -> Draft:
    """A consent, with nothing implied: categories, purposes and trajectory are named."""
    left = taking(sent)
    _profile(left, sent)
    left.fixed("status", among={"active"})
    left.said(CONSENT_SCOPE, "patient-privacy", "scope")
    client = left.required(left.reference("Patient", "patient"), "patient")
    body = {**_kinds(left), **_text(left), **_sender(left), **_provision(left)}
    body["recipient"] = await _recipient(asked, left, left.within("provision", "actor", 0))
    me = await asked.see("/me")
    own = me.get("role") in PERSONS
    given = _performer(left, client)
    if not own:
        body["givenBy"] = given
    left.done()
    return Draft(f"/clients/{client}/consents", whole(body) | _null(body), left.places)


def _null(body: Json) -> Json:
    """That the client himself opens it is said by a null."""
    return {"senderOrganisationId": body["senderOrganisationId"]}


def _profile(left: Taking, sent: Json) -> None:
    for at, each in enumerate(sent.get("meta", {}).get("profile", [])):
        if str(each).startswith(PCF):
            left.take("meta", "profile", at)


def _kinds(left: Taking) -> Json:
    """Which of the three things that share the word, and how the yes was given."""
    found: Json = {}
    for each in left.each("category"):
        each.said(names.LOINC, "59284-0")
        for field, vocabulary in (("kind", "consent-kind"), ("givenHow", "given-how")):
            if field not in found:
                told = each.code(names.own_system(vocabulary), to=field)
                found |= {field: told} if told else {}
    for field in ("kind", "givenHow"):
        left.required(found.get(field), "category")
    return found


def _text(left: Taking) -> Json:
    """On which text the yes was given, and what proves it, with the day if that is told."""
    uri = left.required(left.take("policy", 0, "uri", to="textVersion"), "policy")
    version = unquote(str(uri).removeprefix(TEXT))
    left.fixed("sourceAttachment", "url", among={f"/v1/consent-texts/{version}"})
    told = [
        left.take("sourceAttachment", "title", to="evidence"),
        left.take("dateTime"),
        left.take("sourceAttachment", "creation"),
    ]
    said = dict.fromkeys([told[0], *(str(day)[:DAY] for day in told[1:] if day)])
    return {"textVersion": version, "evidence": ", ".join(each for each in said if each) or None}


def _sender(left: Taking) -> Json:
    """Whose data are opened; without an organisation it is the client who tells it himself."""
    body = left.reference("Organization", "organization", 0, to="senderOrganisationId")
    if body is None:
        for each in left.within("organization", 0).each("extension"):
            each.fixed("url", among={names.ABSENT})
            each.fixed("valueCode", among={"not-applicable"})
    return {"senderOrganisationId": body}


def _performer(left: Taking, client: str) -> str:
    """Whose yes it is: that of the client, or of who acts for the client."""
    told = str(left.leaves.get(("performer", 0, "reference"), ""))
    person = contained(left, told) if told.startswith("#") else None
    if person is None:
        found = left.required(left.reference("Patient", "performer", 0), "performer")
        if found != client:
            detail = "The client says yes, or who acts for the client."
            raise left.wrong("performer", code="wrong_combination", detail=detail)
        return "client"
    left.take("performer", 0, "reference", to="givenBy")
    require_same(person, client, "patient")
    return str(person.code(names.own_system("role"), "relationship", 0, to="givenBy"))


def _provision(left: Taking) -> Json:
    held = left.within("provision")
    held.fixed("type", among={"permit"})
    labels = [
        _coded(each, names.own_system("category"), "categories")
        for each in held.each("securityLabel")
    ]
    return {
        "categories": left.required([c for c in labels if c] or None, "provision", "securityLabel"),
        "purposes": left.required(_purposes(held) or None, "provision", "purpose"),
        "validFrom": held.take("period", "start", to="validFrom"),
        "validUntil": held.take("period", "end", to="validUntil"),
        **_data(left, held),
    }


def _coded(each: Taking, system: str, to: str = "") -> str | None:
    """The code of a Coding in this system; of another one it stays, and is refused."""
    if each.leaves.get((*each.at, "system")) != system:
        return None
    each.take("system")
    each.take("display")
    found: str | None = each.take("code", to=to)
    return found


def _purposes(held: Taking) -> list[str]:
    """Ours; a code of HL7 beside one only if it is what comes near to it."""
    found = [
        code
        for each in held.each("purpose")
        if (code := _coded(each, names.own_system("purpose"), "purposes"))
    ]
    near = {code for purpose, codes in REASONS.items() if purpose in found for code, _, _ in codes}
    for each in held.each("purpose"):
        if each.leaves.get((*each.at, "code")) in near:
            _coded(each, ACT_REASON)
    return found


async def _recipient(asked: Asked, left: Taking, actor: Taking) -> Json:
    """A role of an organisation, which is contained, or one colleague in a position."""
    actor.said(PARTICIPATION, "IRCP", "role")
    told = str(actor.leaves.get((*actor.at, "reference", "reference"), ""))
    party = contained(left, told)
    if party is None:
        return await _colleague(asked, actor)
    actor.take("reference", "reference", to="recipient")
    role = party.code(names.own_system("role"), "code", 0, to="recipient/role")
    body = party.reference("Organization", "organization", to="recipient/organisationId")
    return {
        "organisationId": party.required(body, "organization"),
        "role": party.required(role, "code"),
    }


async def _colleague(asked: Asked, actor: Taking) -> Json:
    """Raises BadRequest for a position that nobody holds now, as for none."""
    told = actor.reference("PractitionerRole", "reference", to="recipient/membershipId")
    actor.required(told, "reference")
    page = await asked.see("/practitioners", membershipId=told)
    for each in page["items"]:
        for position in each["positions"]:
            if position["membershipId"] == told:
                return {name: position[name] for name in ("organisationId", "role", "membershipId")}
    raise actor.wrong("reference", code="not_found", detail="Nobody holds this position.")


def _data(left: Taking, held: Taking) -> Json:
    """One trajectory, or all of them where that is said; if wished one record."""
    found: Json = {}
    for each in held.each("data"):
        meaning = each.leaves.get((*each.at, "meaning"))
        if meaning == "related" and "trajectoryId" not in found:
            each.take("meaning")
            found["trajectoryId"] = each.reference("EpisodeOfCare", "reference", to="trajectoryId")
        elif meaning == "instance" and "recordId" not in found:
            each.take("meaning")
            each.fixed("reference", "identifier", "system", among={names.UUIDS})
            told = each.take("reference", "identifier", "value", to="recordId")
            found["recordId"] = str(told).removeprefix("urn:uuid:")
    if left.extension(ALL, "valueBoolean", to="allTrajectories") is True:
        found["allTrajectories"] = True
    elif "trajectoryId" not in found:
        detail = "Say for which trajectory, or by the extension that it is for all of them."
        raise left.wrong("provision", "data", code="required", detail=detail)
    return found


async def update(_: Asked, now: Json, sent: Json, changed: Sequence[str]) -> Draft:
    """A consent is never edited; it is withdrawn, and stays as such: the status is `inactive`."""
    if list(changed) != ["Consent.status"] or sent.get("status") != "inactive":
        raise outcomes.unsupported(*changed)
    return Draft(f"/consents/{now['id']}/withdrawals", {})
