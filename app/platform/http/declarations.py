"""What an operation says about itself when it is added to a router."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypedDict

from starlette.responses import Response

from app.platform.http.idempotency import Again
from app.platform.http.problems import Problem
from app.platform.http.reading import BODY_BYTES, FORMS, JSON


class Act(Protocol):
    """What is done, with which data, for which purposes; the access storey knows how to read it."""

    def openapi(self) -> dict[str, Any]: ...


Refusing = Callable[[Problem], Response]


@dataclass(frozen=True, slots=True)
class Declaration:
    """The conventions that one operation follows.

    `again(session, id)` discloses anew what an earlier POST made. `location` is a template with
    `{id}` and the names of arguments. `match` asks for If-Match. `reads` is a POST that changes
    nothing, such as a search. `streams` are the media types of a body that is not read before the
    endpoint, which bounds it itself. `refusing` writes refusals in the form of another standard,
    and `any_accept` answers whatever Accept says, where such a standard asks that. `own_reading`
    leaves query, media types and what the body means to the endpoint, for the same reason.
    """

    act: Act | None = None
    public: bool = False
    again: Again | None = None
    location: str | None = None
    match: bool = False
    reads: bool = False
    consumes: str = JSON
    produces: str = JSON
    body_limit: int = BODY_BYTES
    streams: frozenset[str] = frozenset()
    refusing: Refusing | None = None
    any_accept: bool = False
    own_reading: bool = False

    @property
    def is_form(self) -> bool:
        return self.consumes in FORMS


class Terms(TypedDict, total=False):
    """Keywords of `Router.get` and its like: those of a Declaration, and FastAPI's own."""

    act: Act
    public: bool
    again: Again
    location: str
    match: bool
    reads: bool
    consumes: str
    produces: str
    body_limit: int
    streams: frozenset[str]
    refusing: Refusing
    any_accept: bool
    own_reading: bool
    status_code: int
    tags: list[str]
    summary: str
    description: str
    response_description: str
    responses: Mapping[int | str, dict[str, Any]]
    response_model: Any
    response_class: Any
    dependencies: Sequence[Any]
    operation_id: str
    include_in_schema: bool
    deprecated: bool
    name: str
    openapi_extra: dict[str, Any]
