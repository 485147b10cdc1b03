"""What may go to a case system and what may not, without either side."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

import app.zgw as adapter_package
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Outcome
from app.zgw.moments import MOMENTS, moment_of
from app.zgw.projecting import MARK, Told, projected
from app.zgw.reading import read
from app.zgw.settings import OUTCOMES, UnfitError, ZgwFile
from app.zgw.shapes import Participant, Trajectory, Transition
from app.zgw.tokens import Tokens
from tests.zgw.connecting import put, told
from tests.zgw.server import CaseSystem
from tests.zgw.standard import faults

OWN, OTHER, COMPANY = uuid4(), uuid4(), uuid4()
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
CARE = (
    *("uwv_medical_talk", "plan_made", "ladder_measured", "paused", "crisis", "end_reason"),
    *("anamnesis_declined", "rest_phase", "energy_phase", "life_event", "outreach", "moved_on"),
)


def table(**trede: Any) -> dict[str, Any]:
    named = {"address": "https://trede.example.org", "client_id": str(uuid4())}
    more = {"memberships": [str(uuid4())], **trede}
    return told(CaseSystem("https://zgw.example.nl"), {**named, **more})


@pytest.fixture
def file(tmp_path: Path) -> ZgwFile:
    return read(put(tmp_path, table()))


def trajectory(**more: Any) -> Trajectory:
    since = datetime(2025, 2, 4, 11, tzinfo=UTC)
    known = {"responsible_organisation_id": OWN, "responsible_from": since, "id": uuid4()}
    return Trajectory(**{**known, **more})


def coach(
    name: str, until: datetime | None = None, role: str = "reintegration_coach"
) -> Participant:
    return Participant(
        role=role, organisation_id=COMPANY, organisation_name=name, valid_until=until
    )


def moments(*names: str, detail: str | None = None) -> tuple[Transition, ...]:
    on = date(2025, 3, 4)
    return tuple(Transition(milestone=name, occurred_on=on, detail=detail) for name in names)


def test_every_moment_and_outcome_is_one_of_the_product() -> None:
    assert set(MOMENTS) <= {milestone.value for milestone in Milestone}
    assert set(OUTCOMES) == {outcome.value for outcome in Outcome}
    assert len(set(MOMENTS.values())) == len(MOMENTS)


def test_a_moment_has_the_same_day_in_utc_and_here() -> None:
    for on in (date(2025, 1, 1), date(2025, 7, 1), date(2025, 3, 30)):
        for name in MOMENTS:
            assert moment_of(name, on).date() == on


@pytest.mark.parametrize("milestone", CARE)
def test_a_configuration_that_would_tell_of_care_is_refused(tmp_path: Path, milestone: str) -> None:
    asked = table()
    asked["statustypen"][milestone] = asked["statustypen"]["ended"]
    with pytest.raises(UnfitError, match="is not a moment that may be told"):
        read(put(tmp_path, asked))


def test_every_fault_of_a_file_is_named_at_once_and_no_value(tmp_path: Path) -> None:
    asked = table(address="http://trede.example.org", client_id="x-7")
    asked["zaak"] |= {"bronorganisatie": "123456780", "vertrouwelijkheidaanduiding": "intern"}
    asked["zgw"]["secret_env"] = "OF-4321"
    asked["extra"] = 1
    with pytest.raises(UnfitError) as refused:
        read(put(tmp_path, asked))
    words = str(refused.value)
    for name in (
        *("trede.address", "trede.client_id", "zaak.bronorganisatie", "zgw: ", "extra"),
        "zaak.vertrouwelijkheidaanduiding",
    ):
        assert name in words
    assert not re.search(r"123456780|intern\b|4321|x-7", words)


def test_our_token_goes_to_no_other_address_than_that_of_the_catalogue(tmp_path: Path) -> None:
    asked = table()
    asked["roltypen"]["coach"] = "https://elsewhere.example/roltypen/1"
    with pytest.raises(UnfitError, match=r"below zgw\.catalogi"):
        read(put(tmp_path, asked))


def _bodies(asked: Told, file: ZgwFile) -> Iterator[tuple[str, dict[str, Any]]]:
    wanted = projected(asked, OWN, file, NOW)
    assert wanted is not None
    yield "zaken", dict(wanted.zaak)
    for rol in wanted.rollen:
        rest = {"roltoelichting": MARK, "betrokkeneIdentificatie": dict(rol.who)}
        kind = {"betrokkeneType": "niet_natuurlijk_persoon", "zaak": "z", "roltype": rol.roltype}
        yield "rollen", kind | rest


def test_what_is_told_keeps_to_lengths_and_numbers(file: ZgwFile) -> None:
    people = (coach("Re-integratie " * 60), coach("B", role="municipal_case_manager"))
    for what, body in _bodies(Told(trajectory(), moments("referral_accepted"), people), file):
        assert list(faults(what, body)) == []


def test_only_who_is_responsible_now_has_a_zaak(file: ZgwFile) -> None:
    for more in (
        {"responsible_organisation_id": OTHER},
        {"responsible_organisation_id": None},
        {"responsible_from": None},
        {"responsible_until": NOW},
    ):
        assert projected(Told(trajectory(**more), (), ()), OWN, file, NOW) is None


def test_what_ended_is_closed_also_when_the_task_has_run_out_since(file: ZgwFile) -> None:
    over = Told(trajectory(responsible_until=NOW), moments("ended"), ())
    wanted = projected(over, OWN, file, NOW)
    assert wanted is not None
    assert wanted.end is not None


def test_an_ips_coach_is_not_told_for_the_name_tells_of_care(file: ZgwFile) -> None:
    people = (coach("GGZ Voorbeeldland", role="ips_coach"), coach("GGZ", role="clinician"))
    wanted = projected(Told(trajectory(), (), people), OWN, file, NOW)
    assert wanted is not None
    assert (wanted.rollen, wanted.left) == ((), ())


def test_a_coach_that_was_seen_to_stop_goes_and_one_that_is_hidden_stays(file: ZgwFile) -> None:
    people = (coach("A", NOW), coach("B"), coach("B", NOW))
    wanted = projected(Told(trajectory(), (), people), OWN, file, NOW)
    assert wanted is not None
    assert [rol.who["statutaireNaam"] for rol in wanted.rollen] == ["B"]
    assert [rol.who["statutaireNaam"] for rol in wanted.left] == ["A"]


def test_moments_stand_in_order_once_each_and_the_end_is_last(file: ZgwFile) -> None:
    names = ("ended", "work_talk", "referral_accepted", "work_talk", "plan_made", "paused")
    wanted = projected(Told(trajectory(), moments(*names), ()), OWN, file, NOW)
    assert wanted is not None
    types = [file.statustypen["referral_accepted"], file.statustypen["work_talk"]]
    assert [status.statustype for status in wanted.statuses] == types
    assert wanted.end is not None
    assert wanted.end.at > wanted.statuses[-1].at
    assert wanted.resultaattype == file.resultaattypen["ended"]


def test_the_result_is_what_it_was_concluded_with_and_never_a_reason(tmp_path: Path) -> None:
    asked = table()
    url = asked["resultaattypen"]["ended"] + "-paid"
    asked["resultaattypen"]["paid_work"] = url
    file = read(put(tmp_path, asked))
    done = (*moments("concluded", detail="paid_work"), *moments("ended", detail="health"))
    wanted = projected(Told(trajectory(), done, ()), OWN, file, NOW)
    assert wanted is not None
    assert wanted.resultaattype == url


def page() -> str:
    return Path(str(adapter_package.__file__)).with_name("README.md").read_text(encoding="utf-8")


def test_the_moments_in_the_documentation_are_those_that_may_be_told() -> None:
    listed = page().partition("### The moments\n")[2].partition("\n\nPaths")[0]
    rows = [line for line in listed.splitlines() if line.startswith("| ")]
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(MOMENTS)


def test_the_keys_in_the_documentation_sign_and_are_registered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = re.search(r"```py\n(.*?)```", page(), re.DOTALL)
    assert program is not None
    path = put(tmp_path, table(kid="2026-1"))
    (tmp_path / "key.pem").unlink()
    monkeypatch.chdir(tmp_path)
    exec(program[1], {})  # noqa: S102 - our own page
    Tokens(read(path).trede).close()
    [public] = json.loads((tmp_path / "public.json").read_text(encoding="utf-8"))["keys"]
    assert {"kid": "2026-1", "alg": "ES384", "use": "sig"}.items() <= public.items()
    assert "d" not in public


def test_the_file_in_the_documentation_is_read(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", page(), re.DOTALL)
    assert found is not None
    path = put(tmp_path, table())
    path.write_text(found[1], encoding="utf-8")
    assert read(path).trede.client_id == UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
