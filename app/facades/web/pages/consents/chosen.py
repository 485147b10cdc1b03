"""What was chosen on the way to a consent, as the operations take it."""

from typing import Any

from app.facades.operations import Json
from app.facades.web.forms.fields import Field, Kind
from app.facades.web.forms.reading import typed
from app.facades.web.pages.consents.going import ALL, Going
from app.facades.web.pages.consents.parties import kind_of_consent, organisation
from app.facades.web.pages.consents.standing import SELF
from app.facades.web.visits import Visit

DAY = Field("day", "ConsentIn", Kind.DAY, required=False)


async def choice(visit: Visit, at: Going) -> Json:
    """What is chosen, as the operations take it."""
    sender = None if at.sender == SELF else at.sender
    from_whom = await organisation(visit, sender) if sender else None
    all_of_them = at.trajectory == ALL
    party = at.party
    return {
        "kind": kind_of_consent(from_whom),
        "trajectoryId": None if all_of_them else at.trajectory,
        "allTrajectories": all_of_them,
        "senderOrganisationId": sender,
        "recipient": party.recipient(at.person) if party else {},
        "categories": at.categories,
        "purposes": at.purposes,
        "recordId": at.record or None,
    }


def act(at: Going) -> Json:
    """How the yes was given, or why it is asked; what was left empty is absent."""
    answers = at.answers
    if at.way.asks:
        found: dict[str, Any] = {"reason": answers.one("reason"), "step": answers.one("step")}
    else:
        found = {
            "textVersion": at.text.version,
            "givenHow": "portal" if at.of.acts else answers.one("givenHow"),
            "givenBy": None if at.of.acts else answers.one("givenBy"),
            "evidence": None if at.of.acts else answers.one("evidence"),
            "validFrom": answers.one("validFrom") and typed(DAY, answers.one("validFrom")),
            "validUntil": answers.one("validUntil") and typed(DAY, answers.one("validUntil")),
        }
    return {name: value for name, value in found.items() if value}
