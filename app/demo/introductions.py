"""How everyone of the demo is introduced to who chooses whom to be."""

from app.access.vocabulary import Role
from app.demo.cast import (
    NEWCOMERS,
    ORGANISATIONS,
    PEOPLE,
    PERSONS,
    SYSTEM,
)
from app.domain.reference.rules import labels

CLIENTS, OTHERS = "Cliënten en wie voor hen opkomt", "Overig"


def introduced() -> dict[str, tuple[str, str]]:
    """Name and group of each persona: by organisation, there by role; clients before the rest."""
    ranks = {role: rank for rank, role in enumerate(Role)}
    staff = sorted(PEOPLE, key=lambda key: ranks[PEOPLE[key][1]])
    found: dict[str, tuple[str, str]] = {}
    for organisation, (_, name, _) in ORGANISATIONS.items():
        here = [key for key in staff if PEOPLE[key][2] == organisation]
        found |= {key: (_titled(PEOPLE[key][0], PEOPLE[key][1]), name) for key in here}
        found[f"admin-{organisation}"] = (_titled("Beheerder", Role.ORGANISATION_ADMIN), name)
    found |= {key: (_person(key), CLIENTS) for key in PERSONS}
    found[SYSTEM] = (_titled("Beheerder van Trede", Role.SYSTEM_ADMIN), OTHERS)
    found |= {key: (f"Nieuwkomer {key[-1]}, nog zonder account", OTHERS) for key in NEWCOMERS}
    return found


def _person(key: str) -> str:
    role, _, client = key.rpartition("-")
    return _titled((client or key).capitalize(), Role(role) if role else Role.CLIENT)


def _titled(name: str, role: Role) -> str:
    return f"{name}, {labels()['role', role.value].dutch.lower()}"
