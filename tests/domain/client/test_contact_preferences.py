"""How the client wants to be reached: for who may know the telephone number, and nobody else."""

from typing import Any

from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

WISH: dict[str, Any] = {
    "channels": ["text_message", "telephone"],
    "safeTimes": [{"weekday": "tuesday", "beginsAt": "10:00:00", "endsAt": "12:00:00"}],
}


async def test_who_works_with_the_client_knows_how_to_reach_and_others_do_not(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/contact-preferences"
    made = await stage.made("alfa", path, WISH)
    assert (made["neutralTexts"], made["voicemail"]) == (True, False)
    one = f"{path}/{made['id']}"
    for party in ("clinician", "psychologist", "coach", "expert"):
        assert (await stage.seen(party, one))["safeTimes"] == WISH["safeTimes"], party
    for party in ("colleague", "coach_colleague", "employer", "other_clinician", "case_manager"):
        assert (await stage.get(party, one)).status_code == 404, party
        assert (await stage.get(party, path)).status_code == 404, party


async def test_someone_may_say_it_for_a_client_who_did_not_and_never_over_the_client(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/contact-preferences"
    await stage.made("clinician", path, {"channels": ["telephone"]})
    for party in ("coach", "expert", "psychologist"):
        assert (await stage.post(party, path, WISH)).status_code == 403, party
    await stage.made("alfa", path, WISH)
    assert (await stage.post("clinician", path, {"channels": ["post"]})).status_code == 403
    channels = [one["channels"] for one in (await stage.seen("coach", path))["items"]]
    assert channels[-1] == WISH["channels"]


async def test_a_safe_time_ends_after_it_begins(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    time = {"weekday": "monday", "beginsAt": "12:00:00", "endsAt": "10:00:00"}
    body = {**WISH, "safeTimes": [time]}
    answer = await stage.post("alfa", f"{alfa.of_client}/contact-preferences", body)
    assert answer.status_code == 400
