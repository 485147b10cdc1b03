"""Keeps medical content out of what all parties read: a coarse net, held out before writing.

The structure does most: there is no field for it. This finds names of disorders, medicines and
treatments, and codes of ICD-10 and DSM. It is no judge of meaning, so it errs on asking for other
words; work terms as the labour expert knows them (pace, quiet, hours) always pass.
"""

import re
import unicodedata

STEMS = (
    "aangeboren hersen",
    "adhd",
    "alcoholist",
    "angststoorn",
    "anorexi",
    "antidepress",
    "antipsychot",
    "aripiprazol",
    "asperger",
    "autis",
    "automutil",
    "benzodiaz",
    "bipola",
    "boulimi",
    "burn-out",
    "burnout",
    "citalopram",
    "clozapin",
    "crisisopname",
    "dementie",
    "depress",
    "diagnos",
    "diazepam",
    "dissociati",
    "dwangstoorn",
    "dysthym",
    "eetstoorn",
    "elektroshock",
    "escitalopram",
    "euthymi",
    "fluoxetin",
    "fobie",
    "haldol",
    "haloperidol",
    "hallucin",
    "hypoman",
    "lamotrigin",
    "lorazepam",
    "medicatie",
    "medicijn",
    "methylfenid",
    "mirtazapin",
    "nortriptylin",
    "olanzapin",
    "oxazepam",
    "paniekaanval",
    "paniekstoorn",
    "paroxetin",
    "persoonlijkheidsstoorn",
    "posttraumat",
    "psychiatrische opname",
    "psychofarmac",
    "psychose",
    "psychoti",
    "quetiapin",
    "risperidon",
    "ritalin",
    "schizo",
    "schematherapie",
    "sertralin",
    "somatoform",
    "suicid",
    "temazepam",
    "therapieresist",
    "trauma",
    "valproa",
    "venlafaxin",
    "verslav",
    "waanbeeld",
    "waanstoorn",
    "zelfbeschadig",
    "zelfdoding",
    "zelfmoord",
)
WORDS = ("borderline", "cptss", "dsm", "emdr", "icd", "lithium", "manie", "manisch", "manische",
         "ocd", "ocs", "ptsd", "ptss", "ssri", "wanen")  # fmt: skip
"""Whole words only: as the beginning of another they are ordinary ("manie" in "manier")."""

_TERMS = re.compile(
    r"\b(?:(?:" + "|".join(map(re.escape, STEMS)) + r")|(?:" + "|".join(WORDS) + r")\b)"
)
_CODES = re.compile(r"\b(?:F[0-9]{2}(?:\.[0-9]{1,3})?|DSM-?[0-9IV]+)\b")
"""Chapter F holds the disorders; other letters are left alone, they are numbers of rooms too."""


def looks_medical(text: str) -> bool:
    """Whether a text names a disorder, a medicine, a treatment or a diagnostic code."""
    plain = _plain(text)
    return bool(_TERMS.search(plain.casefold()) or _CODES.search(plain.upper()))


def _plain(text: str) -> str:
    """Without accents and invisible marks, which would hide a word from the net."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(char for char in spread if unicodedata.category(char) not in {"Mn", "Cf"})
