"""A form on paper, to print and to sign; on it too nothing is ticked before the client does."""

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.pages.consents.answers import Answers, sent
from app.facades.web.pages.consents.chosen import act
from app.facades.web.pages.consents.going import GIVING, Going, going
from app.facades.web.pages.consents.sharing import shareable
from app.facades.web.pages.consents.standing import SELF
from app.facades.web.pages.consents.steps import sender_words, shown
from app.facades.web.rendering import day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
FORM = "/clients/{client_id}/consents/form"


@pages.get(FORM)
async def choose(visit: Visit, client_id: str) -> Shown:
    """For whom the form is to be; or an empty one."""
    at = await going(visit, GIVING, client_id, Answers({}))
    values = (await shown(visit, at, "party")).values
    return Shown("consents/paper_choice.html", **values)


@pages.get(f"{FORM}/blank")
async def blank(visit: Visit, client_id: str) -> Shown:
    return await _paper(visit, await going(visit, GIVING, client_id, Answers({})))


@pages.post(FORM)
async def filled(visit: Visit, client_id: str) -> Shown:
    """For the party that was chosen: what was chosen to be asked, or all that may be asked."""
    at = await going(visit, GIVING, client_id, sent(visit))
    if at.party is None:
        values = (await shown(visit, at, "party", faults=at.lacks("party"))).values
        return Shown("consents/paper_choice.html", 422, **values)
    return await _paper(visit, at)


async def _paper(visit: Visit, at: Going) -> Shown:
    sentences = at.text.sentences[at.party.role] if at.party else {}
    chosen = at.categories or list(sentences)
    told = act(at)
    return Shown(
        "consents/paper.html",
        of=at.of,
        party=at.party,
        person=at.people.get(at.person),
        text=at.text,
        client=await visit.see(at.of.href),
        sender=_sender(visit, at),
        lines=[sentences[each] for each in chosen],
        never=shareable(at.of, at.text, at.party.role).never if at.party else [],
        purposes=[at.of.purpose(each) for each in at.purposes],
        begins=_day(told, "validFrom"),
        ends=_day(told, "validUntil"),
        today=await visit.today(),
    )


def _sender(visit: Visit, at: Going) -> str:
    """Who tells, where that is known by now."""
    return "" if at.sender in {"", SELF} else sender_words(visit, at)


def _day(told: Json, name: str) -> str:
    """A day that can be read, or room to write it."""
    try:
        return day(told[name])
    except (KeyError, ValueError):
        return ""
