"""A start or review conversation that was held, as Encounter, with who is told to have been in."""

from collections.abc import Mapping

from app.facades.fhir import matching, names
from app.facades.fhir.asking import Asked
from app.facades.fhir.conversations import one, own_id, sources
from app.facades.fhir.elements import Json, absent, coding, filled, kept, own_identifier, period
from app.facades.fhir.marks import episode, meta
from app.facades.fhir.parties import Parties, patient
from app.facades.fhir.registry import Found, Param, Resource, Source, Terms, Whose
from app.facades.fhir.resources.appointment import KEY as APPOINTMENT
from app.facades.fhir.terminology.systems import ACT_CODE
from app.facades.fhir.terminology.vocabularies import own

KEY = "met"
CLASSES: Mapping[str, Json] = {
    "in_person": coding(ACT_CODE, "AMB", "ambulatory"),
    "video": coding(ACT_CODE, "VR", "virtual"),
    "telephone": coding(ACT_CODE, "VR", "virtual"),
}


def mapped(record: Json, whose: Whose) -> list[Json]:
    """Nothing where it was not held, or where that is not told."""
    attendance = record.get("attendance")
    if attendance is None:
        return []
    parties = Parties(whose)
    day = attendance["heldOn"]
    return [
        filled(
            resourceType="Encounter",
            id=own_id(KEY, record["id"], whose),
            meta={
                **meta(record, names.nl_core("Encounter")),
                **filled(lastUpdated=record.get("confirmedAt") or attendance.get("recordedAt")),
            },
            identifier=[own_identifier(record["id"])],
            status="finished",
            class_=_class(record),
            type=[own("conversation", record["kind"])],
            subject=patient(whose),
            episodeOfCare=kept([episode(whose)]),
            participant=_present(record, attendance, parties),
            appointment=[{"reference": f"Appointment/{own_id(APPOINTMENT, record['id'], whose)}"}],
            period=period(day, day),
            contained=parties.contained,
        )
    ]


def _class(record: Json) -> Json:
    """In the same room or not; of what is not told, that it is not known."""
    chosen = record.get("chosenProposalId")
    modes = [p["mode"] for p in record.get("proposals") or [] if p["id"] == chosen]
    return CLASSES[modes[0]] if modes else absent("unknown")


def _present(record: Json, attendance: Json, parties: Parties) -> list[Json]:
    """Everyone who was there beside the client, whom the Encounter is about."""
    there = set(attendance.get("present") or [])
    found = []
    for each in record.get("invitations") or []:
        if each["id"] in there and each["role"] != "client":
            who = parties.role(each["role"], each.get("organisationId"), each.get("membershipId"))
            found.append(filled(type=[own("role", each["role"])], individual=who))
    return found


async def read(asked: Asked, id_: str) -> Found:
    """One conversation that was held. Raises NotFound."""
    return await one(asked, KEY, mapped, id_, invited=False)


async def search(asked: Asked, terms: Terms) -> list[Source]:
    """The conversations that were held with one client."""
    return await sources(asked, terms, mapped, invited=False)


RESOURCE = Resource(
    type="Encounter",
    about="Start and review conversations that were held.",
    read=read,
    search=search,
    patient="subject",
    params={
        "status": Param("token", "Always finished.", matching.token("status")),
        "type": Param("token", "Which conversation.", matching.token("type")),
        "date": Param("date", "On which day.", matching.day("period.start")),
        "episode-of-care": Param(
            "reference", "Only of this trajectory.", matching.reference("episodeOfCare")
        ),
    },
    includes={"patient": "subject", "appointment": "appointment"},
)
