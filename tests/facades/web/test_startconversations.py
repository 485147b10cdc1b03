"""The talk of four parties, played on pages by the four of them, and who sees what of it."""

from uuid import uuid4

from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.startconversation.table import HELD, Table, table_of_four
from tests.facades.web.visiting import Sheet, Visitor, sheet, visitor

MINUTES = {
    "successDefinition": "Twee dagen per week met hout, betaald of niet",
    "agreements.0.what": "Werkplek zoeken",
    "agreements.0.owner": "reintegration_coach",
    "agreements.0.byWhen": "01-06-2025",
    "reviewDates": "03-07-2025\n02-10-2025",
    "durationMonths": "12",
}
CONFIRMS = "ik bevestig"


class Four:
    """Four browsers at one table."""

    def __init__(self, stage: Stage, table: Table) -> None:
        self.stage = stage
        self.table = table
        self.of: dict[str, Visitor] = {}

    async def sit_down(self, *parties: str) -> None:
        for party in parties:
            self.of[party] = await visitor(self.stage, party)

    @property
    def all(self) -> str:
        return self.table.all.removeprefix("/v1")

    @property
    def one(self) -> str:
        return self.table.one.removeprefix("/v1")

    def mail(self, role: str) -> str:
        return f"{self.table.mail.removeprefix('/v1')}/{self.table.seats[role]}"

    async def sees(self, party: str) -> Sheet:
        return await self.of[party].read(self.one)

    async def opens(self) -> None:
        """The client says yes for every party."""
        asked = next(
            f for f in (await self.sees("alfa")).forms if f["action"].endswith("/consents")
        )
        shares = sorted(name for name in asked["asks"] if name.startswith("share."))
        await self.does("alfa", "/consents", *((name, "yes") for name in shares))

    async def does(self, party: str, act: str, *named: tuple[str, str]) -> Sheet:
        """Fill in the form of an act on the page of the talk, and come back to that page."""
        page = await self.sees(party)
        names = {name for name, _ in named}
        forms = [form for form in page.forms if form["action"].endswith(act)]
        form = next(each for each in forms if names <= each["asks"])
        kept = [each for each in form["fields"] if each[0] not in names | {"csrf"}]
        answer = await self.of[party].post(form["action"], [*kept, *named])
        assert answer.status_code == 303, sheet(answer).text[:800]
        return sheet(await self.of[party].get(answer.headers["location"]))


async def four_at(stage: Stage) -> Four:
    """Asked by the clinician on the day of the talk itself, over the API."""
    four = Four(stage, await table_of_four(stage))
    await four.sit_down("clinician", "expert", "coach", "alfa")
    return four


async def test_four_parties_hold_a_talk_on_pages_alone(stage: Stage) -> None:
    table = Table(stage, await wgb_at_uwv(stage))
    stage.on("2025-03-25")
    four = Four(stage, table)
    await four.sit_down("clinician", "expert", "coach", "alfa")
    await table.prepare()
    await ask(four)
    await answer_and_choose(four)
    stage.on(HELD)
    await open_to_all(four)
    await hold_and_write(four)
    await confirm_by_all(four)


async def ask(four: Four) -> None:
    clinician = four.of["clinician"]
    page = await clinician.read(f"{four.all}/new")
    assert "Deskundige-A1" in page.text
    assert "Coach-A1" in page.text
    assert "Behandelaar-A1" not in page.text.partition("Wie zit aan tafel?")[2], (
        "oneself sits there"
    )
    told = await clinician.done(
        f"{four.all}/new",
        ("proposals.0.startsAt", "03-04-2025"),
        ("proposals.0.startsAt.time", "10:00"),
        ("proposals.0.place", "Kamer 4"),
        ("proposals.1.startsAt", "8 april 2025"),
        ("proposals.1.startsAt.time", "14.30"),
        kind="four_party",
    )
    assert "kamer 4" in sheet(told).text.casefold()
    mail = (await four.stage.seen("clinician", four.table.mail))["items"]
    four.table.seats = {each["role"]: each["id"] for each in mail}
    four.table.id = mail[0]["conversationId"]
    assert set(four.table.seats) == {"client", "clinician", "labour_expert", "reintegration_coach"}
    assert mail[0]["proposals"][0]["startsAt"].startswith("2025-04-03T")


async def answer_and_choose(four: Four) -> None:
    proposals = (await four.stage.seen("clinician", four.table.one))["proposals"]
    first, second = (each["id"] for each in proposals)
    for party, role in (("expert", "labour_expert"), ("coach", "reintegration_coach")):
        page = await four.of[party].read(four.mail(role))
        assert "Nu: zeggen welke momenten passen" in page.text
        fields = [("accepts", first), ("accepts", second)]
        answer = await four.of[party].post(f"{four.mail(role)}/answers", fields)
        assert answer.headers["location"] == four.mail(role)
    own = await four.sees("alfa")
    assert "Wacht op: u." in own.text
    await four.does("alfa", "/answers", ("accepts", first))
    seen = await four.sees("clinician")
    assert "Nu: een moment kiezen" in seen.text
    seen = await four.does("clinician", "/appointments", ("proposalId", first))
    assert "Nu: het gesprek op 3 april 2025 om 10.00 uur" in seen.text


async def open_to_all(four: Four) -> None:
    page = await four.sees("alfa")
    asked = next(form for form in page.forms if form["action"].endswith("/consents"))
    shares = {name for name in asked["asks"] if name.startswith("share.")}
    assert len(shares) == 3, "of each party, the client not"
    assert not [name for name, _ in asked["fields"] if name in shares], "nothing is ticked before"
    assert "de afspraken uit het startgesprek" in page.text, "in the words of the consent text"
    assert (await four.of["coach"].get(four.one)).status_code == 404
    page = await four.does("alfa", "/consents", *((name, "yes") for name in sorted(shares)))
    assert "Vanaf nu mag meelezen" in page.text
    led = await four.of["coach"].get(four.mail("reintegration_coach"))
    assert led.headers["location"] == four.one, "the task leads on to the talk itself"


async def hold_and_write(four: Four) -> None:
    seats = [("present", each) for each in four.table.seats.values()]
    page = await four.does("clinician", "/attendance", *seats)
    assert "Nu: het verslag schrijven" in page.text
    told = await four.of["coach"].done(f"{four.one}/minutes/new", *MINUTES.items())
    assert "Nu: het verslag bevestigen" in sheet(told).text
    for party in ("clinician", "expert", "coach", "alfa"):
        assert MINUTES["successDefinition"] in (await four.sees(party)).text


async def confirm_by_all(four: Four) -> None:
    for party in ("expert", "coach", "alfa", "clinician"):
        page = await four.sees(party)
        assert CONFIRMS in page.text
        page = await four.does(party, "/confirmations")
        assert CONFIRMS not in page.text
    assert "alle partijen bevestigden het verslag" in (await four.sees("alfa")).text
    reached = [name for name, _, _ in await four.table.milestones()]
    assert reached[-2:] == ["start_conversation", "start_conversation_confirmed"]
    for party in four.of:
        printed = await four.of[party].read(f"{four.one}/agreement")
        assert "Werkplek zoeken" in printed.text
        assert "3 juli 2025" in printed.text


async def test_on_paper_a_witness_is_named_and_the_confirmation_is_marked_so(stage: Stage) -> None:
    four = await four_at(stage)
    await four.table.prepare()
    await four.opens()
    await four.table.meet()
    await four.table.write()
    told = [("invitationId", four.table.seats["client"]), ("how", "paper")]
    without = await four.of["clinician"].fill(four.one, *told, ("witness", ""))
    assert without.status_code == 422, "without a witness it is no confirmation"
    assert "getuige" in sheet(without).text
    page = await four.does("clinician", "/confirmations", *told, ("witness", "Zus van Alfa"))
    assert "bevestigd op papier" in page.text
    for party in ("alfa", "coach"):
        seen = (await four.sees(party)).text
        assert "getuige: Zus van Alfa, opgeschreven door" in seen
    printed = (await four.of["alfa"].read(f"{four.one}/agreement")).text
    assert "getuige: Zus van Alfa" in printed
    assert "nog niet bevestigd" in printed, "the others have room to sign"


async def test_what_lacks_is_told_to_the_client_who_may_accept_an_absence(stage: Stage) -> None:
    four = await four_at(stage)
    await four.table.prepare()
    await four.opens()
    await four.table.meet("client", "clinician", "reintegration_coach")
    await four.table.write()
    page = await four.sees("alfa")
    form = next(each for each in page.forms if each["action"].endswith("/confirmations"))
    refused = await four.of["alfa"].post(
        form["action"], [f for f in form["fields"] if f[0] != "csrf"]
    )
    assert refused.status_code == 422
    assert "was niet bij het gesprek" in sheet(refused).text
    page = await four.does(
        "alfa", "/absence-acceptances", ("invitationId", four.table.seats["labour_expert"])
    )
    assert "Iemand was er niet" not in page.text
    assert "de cliënt vond dat goed" in page.text
    await four.does("alfa", "/confirmations")
    assert (await stage.seen("alfa", four.table.one))["confirmedAt"] is not None


async def test_consent_withdrawn_on_the_page_holds_at_the_next_click_of_the_other(
    stage: Stage,
) -> None:
    four = await four_at(stage)
    yes = (f"share.{four.table.seats['reintegration_coach']}", "yes")
    no = (f"share.{four.table.seats['labour_expert']}", "no")
    await four.does("alfa", "/consents", yes, no)
    assert (await four.of["coach"].get(four.one)).status_code == 200
    assert (await four.of["expert"].get(four.one)).status_code == 404, "no is no"
    page = await four.does("alfa", "/withdrawals")
    assert "Dat is gestopt" in page.text
    assert (await four.of["coach"].get(four.one)).status_code == 404
    assert (await four.of["coach"].get(four.mail("reintegration_coach"))).status_code == 200


async def test_later_gives_nothing_and_keeps_the_question(stage: Stage) -> None:
    four = await four_at(stage)
    later = (f"share.{four.table.seats['reintegration_coach']}", "later")
    page = await four.does("alfa", "/consents", later)
    assert "Er is niets gedeeld" in page.text
    assert any(form["action"].endswith("/consents") for form in page.forms)
    assert (await stage.seen("alfa", f"{four.table.alfa.of_client}/consents"))["items"] == []


async def test_who_is_not_in_the_talk_gets_the_same_page_as_for_one_that_is_not_there(
    stage: Stage,
) -> None:
    four = await four_at(stage)
    nowhere = f"{four.all}/{uuid4()}"
    for party in ("physician", "employer", "other_clinician", "case_manager"):
        stranger = await visitor(stage, party)
        hidden, absent = await stranger.get(four.one), await stranger.get(nowhere)
        assert hidden.status_code == absent.status_code == 404, party
        assert sheet(hidden).text == sheet(absent).text
        for page in ("/agreement", "/minutes/new", "/invitations/new"):
            api = (await stage.get(party, four.table.one)).status_code
            assert (await stranger.get(f"{four.one}{page}")).status_code in {api, 403}
        mail = await stranger.get(four.mail("client"))
        assert mail.status_code == (await stage.get(party, f"/v1{four.mail('client')}")).status_code


async def test_every_page_refuses_as_the_api_does(stage: Stage) -> None:
    four = await four_at(stage)
    for party in ("alfa", "physician", "psychologist", "other_clinician", "employer"):
        who = await visitor(stage, party)
        for path in (
            four.all,
            four.one,
            four.mail("client"),
            four.mail("client").rpartition("/")[0],
        ):
            api = (await stage.get(party, f"/v1{path}")).status_code
            page = (await who.get(path)).status_code
            assert page == api or (page == 303 and api == 200), (party, path)
        asked = await stage.post(party, four.table.all, four.table.body("expert"))
        assert (await who.get(f"{four.all}/new")).status_code == asked.status_code, party


async def test_a_second_talk_is_not_made_without_a_warning(stage: Stage) -> None:
    four = await four_at(stage)
    for party in ("clinician", "coach"):
        page = await four.of[party].read(f"{four.all}/new")
        assert "Er loopt al een gesprek" in page.text, party
        assert any(four.one in link or "/conversation-invitations/" in link for link in page.links)
        assert page.form("kind").get("kind") is None, "and none is chosen before"


async def test_the_list_begins_with_the_newest_and_leads_each_party_where_it_may_go(
    stage: Stage,
) -> None:
    four = await four_at(stage)
    first = four.one
    stage.on("2025-09-01")
    await four.table.ask("clinician", "expert", "coach", kind="review")
    links = [link for link in (await four.of["alfa"].read(four.all)).links if first[:-36] in link]
    assert links.index(four.one) < links.index(first)
    of_coach = (await four.of["coach"].read(four.all)).links
    assert four.one not in of_coach
    assert four.mail("reintegration_coach") in of_coach


async def test_another_party_is_found_by_its_name_and_nothing_typed_is_lost(stage: Stage) -> None:
    four = await four_at(stage)
    typed = {"kind": "review", "proposals.0.startsAt": "31-02-2025", "organisation": "Gemeente"}
    page = await four.of["clinician"].post(f"{four.all}/new", {**typed, "more": "search"})
    told = sheet(page)
    assert "Gemeente Proefgemeente" in told.text
    assert told.form("kind")["proposals.0.startsAt"] == "31-02-2025"
    wrong = await four.of["clinician"].post(
        f"{four.all}/new",
        {"kind": "review", "proposals.0.startsAt": "31-02-2025", "proposals.0.place": "Kamer 4"},
    )
    assert wrong.status_code == 422
    assert sheet(wrong).form("kind")["proposals.0.place"] == "Kamer 4"
