"""What was asked for, sealed into an address: nothing is prepared, so nothing is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from starlette.requests import Request

from app.access.session import MAY_READ, logged_in
from app.facades.fhir import matching, names
from app.facades.fhir.asking import Asked
from app.facades.fhir.resources import TYPES
from app.platform.http import strict_json
from app.platform.http.problems import BadRequest, Fault, NotAllowed, NotFound

MARK = "bulk export"
FORMATS = frozenset({"application/fhir+ndjson", "application/ndjson", "ndjson"})
BY_NAME = frozenset({"AuditEvent", "Provenance"})
"""About looks and acts rather than about clients: only where they are asked for."""
OFFERED = tuple(sorted(kind for kind, each in TYPES.items() if each.patient or kind == "Patient"))
KNOWN = {
    "_type": f"one or more of {', '.join(OFFERED)}",
    "_since": "a date or an instant of FHIR",
    "_outputFormat": "application/fhir+ndjson",
}
"""The parameters, and what each may be."""
TAKES = f"An export takes {', '.join(f'`{name}`' for name in KNOWN)}."


@dataclass(frozen=True)
class Job:
    """An export: which types, changed since when, as it was asked for and at which moment."""

    types: tuple[str, ...]
    since: str | None
    at: str
    asked: str


@dataclass(frozen=True)
class Desk:
    """For which organisation this caller asks now, and what time it is there."""

    organisation: UUID
    moment: datetime


async def desk(request: Request) -> Desk:
    """Looked up now. Raises Unauthorized, NotAllowed."""
    reader = request.app.state.services.engines.reader
    async with logged_in(request, reader, MAY_READ) as login:
        viewer = await login.chosen()
    if viewer.organisation_id is None:
        raise NotAllowed("An export is of the clients of an organisation, for that organisation.")
    return Desk(viewer.organisation_id, viewer.moment)


def understood(request: Request, moment: datetime) -> Job:
    """What is asked for. Raises BadRequest with every fault."""
    said = request.query_params
    faults = [
        Fault("query", strict_json.step("#", name), "unknown_parameter", TAKES)
        for name in dict.fromkeys(said)
        if name not in KNOWN
    ]
    if "respond-async" not in request.headers.get("prefer", ""):
        detail = "An export needs `Prefer: respond-async`."
        faults.append(Fault("header", "#/Prefer", "required", detail))
    if said.get("_outputFormat", "ndjson").replace(" ", "+") not in FORMATS:
        faults.append(_fault("_outputFormat", "not_supported"))
    since = said.get("_since", "").replace(" ", "+") or None
    if since is not None and not matching.is_date(since):
        faults.append(_fault("_since", "wrong_format"))
    named = [name for value in said.getlist("_type") for name in value.split(",")]
    if any(name not in OFFERED for name in named):
        faults.append(_fault("_type", "not_supported"))
    if faults:
        raise BadRequest(errors=faults)
    types = named or [kind for kind in OFFERED if kind not in BY_NAME]
    at = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    asked = request.url.path.rpartition(names.PREFIX)[2]
    return Job(tuple(dict.fromkeys(types)), since, at, asked)


def _fault(name: str, code: str) -> Fault:
    return Fault("query", f"#/{name}", code, f"`{name}` of an export is {KNOWN[name]}.")


def sealed(asks: Asked, job: Job) -> str:
    """An address that is of use to this caller alone."""
    seal = asks.request.app.state.services.cursors
    said = (",".join(job.types), job.since, job.at, job.asked)
    return str(seal.seal(asks.caller, MARK, said))


def opened(asks: Asked, text: str) -> Job:
    """Raises NotFound for whatever is not an export of this caller."""
    seal = asks.request.app.state.services.cursors
    try:
        types, since, at, said = seal.open(asks.caller, MARK, text)
    except (BadRequest, ValueError):
        raise NotFound from None
    return Job(tuple(str(types).split(",")), since, str(at), str(said))
