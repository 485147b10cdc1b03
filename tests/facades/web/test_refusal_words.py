"""Whatever the API refuses, the page says in Dutch what is the matter, and never the value."""

import re

import pytest

from app.domain.trajectory.rules.presentation import WAITS
from app.domain.trajectory.rules.processes import PROCESSES
from app.domain.trajectory.rules.words import Need, Seat
from app.facades.web.words.files import rows_of
from app.facades.web.words.refusing import fault, refusal
from tests.facades.web.spoken import everything

LONGEST_SENTENCE = 20
PUT_TOGETHER = {
    *Need,
    WAITS,
    *(f"{process.looked_back}_lacking" for process in PROCESSES.values()),
    *(f"{what}_{seat}" for what in ("no_consent", "not_present") for seat in Seat),
    "all_present",
    "already_paused",
    "attendance_recorded",
    "followed_up_before",
    "stop_notice_1",
}
"""Codes that the rules make out of other words, or hand on as what still lacks."""
SAID = everything()


def test_every_code_that_the_api_gives_has_a_dutch_sentence_and_none_is_left_over() -> None:
    given = {said.code for said in SAID if said.code is not None} | PUT_TOGETHER
    assert {row["code"] for row in rows_of("problems.csv")} == given


def test_every_sentence_that_the_api_says_has_a_dutch_one_and_none_is_left_over() -> None:
    told = {said.detail for said in SAID if said.detail is not None}
    assert {row["detail"] for row in rows_of("refusals.csv")} == told


@pytest.mark.parametrize("file", ["problems.csv", "refusals.csv"])
def test_the_sentences_are_short_and_say_no_english(file: str) -> None:
    for row in rows_of(file):
        for sentence in re.split(r"(?<=[.?!]) ", row["text"]):
            assert sentence.endswith((".", "?", "!")), row
            assert len(sentence.split()) <= LONGEST_SENTENCE, row
        assert "`" not in row["text"], row


@pytest.mark.parametrize(
    ("detail", "dutch"),
    [
        ("At most 200 characters.", "Gebruik ten hoogste 200 tekens."),
        ("Must be a whole number.", "Vul een heel getal in, zonder komma."),
        (
            "None of these is a purpose of the role ips_coach.",
            "Geen van deze doelen past bij de rol IPS-trajectbegeleider. Kies een ander doel.",
        ),
        ("Must be 'a' or 'b'.", "Kies een van de mogelijkheden."),
        (
            "There is no decision yet on: medical, work_advice.",
            "Er is nog geen besluit over: behandeling, advies over werk. Neem dat besluit eerst.",
        ),
    ],
)
def test_what_the_contract_fills_in_is_said_again_in_dutch(detail: str, dutch: str) -> None:
    assert refusal(detail) == dutch


def test_a_fault_says_as_much_as_the_api_did_and_else_what_its_code_means() -> None:
    assert fault("out_of_range", "At most a year.") == "Kies een dag binnen één jaar."
    assert fault("required", "Words that nobody knows") == "Vul dit in."
    assert fault("required") == "Vul dit in."
    assert refusal("Words that nobody knows") is None
    with pytest.raises(KeyError):
        fault("no_such_code")
