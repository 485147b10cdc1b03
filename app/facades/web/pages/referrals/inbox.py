"""What came in and what went out: the list, one referral, and the answers to it."""

from collections.abc import Iterable
from typing import Any

from app.access.vocabulary import Role
from app.domain.referral.rules import ReferralState
from app.domain.trajectory.rules.participation import may_add
from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.people import members
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
ONE = "/referrals/{referral_id}"
AT_ONCE = 50
TONES = {"open": "wait", "accepted": "good", "refused": "bad", "withdrawn": "plain"}


@pages.get("/referrals")
async def referrals(visit: Visit) -> Shown:
    """The newest first: the API tells them in the order in which they came."""
    asked = visit.query.get("state", "")
    state = asked if asked in set(ReferralState) else ""
    found = await visit.whole("/referrals", state=state or None)
    newest = sorted(found, key=lambda each: str(each["recordedAt"]), reverse=True)
    begin = _number(visit.query.get("cursor", ""))
    return Shown(
        "referrals/list.html",
        lines=[line(visit, each) for each in newest[begin : begin + AT_ONCE]],
        more=begin + AT_ONCE if len(newest) > begin + AT_ONCE else None,
        state=state,
        states=list(words.values("ReferralState").items()),
        tones=TONES,
    )


@pages.get(ONE)
async def referral(visit: Visit, referral_id: str) -> Shown:
    told = await visit.see(f"/referrals/{referral_id}")
    return Shown(
        "referrals/one.html",
        referral=line(visit, told),
        acts=list(_acts(visit, told)),
        tones=TONES,
    )


def line(visit: Visit, told: Json) -> dict[str, Any]:
    """With whom it is about, and whether it came to us or left us."""
    return {**told, "name": client_name(told), "received": is_receiver(visit, told)}


def is_receiver(visit: Visit, told: Json) -> bool:
    """Whether it came to the inbox of this person: of the organisation and the role."""
    return (visit.organisation_id, visit.role) == (told["toOrganisationId"], told["role"])


def _acts(visit: Visit, told: Json) -> Iterable[tuple[str, str]]:
    """What this person can do with it now: the way, and its words."""
    if told["state"] != ReferralState.OPEN:
        return
    if is_receiver(visit, told):
        for way in ("acceptances", "refusals", "bsn-checks"):
            yield way, words.act(f"POST {ONE}/{way}").title
    sent = visit.organisation_id == told["fromOrganisationId"] is not None
    if visit.may(f"POST {ONE}/withdrawals") and (sent or visit.role == Role.CLIENT):
        yield "withdrawals", words.act(f"POST {ONE}/withdrawals").title


async def _colleagues(visit: Visit, _: Ids) -> Options:
    """Who can take part from this seat beside whoever accepts, by name."""
    own = visit.me.get("membershipId")
    return [
        (each.membership_id, each.words)
        for each in await members(visit, visit.organisation_id)
        if each.membership_id != own
        and may_add(Role(visit.role), Role(each.role), own_organisation=True)
    ]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len(str(AT_ONCE**3)) else 0


add_form(
    pages,
    f"{ONE}/acceptances",
    Form(
        f"POST {ONE}/acceptances",
        then="/trajectories/{trajectoryId}",
        choices={"participants": _colleagues},
        note="referrals/accepting.html",
        done="De aanmelding is aangenomen. Uw organisatie is nu verantwoordelijk voor dit traject.",
    ),
)
add_form(pages, f"{ONE}/refusals", Form(f"POST {ONE}/refusals", then="/referrals"))
add_form(
    pages,
    f"{ONE}/withdrawals",
    Form(f"POST {ONE}/withdrawals", then=ONE, note="referrals/withdrawing.html"),
)
