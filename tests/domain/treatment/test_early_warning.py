"""Early-warning plans: the full plan by treatment, the excerpt by consent on that record."""

from typing import Any

from app.access.vocabulary import Category
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

PHASES = [
    {"colour": colour, "signals": ["Kort geslapen."], "actions": ["Even rust."]}
    for colour in ("green", "orange", "red")
]
SIGNAL_PLAN: dict[str, Any] = {
    "madeOn": "2025-01-14",
    "content": {"kind": "signal_plan", "phases": PHASES},
}
WRAP: dict[str, Any] = {
    "madeOn": "2025-01-14",
    "content": {"kind": "wrap", "dailyMaintenance": "Elke dag lopen."},
}
EXCERPT: dict[str, Any] = {
    "madeOn": "2025-01-14",
    "content": {
        "kind": "work_excerpt",
        "signalsAtWork": ["Pauzes overslaan."],
        "whomToCall": [{"who": "Mijn zus"}],
    },
}


async def test_a_plan_made_in_treatment_is_for_the_team_and_the_client(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/early-warning-plans"
    made = await stage.made("clinician", path, SIGNAL_PLAN)
    one = f"{path}/{made['id']}"
    for party in ("psychologist", "alfa"):
        phases = (await stage.seen(party, one))["content"]["phases"]
        assert [phase["colour"] for phase in phases] == ["green", "orange", "red"]
    for party in ("coach", "expert", "colleague"):
        assert (await stage.get(party, one)).status_code == 404, party


async def test_the_coach_sees_the_excerpt_that_a_consent_names_and_nothing_else(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/early-warning-plans"
    plan = await stage.made("clinician", path, SIGNAL_PLAN)
    excerpt = await stage.made("clinician", path, EXCERPT)
    other = await stage.made("alfa", path, EXCERPT)
    await alfa.consent("coach", Category.EARLY_WARNING_PLAN, record=excerpt["id"])
    seen = await stage.seen("coach", f"{path}/{excerpt['id']}")
    assert seen["content"]["signalsAtWork"] == ["Pauzes overslaan."]
    assert [item["id"] for item in (await stage.seen("coach", path))["items"]] == [excerpt["id"]]
    for hidden in (plan, other):
        assert (await stage.get("coach", f"{path}/{hidden['id']}")).status_code == 404


async def test_no_consent_opens_a_full_plan_for_a_reintegration_coach(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/early-warning-plans"
    plan = await stage.made("clinician", path, SIGNAL_PLAN)
    await alfa.consent("coach", Category.EARLY_WARNING_PLAN)
    await alfa.consent("coach", Category.EARLY_WARNING_PLAN, record=plan["id"])
    assert (await stage.get("coach", f"{path}/{plan['id']}")).status_code == 404
    assert (await stage.seen("coach", path))["items"] == []


async def test_a_wrap_is_the_clients_own_and_opens_by_consent_only(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/early-warning-plans"
    assert (await stage.post("clinician", path, WRAP)).status_code == 403
    wrap = await stage.made("alfa", path, WRAP)
    assert (await stage.get("clinician", f"{path}/{wrap['id']}")).status_code == 404
    await alfa.consent("clinician", Category.EARLY_WARNING_PLAN, record=wrap["id"])
    seen = await stage.seen("clinician", f"{path}/{wrap['id']}")
    assert seen["content"]["dailyMaintenance"] == "Elke dag lopen."
    assert (await stage.get("psychologist", f"{path}/{wrap['id']}")).status_code == 404


async def test_a_plan_is_corrected_by_its_own_party_only(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/early-warning-plans"
    plan = await stage.made("clinician", path, SIGNAL_PLAN)
    by_client = await stage.post("alfa", path, {**SIGNAL_PLAN, "supersedes": plan["id"]})
    assert by_client.status_code == 403
    later = await stage.made("clinician", path, {**SIGNAL_PLAN, "supersedes": plan["id"]})
    assert (await stage.seen("alfa", f"{path}/{plan['id']}"))["supersededBy"] == later["id"]
    twice = [*PHASES[:2], PHASES[1]]
    wrong = {**SIGNAL_PLAN, "content": {"kind": "signal_plan", "phases": twice}}
    assert (await stage.post("clinician", path, wrong)).status_code == 400


async def test_a_crisis_card_has_a_plan_and_a_help_card_has_none(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/early-warning-plans"
    call = {"contacts": [{"who": "Mijn zus", "telephone": "0612345678"}]}
    plan = {"arrangements": "Eerst mijn zus bellen.", "madeWith": "Consulent-A1"}

    def card(kind: str, **content: Any) -> dict[str, Any]:
        return {"madeOn": "2025-01-14", "content": {"kind": kind, **content}}

    for wrong in (
        card("crisis_card", **call),
        card("crisis_card", contacts=[], **plan),
        card("help_card", **call, **plan),
        card("wrap"),
    ):
        assert (await stage.post("alfa", path, wrong)).status_code == 400, wrong
    crisis = await stage.made("alfa", path, card("crisis_card", **call, **plan))
    assert crisis["content"]["madeWith"] == "Consulent-A1"
    helps = await stage.made("alfa", path, card("help_card", **call))
    await alfa.consent("coach", Category.EARLY_WARNING_PLAN)
    for made in (crisis, helps):
        assert (await stage.get("coach", f"{path}/{made['id']}")).status_code == 404
        assert (await stage.get("employer", f"{path}/{made['id']}")).status_code == 404
