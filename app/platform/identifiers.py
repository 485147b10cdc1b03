"""Checks and canonical forms of Dutch identifying numbers; a fault never repeats the value."""

import re
from collections.abc import Callable

BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
OIN_REGISTERS = {
    "00000001": "rsin",
    "00000002": "fi",
    "00000003": "kvk",
    "00000004": "sub_oin",
    "00000006": "logius",
    "00000007": "brin",
    "00000008": "foreign",
    "00000009": "dezi_care_provider",
    "00000010": "trr",
    "00000011": "dezi_health_insurer",
    "00000099": "test",
}
"""Registers behind the first eight digits (Logius, OIN-Stelsel, data architecture)."""


def normalise_bsn(text: str) -> str:
    """The citizen number in nine digits; eight digits get their leading zero.

    Raises ValueError when it is not 8 or 9 digits or fails the eleven-test (RvIG, "11-proef").
    Passing proves no existence: one random number in eleven passes.
    """
    return _eleven_tested(text, "citizen service number")


def normalise_rsin(text: str) -> str:
    """The number of a legal person in nine digits; the same test as for a BSN."""
    return _eleven_tested(text, "RSIN")


def normalise_oin(text: str) -> str:
    """The organisation number of 20 digits: register (8), number (8 or 9), zeros.

    The number itself is checked where its register has a check (RSIN, KvK).
    """
    digits = _digits(text, 20, "OIN")
    register = OIN_REGISTERS.get(digits[:8])
    number = digits[8:17]
    if register is None or digits[17:] != "000" or not number.strip("0"):
        raise ValueError("not an OIN")
    if register == "rsin" and not is_rsin(number):
        raise ValueError("not an OIN")
    if register == "kvk" and not (number.endswith("0") and is_kvk(number[:8])):
        raise ValueError("not an OIN")
    return digits


def oin_register(text: str) -> str:
    """Which register an OIN comes from, for example `kvk`; raises ValueError when it is none."""
    return OIN_REGISTERS[normalise_oin(text)[:8]]


def normalise_agb(text: str) -> str:
    """The care provider number of Vektis: eight digits, the first two tell the kind of care."""
    digits = _digits(text, 8, "AGB code")
    if digits.startswith("00") or not digits[2:].strip("0"):
        raise ValueError("not an AGB code")
    return digits


def agb_kind(text: str) -> str:
    """The two digits for the kind of care; `03` medical specialist, `91` nurse (Vektis COD016)."""
    return normalise_agb(text)[:2]


def normalise_kvk(text: str) -> str:
    """The number in the trade register: eight digits."""
    return _not_all_zeros(_digits(text, 8, "KvK number"), "KvK number")


def normalise_ura(text: str) -> str:
    """The subscriber number of a care provider in the UZI register: eight digits."""
    return _not_all_zeros(_digits(text, 8, "URA"), "URA")


def normalise_big(text: str) -> str:
    """The registration number of a care professional (BIG register): eleven digits."""
    return _not_all_zeros(_digits(text, 11, "BIG number"), "BIG number")


def normalise_municipality_code(text: str) -> str:
    """The four digits of a municipality (CBS), leading zeros included: `0796`."""
    return _not_all_zeros(_digits(text, 4, "municipality code"), "municipality code")


def is_bsn(text: str) -> bool:
    return _passes(normalise_bsn, text)


def is_rsin(text: str) -> bool:
    return _passes(normalise_rsin, text)


def is_oin(text: str) -> bool:
    return _passes(normalise_oin, text)


def is_agb(text: str) -> bool:
    return _passes(normalise_agb, text)


def is_kvk(text: str) -> bool:
    return _passes(normalise_kvk, text)


def is_ura(text: str) -> bool:
    return _passes(normalise_ura, text)


def is_big(text: str) -> bool:
    return _passes(normalise_big, text)


def is_municipality_code(text: str) -> bool:
    return _passes(normalise_municipality_code, text)


def is_test_bsn(text: str) -> bool:
    """Whether a valid BSN lies in the range kept for tests and demonstrations (999xxxxxx)."""
    return is_bsn(text) and normalise_bsn(text).startswith("999")


def mask_bsn(text: str) -> str:
    """What may stand on a screen: `******782`. Raises ValueError when it is no BSN."""
    return "*" * 6 + normalise_bsn(text)[-3:]


def _eleven_tested(text: str, name: str) -> str:
    if not re.fullmatch(r"[0-9]{8,9}", text):
        raise ValueError(f"not a {name}")
    digits = text.zfill(9)
    total = sum(weight * int(digit) for weight, digit in zip(BSN_WEIGHTS, digits, strict=True))
    if total % 11 != 0:
        raise ValueError(f"not a {name}")
    return _not_all_zeros(digits, name)


def _digits(text: str, length: int, name: str) -> str:
    """ASCII digits only: look-alikes of other scripts would be stored twice for one number."""
    if len(text) != length or not (text.isascii() and text.isdigit()):
        raise ValueError(f"not a {name}")
    return text


def _not_all_zeros(digits: str, name: str) -> str:
    if not digits.strip("0"):
        raise ValueError(f"not a {name}")
    return digits


def _passes(normalise: Callable[[str], str], text: str) -> bool:
    try:
        normalise(text)
    except ValueError:
        return False
    return True
