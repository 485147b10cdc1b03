"""Consents by the Privacy Consent on FHIR of IHE: what the client opened, for whom, and for what.

A consent to one conversation is Intermediate. Any other names categories, a record may have two of
them; IHE binds labels at the Advanced tier to codes that are none of ours. So those are labelled by
our own and claim none of its profiles: what they have in common is none that IHE publishes, though
it is kept. Nothing is ever told wider than the client gave it.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from app.access.vocabulary import FUNDERS
from app.facades.fhir import ids, matching, names
from app.facades.fhir.drafts.consent import ALL, create, update
from app.facades.fhir.elements import (
    Json,
    absent,
    coding,
    filled,
    kept,
    own_identifier,
    period,
    reference,
)
from app.facades.fhir.marks import meta
from app.facades.fhir.parties import Parties, patient
from app.facades.fhir.registry import Kind, Param, Resource, Whose
from app.facades.fhir.resources.encounter import KEY as ENCOUNTER
from app.facades.fhir.terminology.published import purposes
from app.facades.fhir.terminology.systems import CONSENT_SCOPE, PARTICIPATION, PCF
from app.facades.fhir.terminology.vocabularies import own, own_coding

STATUSES: Mapping[str, str] = {
    "in_force": "active",
    "not_yet": "draft",
    "waiting": "proposed",
    "ended": "inactive",
    "withdrawn": "inactive",
}
"""By what it is worth now: `draft` awaits use, `proposed` awaits the other yes."""
LOINC_CONSENT = {"system": names.LOINC, "code": "59284-0", "display": "Consent Document"}
RECIPIENT = {"coding": [coding(PARTICIPATION, "IRCP", "information recipient")]}


def mapped(record: Json, _: Whose) -> list[Json]:
    """Nothing where its categories are not told: without them it would say too much."""
    if not record.get("categories"):
        return []
    whose = Whose(record["clientId"], record.get("trajectoryId"))
    parties = Parties(whose)
    profiles = [f"{PCF}Intermediate"] if _of_conversation(record) else []
    return [
        filled(
            meta=_meta(record, *profiles),
            extension=_for_all(record),
            status=STATUSES[record["state"]],
            scope={"coding": [coding(CONSENT_SCOPE, "patient-privacy", "Privacy Consent")]},
            category=[
                {"coding": [LOINC_CONSENT]},
                own("consent-kind", record["kind"]),
                own("given-how", record["givenHow"]),
            ],
            patient=patient(whose),
            dateTime=record["recordedAt"],
            performer=kept([parties.role(record["givenBy"])]),
            organization=[_enforcing(record)],
            sourceAttachment=_source(record),
            policy=[{"uri": _text(record["textVersion"])}],
            provision=_provision(record, whose, parties),
            contained=parties.contained,
        )
    ]


def _meta(record: Json, *profiles: str) -> Json:
    last = record.get("withdrawnAt") or record["recordedAt"]
    return {"lastUpdated": last, **meta(record, *profiles)}


def _for_all(record: Json) -> list[Json]:
    """That it is for every trajectory is said."""
    every = {"url": names.own_extension(ALL), "valueBoolean": True}
    return [] if record.get("trajectoryId") else [every]


def _enforcing(record: Json) -> Json:
    """Who opens its data and keeps to it; where the client himself does, whoever wrote it down."""
    body = record.get("senderOrganisationId") or record.get("recordedByOrganisationId")
    return reference("Organization", body) or absent("not-applicable")


def _source(record: Json) -> Json:
    """On which text the yes was given, and what proves it for whom that is told."""
    version = record["textVersion"]
    return filled(
        url=f"/v1/consent-texts/{quote(version, safe='')}",
        title=record.get("evidence") or f"Toestemmingstekst {version}",
        creation=record["recordedAt"],
    )


def _text(version: str) -> str:
    """The name of the words that were agreed to."""
    return names.canonical("consent-text", quote(version, safe=""))


def _provision(record: Json, whose: Whose, parties: Parties) -> Json:
    to = record["recipient"]
    who = parties.role(to["role"], to["organisationId"], to.get("membershipId"))
    labels = [own_coding("category", each) for each in record["categories"]]
    return filled(
        type="permit",
        period=period(record["validFrom"], _until(record)),
        actor=[{"role": RECIPIENT, "reference": who}],
        securityLabel=[] if _of_conversation(record) else labels,
        purpose=purposes(record["purposes"], government=to["role"] in FUNDERS),
        data=_data(record, whose),
    )


def _until(record: Json) -> str | None:
    """It held no longer than until it was withdrawn."""
    ends = [record[name] for name in ("validUntil", "withdrawnAt") if record.get(name)]
    return min(ends, key=datetime.fromisoformat, default=None)


def _data(record: Json, whose: Whose) -> list[Json]:
    """The one record or conversation that is opened, or all of one trajectory."""
    one, trajectory = record.get("recordId"), whose.trajectory or ""
    if one:
        return [{"meaning": "instance", "reference": {"identifier": own_identifier(one)}}]
    if _of_conversation(record):
        met = ids.made(ENCOUNTER, record["conversationId"], trajectory)
        return [_related(f"Encounter/{met}")]
    return [_related(f"EpisodeOfCare/{whose.trajectory}")] if whose.trajectory else []


def _of_conversation(record: Json) -> bool:
    """Whether it opens one conversation and nothing else."""
    one, talk = record.get("recordId"), record.get("conversationId")
    return bool(talk and record.get("trajectoryId") and not one)


def _related(to: str) -> Json:
    return {"meaning": "related", "reference": {"reference": to}}


RESOURCE = Resource(
    type="Consent",
    about="Consents of a client; a withdrawn one stays, and is inactive.",
    kinds=(Kind("", "consents", mapped, of_client="clients/{client_id}/consents"),),
    patient="patient",
    params={
        "status": Param("token", "Whether it stands.", matching.token("status")),
        "category": Param("token", "Which kind, or how it was given.", matching.token("category")),
        "date": Param("date", "When it was recorded.", matching.day("dateTime")),
        "purpose": Param("token", "What for.", matching.token("provision.purpose")),
        "data": Param(
            "reference", "Which trajectory.", matching.reference("provision.data.reference")
        ),
    },
    includes={"patient": "patient", "organization": "organization"},
    create=create,
    update=update,
)
