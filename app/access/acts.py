"""What a route declares about itself: the act and the categories it touches. No act, no start."""

from dataclasses import dataclass
from typing import Any

from app.access.ceilings import ceiling, writing
from app.access.vocabulary import Category, Ground, Role, Verb, Viewer
from app.platform.http.problems import NotAllowed


class NoCategoryError(TypeError):
    """An act on client data that names no category: its route does not come to exist."""


@dataclass(frozen=True)
class ClientAct:
    """An act on client data. Who may, at most, follows from the matrices; never from the route.

    The first category is that of the record itself; who makes one needs to write that category.
    `by` tells integrators of a rule of the noun that leaves fewer roles; the noun checks it.
    `outside_matrix`: no cell lets anyone write this; the database holds a rule for it alone.
    """

    verb: Verb
    categories: tuple[Category, ...]
    by: frozenset[Role] = frozenset(Role)
    outside_matrix: bool = False

    def __post_init__(self) -> None:
        if not self.categories:
            raise NoCategoryError(f"An act that {self.verb.value}s client data names its category.")

    def openapi(self) -> dict[str, Any]:
        """Shown to integrators as `x-trede-act`."""
        return {
            "verb": self.verb.value,
            "categories": [category.value for category in self.categories],
            "roles": [role.value for role in Role if role in self.by and self._possible(role)],
        }

    def _possible(self, role: Role) -> bool:
        if self.outside_matrix:
            return True
        if self.verb is Verb.CREATE:
            return writing()[self.categories[0], role] != "never"
        if self.verb is Verb.UPDATE:
            return any(writing()[category, role] != "never" for category in self.categories)
        cells = ceiling()
        return any(cells[category, role].ground is not Ground.NEVER for category in self.categories)


@dataclass(frozen=True)
class DirectoryAct:
    """An act on parties, without client data; no roles named means every role."""

    verb: Verb
    roles: tuple[Role, ...] = ()

    def allow(self, viewer: Viewer) -> None:
        """Raises NotAllowed for another role: what is declared is what is checked."""
        if self.roles and viewer.role not in self.roles:
            raise NotAllowed

    def openapi(self) -> dict[str, Any]:
        return {
            "verb": self.verb.value,
            "categories": [],
            "roles": [role.value for role in (self.roles or tuple(Role))],
        }


def reads(*categories: Category, by: frozenset[Role] = frozenset(Role)) -> ClientAct:
    return ClientAct(Verb.READ, categories, by)


def searches(*categories: Category, by: frozenset[Role] = frozenset(Role)) -> ClientAct:
    return ClientAct(Verb.SEARCH, categories, by)


def creates(*categories: Category, by: frozenset[Role] = frozenset(Role)) -> ClientAct:
    return ClientAct(Verb.CREATE, categories, by)


def emergencies(*categories: Category) -> ClientAct:
    """Breaking the glass: a clinician's, in an emergency."""
    by = frozenset({Role.CLINICIAN})
    return ClientAct(Verb.CREATE, categories, by, outside_matrix=True)


def reviews(*categories: Category) -> ClientAct:
    """Judging it afterwards: the privacy desk's."""
    by = frozenset({Role.PRIVACY_DESK})
    return ClientAct(Verb.UPDATE, categories, by, outside_matrix=True)


def answers(*categories: Category, by: frozenset[Role]) -> ClientAct:
    """A yes to what another party recorded, by whom no cell lets write it."""
    return ClientAct(Verb.UPDATE, categories, by, outside_matrix=True)


def moves(*categories: Category, by: frozenset[Role] = frozenset(Role)) -> ClientAct:
    return ClientAct(Verb.UPDATE, categories, by)
