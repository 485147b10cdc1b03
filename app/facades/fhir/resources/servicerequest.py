"""ServiceRequest: a referral, by which UWV or a municipality hears of a trajectory."""

from app.facades.fhir import matching, names
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts.referral import KEY, create, update
from app.facades.fhir.elements import Json, absent, concept, filled, kept, reference
from app.facades.fhir.registry import Kind, Param, Resource, Whose
from app.facades.fhir.resources.episodeofcare import kept_words

STATUS = {
    "open": "active",
    "accepted": "completed",
    "refused": "revoked",
    "withdrawn": "revoked",
}


def mapped(referral: Json, whose: Whose) -> list[Json]:
    """Whom it is about is only told where the caller may know of the trajectory."""
    name = " ".join(kept_words(referral))
    subject = reference("Patient", whose.patient, name) or filled(display=name) | absent()
    state = referral["state"]
    return [
        filled(
            extension=_answer(referral),
            status=STATUS[state],
            intent="order",
            category=kept([concept(names.SNOMED, "3457005")]),
            code=concept(names.own_system("referral"), "reintegration-referral"),
            subject=subject,
            authoredOn=referral["recordedAt"],
            requester=reference(
                "Organization", referral["fromOrganisationId"], referral["fromOrganisationName"]
            ),
            performerType=concept(names.own_system("role"), referral["role"]),
            performer=kept(
                [
                    reference(
                        "Organization", referral["toOrganisationId"], referral["toOrganisationName"]
                    )
                ]
            ),
            reasonCode=[{"text": referral["goal"]}],
            supportingInfo=kept([reference("EpisodeOfCare", whose.trajectory)]),
        )
    ]


def _answer(referral: Json) -> list[Json]:
    """FHIR's `revoked` is both refused and withdrawn; which one, and why, is told beside it."""
    told = {"referral-state": referral["state"], "refusal-reason": referral["refusalReason"]}
    codes = [
        {"url": names.own_extension(name), "valueCode": value}
        for name, value in told.items()
        if value
    ]
    agreed = {
        "url": names.own_extension("client-agreed-on"),
        "valueDate": referral["clientAgreedOn"],
    }
    return [*codes, agreed]


async def whose(asked: Asked, referral: Json) -> Whose:
    """A body that has not accepted may know of the referral and not of the trajectory."""
    above = await asked.maybe(f"/trajectories/{referral['trajectoryId']}")
    if above is None:
        return Whose(trajectory=None)
    return Whose(patient=above["clientId"], trajectory=above["id"])


RESOURCE = Resource(
    type="ServiceRequest",
    about="A referral to UWV or a municipality, on the consent of the client.",
    kinds=(Kind(KEY, "referrals", mapped, whose=whose, listed=True),),
    patient="subject",
    params={
        "status": Param("token", "FHIR's word for its state.", matching.token("status")),
        "authored": Param("date", "When it was sent.", matching.day("authoredOn")),
        "requester": Param("reference", "Who sent it.", matching.reference("requester")),
        "performer": Param("reference", "To whom.", matching.reference("performer")),
    },
    includes={
        "patient": "subject",
        "requester": "requester",
        "performer": "performer",
    },
    create=create,
    update=update,
)
