"""Who is logged in with a browser, for how long, as what, and who else can do nothing with it."""

import re
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
import pytest

from app.access.vocabulary import Role
from app.facades.web.login.guard import SESSION_COOKIE
from app.platform.http.reading import BODY_BYTES
from tests.build.processes import serving
from tests.build.stage import Stage
from tests.facades.web.acting import acts_for
from tests.facades.web.logging_in import Browser, changed, provided, refused, sessions


def second_hat(stage: Stage, party: str, role: Role, organisation: str) -> UUID:
    """Another membership of the same person."""
    hat = uuid4()
    with stage.straight() as db:
        db.execute(
            "INSERT INTO membership (id, practitioner_id, organisation_id, inbox_id, role,"
            " valid_from) SELECT %s, m.practitioner_id, i.organisation_id, i.id, i.role,"
            " '2020-01-01' FROM membership m, inbox i"
            " WHERE m.id = %s AND i.organisation_id = %s AND i.role = %s",
            [hat, stage.parties[party].membership, stage.organisations[organisation], role],
        )
    return hat


def aged(stage: Stage, column: str, time_gone: str) -> None:
    with stage.straight() as db:
        db.execute(f"UPDATE browser_session SET {column} = {column} - interval '{time_gone}'")


# --- the session -----------------------------------------------------------------------------


async def test_a_login_always_gives_another_token_and_the_earlier_one_is_nobody(
    stage: Stage, browser: Browser
) -> None:
    planted = "x" * 43
    browser.cookies[SESSION_COOKIE] = planted
    await browser.log_in("coach")
    first = dict(browser.cookies)
    assert browser.token not in {None, planted}
    await browser.log_in("coach")
    assert browser.token != first[SESSION_COOKIE]
    assert await browser.is_in()
    assert not await Browser(stage.http, first).is_in()
    assert not await Browser(stage.http, {SESSION_COOKIE: planted}).is_in()
    assert sessions(stage) == 1


@pytest.mark.parametrize("ending", ["begun", "failed"])
async def test_who_begins_another_login_and_does_not_finish_it_is_logged_out(
    stage: Stage, browser: Browser, ending: str
) -> None:
    await browser.log_in("coach")
    before = Browser(stage.http, dict(browser.cookies))
    asked = await browser.to_provider()
    if ending == "failed":
        await refused(browser, changed(await browser.choose(asked, "expert"), state="x"))
    assert not await browser.is_in()
    assert not await before.is_in()


async def test_no_other_site_logs_somebody_out_with_a_link(browser: Browser) -> None:
    await browser.log_in("coach")
    for address in ("/login/start", "/quick-exit", "/login/return?state=x&code=y"):
        await browser.get(address, sec_fetch_site="cross-site")
        assert await browser.is_in(), address


async def test_who_was_away_too_long_logs_in_again_and_is_told_so(
    stage: Stage, browser: Browser
) -> None:
    await browser.log_in("coach")
    aged(stage, "seen_at", "16 minutes")
    answer = await browser.get("/drafts")
    assert answer.headers["location"] == "/login?next=%2Fdrafts"
    assert "U bent niet meer ingelogd" in (await browser.get("/login")).text
    assert (await browser.log_in("coach", "/drafts")).headers["location"] == "/drafts"


async def test_nobody_stays_in_longer_than_a_working_day(stage: Stage, browser: Browser) -> None:
    await browser.log_in("coach")
    aged(stage, "began_at", "9 hours 50 minutes")
    assert await browser.is_in()
    aged(stage, "began_at", "10 minutes")
    assert not await browser.is_in()


async def test_a_sign_of_life_keeps_somebody_in_and_a_draft_that_saves_itself_does_not(
    stage: Stage, browser: Browser
) -> None:
    await browser.log_in("coach")
    csrf = await browser.csrf()
    aged(stage, "seen_at", "10 minutes")
    draft = {"csrf": csrf, "draft-of": "/clients/new", "notes": "Half."}
    assert (await browser.post("/drafts", draft)).status_code == 200
    aged(stage, "seen_at", "4 minutes")
    stays = {"csrf": csrf, "next": "/drafts"}
    answer = await browser.post("/session/stays", stays, sec_fetch_mode="cors")
    assert answer.status_code == 204
    aged(stage, "seen_at", "14 minutes")
    by_form = await browser.post("/session/stays", stays)
    assert (by_form.status_code, by_form.headers["location"]) == (303, "/drafts")
    aged(stage, "seen_at", "16 minutes")
    late = await browser.post("/session/stays", stays, sec_fetch_mode="cors")
    assert (late.status_code, late.headers["hx-redirect"]) == (401, "/login?next=%2Fdrafts")
    assert not await browser.is_in()


async def test_who_logs_out_is_out_in_every_process(
    stage: Stage, browser: Browser, tmp_path: Path
) -> None:
    await browser.log_in("coach")
    cookie = {"cookie": f"{SESSION_COOKIE}={browser.token}"}
    with serving(stage.database, tmp_path, 2) as both:
        async with httpx.AsyncClient(timeout=60) as http:
            before = [await http.get(f"{one}/drafts", headers=cookie) for one in both]
            assert [answer.status_code for answer in before] == [200, 200]
            out = await http.post(
                f"{both[0]}/logout", headers={**cookie, "sec-fetch-site": "same-origin"}
            )
            after = [await http.get(f"{one}/drafts", headers=cookie) for one in both]
    assert out.status_code == 200
    assert [answer.headers["location"] for answer in after] == ["/login?next=%2Fdrafts"] * 2


async def test_after_logging_out_the_browser_forgets_and_the_provider_is_one_link_away(
    browser: Browser,
) -> None:
    await browser.log_in("coach")
    out = await browser.post("/logout", {"csrf": await browser.csrf()})
    assert "U bent uitgelogd" in out.text
    assert '"cookies"' in out.headers["clear-site-data"]
    assert out.headers["cache-control"] == "no-store"
    assert browser.token is None
    link = re.search(r'href="([^"]+/demo-issuer/logout[^"]+)"', out.text)
    assert link is not None
    there = await browser.get(link[1].replace("&amp;", "&"))
    assert "U bent uitgelogd" in there.text
    assert 'href="http://127.0.0.1:8000/login"' in there.text
    assert (
        "evil"
        not in (
            await browser.get("/demo-issuer/logout?post_logout_redirect_uri=https://evil.example")
        ).text
    )


async def test_who_leaves_in_a_hurry_is_logged_out_and_sees_a_page_that_says_nothing(
    browser: Browser,
) -> None:
    await browser.log_in("coach")
    away = await browser.get("/quick-exit", sec_fetch_site="same-origin")
    assert away.headers["location"] == "/goodbye"
    page = await browser.get("/goodbye")
    assert page.status_code == 200
    assert "Trede" not in page.text
    assert not await browser.is_in()


# --- hats ------------------------------------------------------------------------------------


async def test_who_has_one_hat_wears_it_and_who_has_several_chooses_first(
    stage: Stage, browser: Browser
) -> None:
    hat = second_hat(stage, "coach", Role.LABOUR_EXPERT, "uwv")
    await browser.log_in("expert")
    assert (await browser.get("/drafts")).status_code == 200
    assert (await browser.log_in("coach", "/drafts")).status_code == 303
    assert (await browser.get("/drafts")).headers["location"] == "/hat?next=%2Fdrafts"
    page = await browser.get("/hat?next=%2Fdrafts")
    assert "Re-integratiecoach bij Re-integratie Proef BV" in page.text
    assert "Arbeidsdeskundige bij UWV Testdistrict" in page.text
    before = browser.token
    form = {"csrf": await browser.csrf(), "hat": str(hat), "next": "/drafts"}
    worn = await browser.post("/hat", form)
    assert (worn.status_code, worn.headers["location"]) == (303, "/drafts")
    assert browser.token != before
    assert not await Browser(stage.http, {SESSION_COOKIE: str(before)}).is_in()
    marked = (await browser.get("/hat")).text.partition("Zo werkt u nu.")[0]
    assert marked.rpartition("<li>")[2].count("Arbeidsdeskundige bij UWV Testdistrict") == 1


async def test_a_hat_of_somebody_else_is_not_worn(stage: Stage, browser: Browser) -> None:
    second_hat(stage, "coach", Role.LABOUR_EXPERT, "uwv")
    await browser.log_in("coach")
    csrf, before = await browser.csrf(), browser.token
    for strange in (str(stage.parties["expert"].membership), str(uuid4()), "", "x"):
        answer = await browser.post("/hat", {"csrf": csrf, "hat": strange})
        assert answer.headers["location"].startswith("/hat")
    assert browser.token == before
    assert (await browser.get("/drafts")).headers["location"].startswith("/hat")


async def test_a_hat_that_is_taken_away_is_worn_no_longer_at_the_next_request(
    stage: Stage, browser: Browser
) -> None:
    second_hat(stage, "coach", Role.LABOUR_EXPERT, "uwv")
    await browser.log_in("coach")
    mine = str(stage.parties["coach"].membership)
    await browser.post("/hat", {"csrf": await browser.csrf(), "hat": mine})
    assert (await browser.get("/drafts")).status_code == 200
    with stage.straight() as db:
        db.execute("UPDATE membership SET valid_until = moment() WHERE id = %s", [mine])
    assert (await browser.get("/drafts")).headers["location"] == "/hat"
    assert "Proef BV" not in (await browser.get("/hat")).text


async def test_who_acts_for_several_people_sees_for_whom(stage: Stage) -> None:
    for key in ("alfa", "echo"):
        await acts_for(stage, f"/v1/clients/{await stage.client(key)}", "helper")
    with provided(stage):
        browser = Browser(stage.http)
        await browser.log_in("helper")
        page = await browser.get("/hat")
    assert "Vertegenwoordiger van Testclient Alfa" in page.text
    assert "Vertegenwoordiger van Testclient Echo" in page.text


# --- forms -----------------------------------------------------------------------------------


FOREIGN: tuple[dict[str, str], ...] = (
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "null", "sec_fetch_site": "cross-site"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "https://evil.example", "sec_fetch_site": "same-origin"},
)
OURS: tuple[dict[str, str], ...] = (
    {},
    {"sec_fetch_site": "same-origin", "origin": "null"},
    {"sec_fetch_site": "same-origin", "origin": "http://127.0.0.1:8000"},
    {"sec_fetch_site": "none"},
)


async def test_no_other_site_changes_anything_and_a_form_of_ours_is_taken(
    stage: Stage, browser: Browser
) -> None:
    hat = second_hat(stage, "coach", Role.LABOUR_EXPERT, "uwv")
    await browser.log_in("coach")
    form = {"csrf": await browser.csrf(), "hat": str(hat)}
    for headers in FOREIGN:
        for path in ("/hat", "/logout", "/session/stays", "/drafts/removals"):
            answer = await browser.post(path, form, **headers)
            assert answer.status_code == 403, (path, headers)
            assert "andere website" in answer.text
    assert sessions(stage) == 1
    for headers in OURS:
        assert (await browser.post("/session/stays", form, **headers)).status_code == 303, headers


async def test_a_form_without_the_word_of_this_session_changes_nothing(
    stage: Stage, browser: Browser
) -> None:
    hat = second_hat(stage, "coach", Role.LABOUR_EXPERT, "uwv")
    await browser.log_in("coach")
    other = Browser(stage.http)
    await other.log_in("expert")
    for csrf in ("", "é", await other.csrf(), str(browser.token)):
        form = {"csrf": csrf, "hat": str(hat), "draft-of": "/x"}
        for path in ("/hat", "/logout", "/session/stays"):
            assert (await browser.post(path, form)).status_code == 403, (path, csrf)
    assert (await browser.get("/drafts")).headers["location"].startswith("/hat")


async def test_a_form_of_an_earlier_hat_is_refused_and_what_was_typed_is_kept(
    stage: Stage, browser: Browser
) -> None:
    second_hat(stage, "coach", Role.LABOUR_EXPERT, "uwv")
    await browser.log_in("coach")
    mine = str(stage.parties["coach"].membership)
    before = await browser.csrf()
    await browser.post("/hat", {"csrf": before, "hat": mine})
    form = {"csrf": before, "notes": "Lang verhaal."}
    answer = await browser.post("/clients/new", form)
    assert answer.status_code == 403
    assert "eerdere keer" in answer.text
    assert "Wat u typte, is bewaard." in answer.text
    assert 'href="/clients/new"' in answer.text
    assert await unfinished(browser) == ["/clients/new"]


# --- drafts ----------------------------------------------------------------------------------


async def unfinished(browser: Browser) -> list[str]:
    """Where the list of what this person did not finish leads to."""
    page = await browser.get("/drafts")
    assert page.status_code == 200
    kept = page.text.partition("<main")[2].partition("</main>")[0]
    return [path for path in re.findall(r'href="([^"]+)"', kept) if path != "/drafts"]


async def test_what_was_typed_waits_for_the_same_person_after_another_login(
    stage: Stage, browser: Browser
) -> None:
    await browser.log_in("coach")
    draft = {"csrf": await browser.csrf(), "draft-of": "/clients/new", "notes": "Lang verhaal."}
    assert (await browser.post("/drafts", draft)).status_code == 200
    aged(stage, "seen_at", "16 minutes")
    assert not await browser.is_in()
    await browser.log_in("coach_colleague")
    assert await unfinished(browser) == []
    await browser.log_in("coach")
    assert await unfinished(browser) == ["/clients/new"]
    with stage.straight() as db:
        rows = db.execute("SELECT d::text FROM draft d").fetchall()
    assert len(rows) == 1
    assert "verhaal" not in rows[0][0]


async def test_a_form_that_was_sent_too_late_is_not_lost(stage: Stage, browser: Browser) -> None:
    await browser.log_in("coach")
    form = {"csrf": await browser.csrf(), "notes": "Lang verhaal."}
    aged(stage, "seen_at", "16 minutes")
    late = await browser.post("/clients/new", form)
    assert late.headers["location"] == "/login?next=%2Fclients%2Fnew"
    assert "Wat u typte, is bewaard." in (await browser.get(late.headers["location"])).text
    await browser.log_in("coach")
    assert await unfinished(browser) == ["/clients/new"]


@pytest.mark.parametrize("late", ["expired", "another hat"])
async def test_what_a_page_saves_too_late_is_kept_for_the_form_in_which_it_was_typed(
    stage: Stage, browser: Browser, late: str
) -> None:
    await browser.log_in("coach")
    csrf = await browser.csrf()
    if late == "expired":
        aged(stage, "seen_at", "16 minutes")
    else:
        csrf = "x"
    draft = {"csrf": csrf, "draft-of": "/clients/new", "notes": "Lang verhaal."}
    assert (await browser.post("/drafts", draft)).status_code in {303, 403}
    await browser.log_in("coach")
    assert await unfinished(browser) == ["/clients/new"]


async def test_what_is_kept_nowhere_is_never_said_to_be_kept(
    stage: Stage, browser: Browser
) -> None:
    await browser.log_in("coach")
    csrf = await browser.csrf()
    form = {"csrf": csrf, "draft-of": f"/clients/{'x' * 500}", "notes": "Lang verhaal."}
    answer = await browser.post("/drafts", form)
    assert (answer.status_code, "Dit is niet bewaard." in answer.text) == (422, True)
    number = {"csrf": "x", "draft-of": "/trajectory-statuses", "bsn": "999911120"}
    outdated = await browser.post("/drafts", number)
    assert "Wat u typte, is niet bewaard." in outdated.text, "a number is kept in no draft"
    without_page = {"csrf": "x", "notes": "Lang verhaal."}
    outdated = await browser.post("/caseload/looks", without_page)
    assert "Wat u typte, is niet bewaard." in outdated.text
    aged(stage, "seen_at", "16 minutes")
    late = await browser.post("/caseload/looks", without_page)
    login = await browser.get(late.headers["location"])
    assert "Wat u typte, is niet bewaard." in login.text
    await browser.log_in("coach")
    assert await unfinished(browser) == []


async def test_whatever_a_form_can_hold_is_kept(browser: Browser) -> None:
    await browser.log_in("coach")
    csrf = await browser.csrf()
    many = {f"field{number}": "é\n" for number in range(2900)}
    form = {"csrf": csrf, "draft-of": "/clients/new", **many}
    form["notes"] = "x" * (BODY_BYTES - len(urlencode(form)) - len("&notes="))
    assert (await browser.post("/drafts", form)).status_code == 200
    assert await unfinished(browser) == ["/clients/new"]
    form["notes"] += "x"
    assert (await browser.post("/drafts", form)).status_code == 413


async def test_an_act_that_came_too_late_leads_back_to_a_page_that_exists(
    stage: Stage, browser: Browser
) -> None:
    await browser.log_in("coach")
    csrf = await browser.csrf()
    aged(stage, "seen_at", "1 hour")
    late = await browser.post("/caseload/looks", {"csrf": csrf})
    assert late.headers["location"] == "/login?next=%2F", "nothing can be looked at there"
