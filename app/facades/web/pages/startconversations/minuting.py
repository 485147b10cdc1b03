"""The minutes: what was agreed, in short fields; a correction begins with what stands there."""

from app.access.ceilings import POLICY_VERSION
from app.access.vocabulary import Category, Role
from app.domain.consent.rules.giving import shareable
from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.pages.startconversations.parties import people, seats
from app.facades.web.pages.startconversations.showing import FORM, ONE, address, called, talk
from app.facades.web.rendering import short_day
from app.facades.web.site import Pages
from app.facades.web.telling import standing
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
ASIDE = {Category.CONSENT, Category.ACCESS_LOG}
"""Never a subject of what is agreed in a talk."""
PLAIN = ("successDefinition", "agreements", "reviewDates", "durationMonths", "sharing", "points")
FINAL = ("ladderMeasurementId", "goalMet", "clientVerdict", "nextStep")


async def invited(visit: Visit, ids: Ids) -> Options:
    """Only who sits at the table has something to do by this talk."""
    told = await _told(visit, ids)
    trajectory = await visit.see(f"/trajectories/{ids['trajectory_id']}")
    at = seats(told.get("invitations") or ())
    known = await people(visit, trajectory, at)
    parties = {role: known.who(role, place) for role, place in reversed(at)}
    return [(role, " - ".join(filter(None, said))) for role, said in parties.items()]


async def others(visit: Visit, ids: Ids) -> Options:
    """With whom something is shared: anyone but the client."""
    return [each for each in await invited(visit, ids) if each[0] != "client"]


async def shareables(visit: Visit, ids: Ids) -> Options:
    """What a consent can open for any of them; the rest is never shared."""
    roles = {Role(role) for role, _ in await others(visit, ids)}
    open_to = {category for role in roles for category in shareable(role, POLICY_VERSION)}
    return [(each, words.value("Category", each)) for each in Category if each in open_to - ASIDE]


async def measurements(visit: Visit, ids: Ids) -> Options:
    """The measurements of the ladder, the latest first."""
    path = f"/trajectories/{ids['trajectory_id']}/ladder-measurements"
    found = standing(await visit.every(path))
    latest = sorted(found, key=lambda each: str(each["measuredOn"]), reverse=True)
    return [
        (each["id"], f"{short_day(each['measuredOn'])}: {words.value('rung', str(each['rung']))}")
        for each in latest
    ]


async def stands(visit: Visit, ids: Ids) -> Json:
    """What the minutes say now."""
    minutes = (await _told(visit, ids))["minutes"] or {}
    plain = {name: minutes[name] for name in PLAIN if minutes.get(name) not in (None, [])}
    final = {name: minutes[name] for name in FINAL if minutes.get(name) is not None}
    return {**plain, "finalReview": final} if final else plain


async def _told(visit: Visit, ids: Ids) -> Json:
    return await visit.see(address(ids["trajectory_id"], ids["conversation_id"]))


def _form(title: str, *without: str) -> Form:
    return Form(
        f"POST {ONE}/minutes",
        then=ONE,
        choices={
            "agreements.owner": invited,
            "sharing.party": others,
            "sharing.categories": shareables,
            "finalReview.ladderMeasurementId": measurements,
        },
        begins=stands,
        without=frozenset(without),
        order=("finalReview", *PLAIN),
        title=title,
        note="startconversations/minutes_note.html",
        template=FORM,
        done="Het verslag is bewaard. Nu kan iedereen het bevestigen.",
    )


add_form(pages, ONE + "/minutes/new", _form("Verslag van het gesprek", "finalReview"))
add_form(pages, ONE + "/final-minutes/new", _form("Verslag van de eindevaluatie"))


@pages.get(ONE + "/agreement")
async def printed(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown:
    """What was agreed, to print: with room to sign for who did not confirm it yet."""
    told = await visit.see(address(trajectory_id, conversation_id))
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    found = await talk(visit, trajectory, told, named=True)
    return Shown(
        "startconversations/agreement.html",
        talk=found,
        name=client_name(trajectory),
        trajectory=trajectory,
        at=address(trajectory_id, conversation_id),
        called=called(found.chairs),
    )
