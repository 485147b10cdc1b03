"""Who may see what of the client and why, party by party."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.pages.consents.standing import period
from app.facades.web.pages.own.whose import not_theirs, own
from app.facades.web.rendering import coded, day, local
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
CLOSE = frozenset({"client", "representative", "supporter"})
BY_CHOICE = frozenset({"consent", "supporter", "mandate", "referral"})
"""Grounds that the client can take away again."""


@pages.get("/my-access")
async def mine(visit: Visit) -> Shown:
    whose = own(visit)
    told = await visit.maybe(f"{whose.path}/access-overview", names="true")
    if told is None:
        return not_theirs(whose, "Wie mag wat zien")
    blocks, restrictions, asked, consents = await visit.lists(
        f"{whose.path}/blocks",
        f"{whose.path}/restrictions",
        f"{whose.path}/consent-requests",
        f"{whose.path}/consents",
    )
    by_id = {each["id"]: each for each in consents}
    parties = [_party(each, by_id, to_client=whose.is_client) for each in told["parties"]]
    return Shown(
        "own/access.html",
        whose=whose,
        at=told["at"],
        organisations=[each for each in parties if each["role"] not in CLOSE],
        close=[each for each in parties if each["role"] in CLOSE - {"client"}],
        blocks=[each for each in blocks if holds(each, local(told["at"]))],
        restrictions=[each for each in restrictions if each.get("liftedAt") is None],
        asked=[each for each in asked if each["state"] in {"open", "later"}],
    )


def _party(party: Json, consents: Mapping[str, Json], *, to_client: bool) -> Json:
    """What a party sees in all, and why: the same reason is told once."""
    reasons = [_reason(why, to_client=to_client) for why in party["reasons"]]
    together: dict[tuple[Any, ...], list[Json]] = {}
    for why in reasons:
        together.setdefault((why["because"], why["article"], why["consentId"]), []).append(why)
    return {
        **party,
        "sees": _once(word for why in reasons for word in why["sees"]),
        "reasons": [_joined(same, consents) for same in together.values()],
    }


def _joined(same: list[Json], consents: Mapping[str, Json]) -> Json:
    """One reason, of all that it opens; what rests on a consent ends when the consent does."""
    consent = consents.get(same[0]["consentId"] or "")
    return {
        **same[0],
        "sees": _once(word for why in same for word in why["sees"]),
        "limits": _once(word for why in same for word in why["limits"]) if len(same) == 1 else [],
        "period": _period(same) if consent is None else period(consent),
    }


def _period(same: list[Json]) -> str:
    """Without an end where one of them has none."""
    since, ends = day(min(why["since"] for why in same)), [why["until"] for why in same]
    return f"sinds {since}, " + ("zonder einddatum" if None in ends else f"tot {day(max(ends))}")


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _reason(why: Json, *, to_client: bool) -> Json:
    """The words of the API are said to the client; others get those of the reference."""
    sees = [each["label"] for each in why["categories"]]
    because = why["words"]
    if not to_client:
        sees = [coded("category", each["category"]) for each in why["categories"]]
        because = words.value("Basis", why["basis"])
    return {**why, "sees": sees, "because": because, "by_choice": why["basis"] in BY_CHOICE}
