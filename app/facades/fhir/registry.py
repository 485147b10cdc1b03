"""What a resource is to this façade: where it comes from, how it is found, what is done to it.

Everything that the CapabilityStatement tells is read from here, so it cannot tell anything else.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json
from app.platform.http.problems import BadRequest, Fault

Under = Literal["", "clients", "trajectories"]


@dataclass(frozen=True, slots=True)
class Whose:
    """What a mapping may know beside its record: whose it is, and under what it lies."""

    patient: str | None = None
    trajectory: str | None = None
    """The ids of the API; None where they are not told."""


Mapped = Callable[[Json, Whose], list[Json]]
"""What a record of the API is in FHIR: nothing, one resource, or several.

Pure. The frame adds id, `meta` and the identifier of the record; of several resources each says
in `id` which part it is ("1", "2"), and the frame makes the whole id of it.
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record of the API that is told as this resource.

    `key` stands first in the ids: lower-case letters, 8 at most, one of its own over all
    resources; empty where the id is that of the API. `path` is below its parent
    (`ladder-measurements`) or, without one, from the root (`referrals`). `whose` finds whose it is
    where neither the address nor the record says so. `listed`: a list of one's own over all
    clients exists at that path. `of_client` is the list of one client, where that lies elsewhere
    than what is read (`clients/{client_id}/consents`, `trajectories?clientId={client_id}`).
    """

    key: str
    path: str
    mapped: Mapped
    under: Under = ""
    whose: Callable[[Asked, Json], Awaitable[Whose]] | None = None
    listed: bool = False
    of_client: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A resource as it is now; `etag` is that of the API, by which it can be changed."""

    resource: Json
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list, and where it goes on."""

    resources: list[Json]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One list in which a search looks; `key` names it for the cursor, and gives the order."""

    key: str
    fetch: Callable[[Asked, str | None, int], Awaitable[Slice]]


Matches = Callable[[Json, str], bool]


@dataclass(frozen=True, slots=True)
class Param:
    """A search parameter. `matches` picks from what was found; without one the source knows it.

    `private`: what is asked by it may stand in no address, so only in a POST.
    """

    type: Literal["token", "reference", "date", "string", "uri"]
    about: str
    matches: Matches | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What is searched for: whose, and whatever the parameters of the resource say."""

    patient: str | None = None
    values: Mapping[str, list[str]] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """The one value of a parameter."""
        return next(iter(self.values.get(name, ())), None)

    def whose(self) -> str:
        """Of which patient. Raises BadRequest where it is not said: nothing is listed over all."""
        if self.patient is None:
            detail = "Say of which patient: this is not listed over all of them."
            raise BadRequest(errors=[Fault("query", "#/patient", "required", detail)])
        return self.patient


Reader = Callable[[Asked, str], Awaitable[Found]]
Searcher = Callable[[Asked, Terms], Awaitable[list[Source]]]


@dataclass(frozen=True, slots=True)
class Draft:
    """The call of the API that a sent resource asks for.

    `places` tells which element each field of the body came from (`#/birthDate`), so that a
    refusal of the API points at what was sent. `id_of` gives the id of what it made; `anew` says
    of an update that this stands in the place of what was sent.
    """

    path: str
    body: Json
    places: Mapping[str, str] = field(default_factory=dict)
    id_of: Callable[[Json], str] = lambda made: str(made["id"])
    method: Literal["POST", "PATCH"] = "POST"
    anew: bool = False


Creator = Callable[[Asked, Json], Awaitable[Draft]]
"""Takes a valid resource, and refuses what cannot be kept (see `taking`)."""
Updater = Callable[[Asked, Json, Json, Sequence[str]], Awaitable[Draft | None]]
"""The resource as it is, as it was sent, and the elements that differ (see `differing`).

None where what differs changes nothing of what is kept.
"""
Conditional = Callable[[Asked, str], Awaitable[tuple[Found | None, str]]]
"""What answers to `If-None-Exist`, and a key by which two at once make one."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource type.

    `kinds` are read and found by the frame; `read` and `search` do it instead where records and
    resources do not go one to one. `patient` is the element that refers to the client; with one,
    `patient` is a search parameter and the resource is a part of `$everything`. `identified` is
    False for types without `identifier`. `create` and `update` turn a resource into a call of the
    API; an update is always with If-Match.
    """

    type: str
    about: str
    kinds: tuple[Kind, ...] = ()
    read: Reader | None = None
    search: Searcher | None = None
    patient: str | None = None
    params: Mapping[str, Param] = field(default_factory=dict)
    includes: Mapping[str, str] = field(default_factory=dict)
    """The name of a reference, and the element it stands in: `patient` and `patient`."""
    profile: str | None = None
    identified: bool = True
    create: Creator | None = None
    update: Updater | None = None
    conditional: Conditional | None = None
