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


def introduced() -> dict[str, tuple[str, str, str]]:
    """Name, role and group of each persona: by organisation, and there by role."""
    ranks = {role: rank for rank, role in enumerate(Role)}
    staff = sorted(PEOPLE, key=lambda key: ranks[PEOPLE[key][1]])
    found: dict[str, tuple[str, str, str]] = {}
    for organisation, (_, name, _) in ORGANISATIONS.items():
        here = [key for key in staff if PEOPLE[key][2] == organisation]
        found |= {key: (PEOPLE[key][0], _called(PEOPLE[key][1]), name) for key in here}
        found[f"admin-{organisation}"] = ("Beheerder", _called(Role.ORGANISATION_ADMIN), name)
    found |= {key: (*_person(key), CLIENTS) for key in PERSONS}
    found[SYSTEM] = ("Beheerder van Trede", _called(Role.SYSTEM_ADMIN), OTHERS)
    found |= {key: (f"Nieuwkomer {key[-1]}", "Nog zonder account", OTHERS) for key in NEWCOMERS}
    return found


def _person(key: str) -> tuple[str, str]:
    role, _, client = key.rpartition("-")
    if not role:
        return client.capitalize(), _called(Role.CLIENT)
    return f"Voor {client.capitalize()}", _called(Role(role))


def _called(role: Role) -> str:
    return labels()["role", role.value].dutch
