"""Dutch identifying numbers: what passes, in which form, and that no fault tells the value."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.platform import identifiers as ids

DIGITS = "0123456789"
NORMALISERS: list[Callable[[str], str]] = [
    ids.normalise_bsn,
    ids.normalise_rsin,
    ids.normalise_oin,
    ids.normalise_agb,
    ids.normalise_kvk,
    ids.normalise_ura,
    ids.normalise_big,
    ids.normalise_municipality_code,
]


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=length, max_size=length)


@pytest.mark.parametrize("number", ["999911120", "999990342", "999990019"])
def test_numbers_of_the_test_range_pass_and_are_known_as_such(number: str) -> None:
    assert ids.is_bsn(number)
    assert ids.is_test_bsn(number)


@pytest.mark.parametrize("number", ["123456782", "111222333"])
def test_the_published_examples_outside_the_test_range_pass_as_rsin(number: str) -> None:
    assert ids.is_rsin(number)
    assert not ids.is_test_bsn(number)


@pytest.mark.parametrize(
    "number",
    [
        "123456780",
        "999940003",
        "000000000",
        "00000000",
        "",
        "9999111",
        "9999111200",
        " 999911120",
        "999911120\n",
        "999.911.120",
        "-99911120",
        "99991112O",
        "\u0669" * 4 + "11120",
        "\uff19" * 4 + "11120",
        "9999\u200b11120",
    ],
)
def test_what_is_no_number_is_refused(number: str) -> None:
    assert not ids.is_bsn(number)
    assert not ids.is_rsin(number)
    assert not ids.is_test_bsn(number)


@given(first=digits(8))
def test_each_eight_digits_have_at_most_one_ninth_and_one_wrong_digit_is_seen(first: str) -> None:
    passing = [last for last in DIGITS if ids.is_bsn(first + last)]
    assert len(passing) <= 1
    assume(passing)
    number = first + passing[0]
    for place, right in enumerate(number):
        for wrong in DIGITS.replace(right, ""):
            assert not ids.is_bsn(number[:place] + wrong + number[place + 1 :])


@given(number=digits(9))
def test_the_test_is_the_weighted_sum_by_eleven(number: str) -> None:
    total = sum((9 - place) * int(digit) for place, digit in enumerate(number[:8]))
    assert ids.is_bsn(number) == ((total - int(number[8])) % 11 == 0 and int(number) > 0)


@given(number=digits(8))
def test_eight_digits_are_nine_with_a_leading_zero(number: str) -> None:
    assert ids.is_bsn(number) == ids.is_bsn("0" + number)
    if ids.is_bsn(number):
        assert ids.normalise_bsn(number) == "0" + number


def test_a_masked_number_shows_three_digits() -> None:
    assert ids.mask_bsn("999911120") == "******120"
    with pytest.raises(ValueError, match="not a citizen service number"):
        ids.mask_bsn("999911121")


@pytest.mark.parametrize(
    ("number", "register"),
    [
        ("00000001123456782000", "rsin"),
        ("00000003123456780000", "kvk"),
        ("00000004194049711000", "sub_oin"),
        ("00000099123456789000", "test"),
    ],
)
def test_an_organisation_number_tells_its_register(number: str, register: str) -> None:
    assert ids.normalise_oin(number) == number
    assert ids.oin_register(number) == register


@pytest.mark.parametrize(
    "number",
    [
        "00000001123456780000",
        "00000003123456789000",
        "00000005123456789000",
        "00000012123456789000",
        "00000099123456789001",
        "00000099000000000000",
        "0000009912345678900",
        "000000991234567890000",
        "00000099-1234567-000",
    ],
)
def test_an_organisation_number_of_another_build_is_refused(number: str) -> None:
    assert not ids.is_oin(number)


@given(number=digits(8))
def test_an_organisation_number_of_a_trader_holds_its_trade_number(number: str) -> None:
    assert ids.is_oin(f"00000003{number}0000") == ids.is_kvk(number) == (int(number) > 0)


def test_a_care_provider_number_tells_its_kind() -> None:
    assert ids.agb_kind("03012345") == "03"
    assert ids.is_agb("91012345")
    assert not ids.is_agb("00012345")
    assert not ids.is_agb("03000000")


def test_each_number_has_its_own_length() -> None:
    checks = {ids.is_kvk: 8, ids.is_ura: 8, ids.is_big: 11, ids.is_municipality_code: 4}
    for check, length in checks.items():
        assert check("1" * length)
        assert not check("0" * length)
        assert not check("1" * (length - 1))
        assert not check("1" * (length + 1))
    assert ids.normalise_municipality_code("0796") == "0796"


@pytest.mark.parametrize("normalise", NORMALISERS)
@given(text=st.text(max_size=25) | digits(8) | digits(9) | digits(20))
def test_a_result_is_stable_and_a_fault_never_repeats_the_value(
    normalise: Callable[[str], str], text: str
) -> None:
    outcome = _outcome(normalise, text)
    if isinstance(outcome, ValueError):
        assert len(text) < 3 or text not in str(outcome)
        assert outcome.__cause__ is None
    else:
        assert outcome.isascii()
        assert outcome.isdigit()
        assert normalise(outcome) == outcome


def _outcome(normalise: Callable[[str], str], text: str) -> str | ValueError:
    try:
        return normalise(text)
    except ValueError as fault:
        return fault
