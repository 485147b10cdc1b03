"""Every page of the site with ids that are none, or not this person's: always the one answer."""

import re
from urllib.parse import quote

import httpx
import pytest

from app.facades.web.site import Place, places_of
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.facades.web.visiting import Visitor, visitor

ABSENT = "00000000-0000-4000-8000-000000000000"
IN_ADDRESS = re.compile(r"\{(\w+)\}")
PLACES = [place for place in places_of() if IN_ADDRESS.search(place.path)]
ODD = ("x", "a" * 3000, "\x00", "a\r\nb", "%2E%2E", "'\"<b>", "{0}%s${x}", "\ud800", "ABSENT", "é")
ROLES = ("coach", "clinician", "expert", "employer", "case_manager", "alfa", "ggz_admin")


async def neighbour(stage: Stage) -> Situation:
    """Somebody elsewhere, of whom none of these roles may know."""
    other = Situation(stage, await stage.client("echo", by="other_clinician"))
    await other.begin()
    return other


def hidden(place: Place, other: Situation) -> str:
    """The address with ids that exist and are not this person's, each of the kind that is asked."""
    known = {"client_id": str(other.client)}
    elsewhere = str(other.trajectory)
    return IN_ADDRESS.sub(lambda found: known.get(found[1], elsewhere), place.path)


def with_id(place: Place, id_: str) -> str:
    sent = quote(id_.encode("utf-8", "surrogatepass"), safe="%" if id_.startswith("%") else "")
    return IN_ADDRESS.sub(lambda _: sent, place.path)


async def asked(one: Visitor, place: Place, address: str) -> httpx.Response:
    return await (one.post(address) if place.method == "POST" else one.get(address))


def told(answer: httpx.Response) -> tuple[int, str]:
    """What a person can tell of an answer."""
    shown = answer.text.partition("<main")[2].partition("</main>")[0]
    return answer.status_code, shown or answer.headers.get("location", "")


@pytest.mark.parametrize("role", ROLES)
async def test_no_id_in_an_address_breaks_a_page_or_tells_hidden_from_unknown(
    stage: Stage, role: str
) -> None:
    await wgb_at_uwv(stage)
    other, one = await neighbour(stage), await visitor(stage, role)
    strange = []
    for turn, place in enumerate(PLACES):
        unknown = await asked(one, place, with_id(place, ABSENT))
        odd = ODD[turn % len(ODD)].replace("ABSENT", str(other.client).upper())
        for address in (hidden(place, other), with_id(place, odd)):
            answer = await asked(one, place, address)
            if told(answer) != told(unknown) or answer.status_code >= 500:
                strange.append((place.method, address[:200], answer.status_code, told(unknown)[0]))
    assert strange == [], "\n".join(map(str, strange))
