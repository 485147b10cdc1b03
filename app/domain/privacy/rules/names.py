"""Whether two people may be family, by their names; pure."""

import re
import unicodedata

_PARTICLES = (
    "aan af al auf bij da de dela den der des di die do dos du el het im in la le las op over"
    " te ten ter thoe toe tot uit uyt van vanden vander vom von voor zu zum zur"
)
"""What stands before many family names and makes nobody family."""
_WORDS = re.compile(r"[^\W\d_]+")


def share_a_name(person: str, family_name: str) -> bool:
    """One word of the family name, particles and initials apart, is also in the person's name."""
    return bool(_words(person) & _words(family_name))


def _words(name: str) -> set[str]:
    """In one spelling: without capitals and accents."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
    )
    words = {word for word in _WORDS.findall(plain.casefold()) if len(word) > 1}
    return words.difference(_PARTICLES.split())
