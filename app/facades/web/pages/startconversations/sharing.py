"""What is told to whom in a talk: asked of the client when the talk is near, party by party."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.access.vocabulary import Category
from app.facades.operations import Json
from app.facades.web.pages.consents.sharing import current_text
from app.facades.web.pages.startconversations.parties import OWN_SIDE, Chair
from app.facades.web.pages.startconversations.talk import Talk
from app.facades.web.visits import Visit

SHARED = Category.START_CONVERSATION.value
PURPOSES = ("treatment", "reintegration")
"""What a talk is for; each party gets those of these that fit its work."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One party and what the client said of it: the sentence it is about, and the yes in force."""

    chair: Chair
    sentence: str
    consent: Json | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: a version of the consent texts, and all parties of the talk."""

    version: str
    introduction: str
    closing: Sequence[str]
    openings: Sequence[Opening]

    @property
    def open(self) -> list[Opening]:
        """For whom there is no yes."""
        return [each for each in self.openings if each.consent is None]

    @property
    def given(self) -> list[Opening]:
        return [each for each in self.openings if each.consent is not None]

    @property
    def acts(self) -> list[str]:
        """The acts by which more than one party was let in."""
        found = [each.consent["actId"] for each in self.given if each.consent]
        return sorted({act for act in found if act is not None and found.count(act) > 1})


async def asked(visit: Visit, trajectory: Json, talk: Talk) -> Asked | None:
    """None for whoever does not decide on it: consents are the client's."""
    others = [chair for chair in talk.chairs if not chair.is_client]
    if visit.role not in OWN_SIDE or not others:
        return None
    consents = await visit.every(f"/clients/{trajectory['clientId']}/consents")
    text = await current_text(visit)
    said = {role: of[SHARED] for role, of in text.sentences.items() if SHARED in of}
    openings = [
        Opening(chair, said[chair.role], _yes(consents, trajectory["id"], talk.told["id"], chair))
        for chair in others
        if chair.role in said
    ]
    return Asked(text.version, text.introduction, text.closing, openings)


def _yes(consents: Sequence[Json], trajectory: str, conversation: str, chair: Chair) -> Json | None:
    """A consent in force that opens this talk for this party."""
    fits = (each for each in consents if _opens(each, trajectory, conversation, chair))
    return next(fits, None)


def _opens(consent: Json, trajectory: str, conversation: str, chair: Chair) -> bool:
    party: dict[str, Any] = consent["recipient"]
    return (
        consent["state"] == "in_force"
        and SHARED in consent["categories"]
        and (party["role"], party["organisationId"]) == (chair.role, chair.organisation)
        and consent.get("trajectoryId") in {None, trajectory}
        and consent.get("conversationId") in {None, conversation}
        and consent.get("recordId") in {None, conversation}
    )


def given(version: str, trajectory_id: str, talk: Talk, yes: Sequence[Chair]) -> Json:
    """One act for all parties to which the client said yes."""
    return {
        "kind": "secrecy_waiver",
        "trajectoryId": trajectory_id,
        "conversationId": talk.told["id"],
        "parties": [_party(chair) for chair in yes],
        "purposes": list(PURPOSES),
        "textVersion": version,
        "givenHow": "portal",
    }


def _party(chair: Chair) -> Json:
    named = {} if chair.membership is None else {"membershipId": chair.membership}
    return {"organisationId": chair.organisation, "role": chair.role, **named}
