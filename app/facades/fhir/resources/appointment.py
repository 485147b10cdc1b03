"""A start or review conversation as Appointment: proposed, planned, or held.

How long it takes nobody records, so a planned one has no end. An organisation can be no actor of
an Appointment; its role can.
"""

from collections.abc import Mapping

from app.facades.fhir import matching
from app.facades.fhir.asking import Asked
from app.facades.fhir.conversations import one, own_id, sources
from app.facades.fhir.elements import Json, absent, filled, kept, own_identifier
from app.facades.fhir.marks import EPISODE_OF_CARE, meta, of_episode
from app.facades.fhir.parties import Parties, patient
from app.facades.fhir.registry import Found, Param, Resource, Source, Terms, Whose
from app.facades.fhir.terminology.vocabularies import own

KEY = "talk"
REPLIES: Mapping[str, str] = {
    "open": "needs-action",
    "accepted": "accepted",
    "declined": "declined",
}


def mapped(record: Json, whose: Whose) -> list[Json]:
    """Nothing where neither the dates nor that it was held are told."""
    held, proposals = record.get("attendance") is not None, record.get("proposals")
    if proposals is None and not held:
        return []
    parties = Parties(whose)
    chosen = _chosen(record)
    status = "booked" if chosen else "proposed"
    return [
        filled(
            resourceType="Appointment",
            id=own_id(KEY, record["id"], whose),
            meta={**meta(record), **filled(lastUpdated=record.get("recordedAt"))},
            identifier=[own_identifier(record["id"])],
            extension=of_episode(whose),
            status="fulfilled" if held else status,
            appointmentType=own("conversation", record["kind"]),
            **_when(chosen, held=held),
            created=record.get("recordedAt"),
            comment=chosen.get("place") if chosen else None,
            serviceType=[own("conversation-mode", chosen["mode"])] if chosen else [],
            participant=_seats(record, whose, parties),
            requestedPeriod=[] if chosen else [{"start": p["startsAt"]} for p in proposals or []],
            contained=parties.contained,
        )
    ]


def _chosen(record: Json) -> Json | None:
    wanted = record.get("chosenProposalId")
    return next((p for p in record.get("proposals") or [] if p["id"] == wanted), None)


def _when(chosen: Json | None, *, held: bool) -> Json:
    """A planned one must have an end in FHIR; that it is not known is said."""
    if chosen:
        return {"start": chosen["startsAt"], "_end": absent("unknown")}
    return {"_start": absent("unknown"), "_end": absent("unknown")} if held else {}


def _seats(record: Json, whose: Whose, parties: Parties) -> list[Json]:
    """The client always has a seat; another party, where it is told that it was invited."""
    invited = record.get("invitations") or []
    seats = [_seat(each, parties) for each in invited]
    if any(each["role"] == "client" for each in invited):
        return seats
    return [filled(actor=patient(whose), required="required", status="needs-action"), *seats]


def _seat(each: Json, parties: Parties) -> Json:
    who = parties.role(each["role"], each.get("organisationId"), each.get("membershipId"))
    answer = each.get("answer") or {}
    return filled(
        type=kept([own("role", each["role"])]),
        actor=who,
        required="required",
        status=REPLIES[answer.get("reply", "open")],
    )


async def read(asked: Asked, id_: str) -> Found:
    """One conversation, or an invitation to it. Raises NotFound."""
    return await one(asked, KEY, mapped, id_, invited=True)


async def search(asked: Asked, terms: Terms) -> list[Source]:
    """The conversations of one client."""
    return await sources(asked, terms, mapped, invited=True)


RESOURCE = Resource(
    type="Appointment",
    about="Start and review conversations, proposed, planned or held.",
    read=read,
    search=search,
    patient="participant.actor",
    params={
        "status": Param("token", "How far it is.", matching.token("status")),
        "date": Param("date", "When it begins.", matching.day("start")),
        "appointment-type": Param(
            "token", "Which conversation.", matching.token("appointmentType")
        ),
        "part-status": Param("token", "What was answered.", matching.token("participant.status")),
        **EPISODE_OF_CARE,
    },
    includes={"actor": "participant.actor"},
)
