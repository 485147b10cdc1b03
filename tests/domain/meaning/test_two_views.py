"""What is worth doing: two views side by side, and days with peers that nobody else writes."""

from typing import Any

import pytest

from app.access.vocabulary import Category
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

OWN: dict[str, Any] = {
    "kind": "meaningful_day",
    "measuredOn": "2025-01-14",
    "scores": [{"subject": "meaningful_day", "score": 8}],
}
VIEW: dict[str, Any] = {"seenOn": "2025-01-14", "score": 4, "words": "Er kan nog meer bij."}
FUNDERS = ("expert", "physician")


async def scores(stage: Stage, party: str, path: str) -> dict[str, int]:
    return {view["by"]: view["score"] for view in (await stage.seen(party, path))["views"]}


async def test_two_views_stand_side_by_side_and_each_sees_what_was_shared(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    both = f"{alfa.of_trajectory}/meaning"
    await stage.made("alfa", f"{alfa.of_trajectory}/wellbeing", OWN)
    await stage.made("coach", f"{alfa.of_trajectory}/meaning-views", VIEW)
    assert await scores(stage, "alfa", both) == {"client": 8, "reintegration_coach": 4}
    assert await scores(stage, "coach", both) == {"reintegration_coach": 4}
    for party in ("clinician", *FUNDERS):
        assert await scores(stage, party, both) == {}, party
    await alfa.consent("coach", Category.WELLBEING)
    assert await scores(stage, "coach", both) == {"client": 8, "reintegration_coach": 4}


async def test_a_later_mark_takes_the_place_of_an_earlier_one_of_the_same_side(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    wellbeing = f"{alfa.of_trajectory}/wellbeing"
    first = await stage.made("alfa", wellbeing, OWN)
    lower = {**OWN, "scores": [{"subject": "meaningful_day", "score": 3}]}
    await stage.made("alfa", wellbeing, {**lower, "supersedes": first["id"]})
    assert await scores(stage, "alfa", f"{alfa.of_trajectory}/meaning") == {"client": 3}


async def test_no_consent_opens_a_view_for_a_funder_and_none_writes_one(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    views = f"{alfa.of_trajectory}/meaning-views"
    made = await stage.made("coach", views, VIEW)
    for party in FUNDERS:
        await alfa.consent(party, *Category)
        assert (await stage.get(party, f"{views}/{made['id']}")).status_code == 404
        assert (await stage.seen(party, views))["items"] == []
        assert (await stage.post(party, views, VIEW)).status_code == 403
    assert (await stage.post("alfa", views, VIEW)).status_code == 403


async def test_a_day_with_peers_is_told_by_the_client_alone_and_has_no_room_for_words(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/peer-support-attendances"
    day = {"attendedOn": "2025-01-14"}
    for party in ("clinician", "coach", "expert"):
        assert (await stage.post(party, path, day)).status_code == 403, party
    assert (await stage.post("alfa", path, {**day, "note": "Goed gesprek."})).status_code == 400
    made = await stage.made("alfa", path, day)
    assert set(made) == {"id", "recordedAt", "authorRole", "attendedOn", "withheld"}
    one = f"{path}/{made['id']}"
    for party in ("clinician", "coach", "expert"):
        assert (await stage.get(party, one)).status_code == 404, party
    await alfa.consent("coach", Category.WELLBEING)
    assert (await stage.seen("coach", one))["attendedOn"] == "2025-01-14"


@pytest.mark.parametrize(
    ("kind", "subjects"),
    [
        ("four_dimensions", ("body", "mind", "social", "societal")),
        (
            "quality_criteria",
            (
                "own_direction",
                "guide_and_clinician",
                "taking_part",
                "recovery",
                "choice",
                "reward",
                "close_cooperation",
            ),
        ),
    ],
)
async def test_the_wheels_of_the_field_take_their_own_subjects_only(
    stage: Stage, kind: str, subjects: tuple[str, ...]
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/wellbeing"
    marks = [{"subject": subject, "score": 6} for subject in subjects]
    body = {"kind": kind, "measuredOn": "2025-01-14", "scores": marks}
    assert len((await stage.made("alfa", path, body))["scores"]) == len(subjects)
    odd = {**body, "scores": [*marks, {"subject": "quality_of_life", "score": 6}]}
    assert (await stage.post("alfa", path, odd)).status_code == 400


async def test_who_chooses_to_tell_names_to_whom_and_the_employer_never_learns(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/disclosure-decisions"
    half: dict[str, Any] = {"choice": "tell", "what": "Dat ik een rustige plek nodig heb."}
    assert (await stage.post("alfa", path, half)).status_code == 400
    whole = {**half, "toWhom": ["mijn leidinggevende"], "whenToTell": "Na een week."}
    made = await stage.made("alfa", path, whole)
    await alfa.assign("employer")
    for party in ("employer", "coach"):
        await alfa.consent(party, Category.DISCLOSURE_CHOICE, Category.EXISTENCE)
    assert (await stage.seen("coach", f"{path}/{made['id']}"))["choice"] == "tell"
    assert (await stage.get("employer", f"{path}/{made['id']}")).status_code == 404
