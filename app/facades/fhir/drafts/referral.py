"""A ServiceRequest as a referral to send, or to take back."""

from collections.abc import Sequence

from app.facades.fhir import ids, names, outcomes
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts.about import own_organisation, require_client
from app.facades.fhir.elements import Json, filled
from app.facades.fhir.registry import Draft
from app.facades.fhir.taking import Taking, taking

KEY = "referral"


async def create(asked: Asked, sent: Json) -> Draft:
    """Telling a body of a trajectory, on a consent that is named."""
    left = taking(sent)
    left.fixed("status", among={"active"})
    left.fixed("intent", among={"order"})
    left.code(names.own_system("referral"), "code")
    left.code(names.SNOMED, "category", 0)
    trajectory, consent = _grounds(left)
    performer = next(left.each("performer"), left.within("performer", 0))
    body = {
        "trajectoryId": left.required(trajectory, "supportingInfo"),
        "consentId": left.required(consent, "supportingInfo"),
        "toOrganisationId": left.required(
            performer.reference("Organization", to="toOrganisationId"), "performer"
        ),
        "role": left.required(
            left.code(names.own_system("role"), "performerType", to="role"), "performerType"
        ),
        "goal": left.required(left.take("reasonCode", 0, "text", to="goal"), "reasonCode"),
        "clientAgreedOn": left.required(
            left.extension("client-agreed-on", "valueDate", to="clientAgreedOn"), "extension"
        ),
        "uwvBenefitConfirmed": left.extension("uwv-benefit-confirmed", "valueBoolean"),
    }
    await require_client(asked, left, body["trajectoryId"])
    await own_organisation(asked, left, "requester")
    left.done()
    return Draft("/referrals", filled(**body), left.places, _id_of)


def _id_of(made: Json) -> str:
    return ids.made(KEY, made["id"])


def _grounds(left: Taking) -> tuple[str | None, str | None]:
    """Which trajectory, and on which consent; both stand beside the request."""
    trajectory = consent = None
    for each in left.each("supportingInfo"):
        told = str(each.leaves.get((*each.at, "reference"), ""))
        if "EpisodeOfCare/" in told:
            trajectory = each.reference("EpisodeOfCare", to="trajectoryId")
        elif "Consent/" in told:
            consent = each.reference("Consent", to="consentId")
    return trajectory, consent


async def update(_: Asked, now: Json, sent: Json, changed: Sequence[str]) -> Draft:
    """An open referral is taken back by its sender: the status becomes `revoked`."""
    allowed = {"ServiceRequest.status"}
    if not set(changed) <= allowed or sent.get("status") != "revoked":
        raise outcomes.unsupported(*changed)
    record = ids.read(now["id"], nested=False).record
    return Draft(f"/referrals/{record}/withdrawals", {}, {}, _id_of)
