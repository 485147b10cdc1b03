"""Through the eyes of others: who may see what of the client, and each reason for it in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.access.vocabulary import Category
from app.facades.web.answers import Shown
from app.facades.web.operations import Json
from app.facades.web.pages.consents.standing import period
from app.facades.web.pages.consents.whom import Whom, whom
from app.facades.web.rendering import coded, day, local
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
CHOSEN = frozenset({"consent", "referral"})
FIRST = {"consent": 0, "referral": 0, "treatment": 1, "assignment": 1, "statutory": 2}
"""What the client chose comes first, then who works with the client, then the law."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a party may see something: the ground in words, and what it opens."""

    words: str
    article: str | None
    whats: list[str]
    limits: list[str]
    period: str
    consent_id: str | None


@dataclass(frozen=True, slots=True)
class Eyes:
    """One party, with all that it may see."""

    organisation_id: str | None
    name: str
    role: str
    people: list[str]
    reasons: list[Reason]
    whats: list[str]


@pages.get("/clients/{client_id}/access-overview")
async def overview(visit: Visit, client_id: str) -> Shown:
    named = visit.query.get("names") == "true"
    asked = {"names": "true"} if named else {}
    told = await visit.see(f"/clients/{client_id}/access-overview", **asked)
    of = await whom(visit, client_id)
    consents, blocks = await visit.lists(f"{of.href}/consents", f"{of.href}/blocks")
    by_id = {each["id"]: each for each in consents}
    eyes = [_eyes(of, each, by_id) for each in told["parties"]]
    return Shown(
        "consents/overview.html",
        of=of,
        at=told["at"],
        parties=sorted(eyes, key=lambda each: (each.name.casefold(), each.role)),
        named=named,
        barred=sum(holds(each, local(told["at"])) for each in blocks),
    )


def _eyes(of: Whom, told: Json, consents: Mapping[str, Json]) -> Eyes:
    reasons = sorted(told["reasons"], key=lambda each: FIRST.get(each["basis"], 3))
    opened = {each["category"] for why in reasons for each in why["categories"]}
    seen = [each.value for each in Category if each in opened]
    role = words.role(told["role"])
    return Eyes(
        organisation_id=told["organisationId"],
        name=told["organisationName"] or role.capitalize(),
        role=role if told["organisationId"] else "dichtbij " + ("u" if of.own else "de cliënt"),
        people=told["names"],
        reasons=[_reason(of, each, consents) for each in reasons],
        whats=[of.what(each) for each in seen],
    )


def _reason(of: Whom, told: Json, consents: Mapping[str, Json]) -> Reason:
    """The end of what rests on a consent is that of the consent itself."""
    consent = consents.get(told["consentId"] or "")
    return Reason(
        words=told["words"] if of.own else f"{coded('basis', told['basis'])}.",
        article=told["article"],
        whats=[of.what(each["category"]) for each in told["categories"]],
        limits=told["limits"],
        period=_period(told) if consent is None else period(consent),
        consent_id=told["consentId"] if consent is not None else None,
    )


def _period(told: Json) -> str:
    since = f"sinds {day(told['since'])}"
    return since if told["until"] is None else f"{since} tot {day(told['until'])}"
