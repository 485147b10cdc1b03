"""The access log as AuditEvent (IHE BALP): who looked at what of a client, when and on what ground.

The log holds no network addresses and not the words of a search: where BALP asks for them, that
they are withheld is said. The four checks of NEN 7513 stand with the client.
"""

from collections.abc import Iterable, Mapping

from app.facades.fhir import ids, matching
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json, absent, coding, filled, reference
from app.facades.fhir.marks import Fetch
from app.facades.fhir.parties import Parties
from app.facades.fhir.registry import Found, Param, Resource, Slice, Source, Terms, Whose
from app.facades.fhir.terminology.published import purposes
from app.facades.fhir.terminology.systems import (
    AUDIT_TYPE,
    BALP,
    DCM,
    ENTITY_TYPE,
    INTERACTION,
    OBJECT_ROLE,
    PARTICIPATION,
)
from app.facades.fhir.terminology.vocabularies import own, own_coding
from app.platform.http.problems import NotFound

KEY = "look"
SOURCE, TARGET = (
    coding(DCM, "110153", "Source Role ID"),
    coding(DCM, "110152", "Destination Role ID"),
)
RECIPIENT, AUTHOR = coding(PARTICIPATION, "IRCP"), coding(PARTICIPATION, "AUT")
PROFILES: Mapping[str, str] = {"C": "Create", "R": "Read", "U": "Update", "E": "Query"}
INTERACTIONS: Mapping[str, str] = {"C": "create", "R": "read", "U": "update", "E": "search"}
CHECKS = ("authorisation", "treatmentRelation", "clientConsent", "emergencyButton")
READ, SEARCH, REFUSED = "R", "E", "4"
WRITTEN = frozenset({"C", "U"})


def event(record: Json, whose: Whose) -> Json:
    """One look. A refused one is of no profile of BALP: those are of what succeeded."""
    parties, nen = Parties(whose), record["nen7513"]
    action = nen["actionCode"]
    profile = f"{BALP}Patient{PROFILES[action]}"
    return filled(
        resourceType="AuditEvent",
        id=ids.made(KEY, record["id"], whose.patient or ""),
        meta={"lastUpdated": record["at"], **_profile(profile, nen)},
        type=coding(AUDIT_TYPE, "rest", "Restful Operation"),
        subtype=[
            coding(INTERACTION, INTERACTIONS[action], INTERACTIONS[action]),
            own_coding("log-entry", record["kind"]),
        ],
        action=action,
        recorded=record["at"],
        outcome=nen["outcome"],
        outcomeDesc=record.get("words"),
        purposeOfEvent=_purposes(record),
        agent=list(_agents(record, nen, parties)),
        source=_observer(nen),
        entity=list(_entities(record, nen, whose)),
        contained=parties.contained,
    )


def _profile(profile: str, nen: Json) -> Json:
    return {} if nen["outcome"] == REFUSED else {"profile": [profile]}


def _purposes(record: Json) -> list[Json]:
    found = purposes([record["purpose"]]) if record.get("purpose") else []
    return [{"coding": found}] if found else []


def _observer(nen: Json) -> Json:
    return {"observer": {"identifier": {"value": nen["sourceId"]}}}


def _agents(record: Json, nen: Json, parties: Parties) -> Iterable[Json]:
    """The system that asked, ours that answered, and the person or colleague it was for."""
    reads = nen["actionCode"] == READ
    asking, answering = (TARGET, SOURCE) if reads else (SOURCE, TARGET)
    system = record.get("system")
    who = {"display": system} if system else absent("not-applicable")
    nowhere = absent()
    yield {"type": {"coding": [asking]}, "who": who, "requestor": False, "network": nowhere}
    here = _observer(nen)["observer"]
    yield {"type": {"coding": [answering]}, "who": here, "requestor": False, "network": nowhere}
    user = parties.role(record["role"], record.get("organisationId"))
    yield filled(
        type={"coding": [AUTHOR if nen["actionCode"] in WRITTEN else RECIPIENT]},
        role=[own("role", record["role"])],
        who=user,
        name=record.get("name"),
        requestor=True,
        policy=[nen["authorisationProtocol"]],
        purposeOfUse=_purposes(record),
    )


def _entities(record: Json, nen: Json, whose: Whose) -> Iterable[Json]:
    """The client, with the checks and what was not shown; the record; the consents it rests on."""
    yield filled(
        what=reference("Patient", whose.patient),
        type=coding(ENTITY_TYPE, "1", "Person"),
        role=coding(OBJECT_ROLE, "1", "Patient"),
        detail=list(_details(record, nen)),
    )
    shown = [own_coding("category", each["category"]) for each in record.get("shown", [])]
    one = record.get("recordId")
    data = filled(
        type=coding(ENTITY_TYPE, "2", "System Object"),
        securityLabel=shown,
        description=record["resource"],
    )
    if nen["actionCode"] == SEARCH:
        yield {**data, "role": coding(OBJECT_ROLE, "24", "Query"), "_query": absent()}
    else:
        what = {"identifier": {"value": f"urn:uuid:{one}"}} if one else {}
        named = {**what, "display": record["resource"]}
        yield {**data, "what": named, "role": coding(OBJECT_ROLE, "4", "Domain Resource")}
    for consent in nen.get("consentProfile", []):
        yield {
            "what": {"reference": f"Consent/{consent}"},
            "type": coding(ENTITY_TYPE, "4", "Other"),
        }


def _details(record: Json, nen: Json) -> Iterable[Json]:
    for check in CHECKS:
        yield {"type": f"nen7513.{check}", "valueString": str(nen[check]).lower()}
    for each in record.get("notShown", []):
        yield {"type": "notShown", "valueString": each["category"]}
    for each in record.get("grounds", []):
        yield {"type": "ground", "valueString": each["words"]}
    if record.get("trajectoryId"):
        yield {"type": "trajectory", "valueString": record["trajectoryId"]}


async def read(_asked: Asked, _id: str) -> Found:
    """Entries are read as a list, for to read the log is logged too. Raises NotFound."""
    raise NotFound


async def search(_asked: Asked, terms: Terms) -> list[Source]:
    """The log of one client, the newest first where that is asked for. Raises BadRequest."""
    patient = terms.whose()
    newest = terms.one("_sort") == "-date"
    path = f"/clients/{patient}/access-log"
    return [Source(path, _fetching(path, Whose(patient), newest=newest))]


def _fetching(path: str, whose: Whose, *, newest: bool) -> Fetch:
    async def fetch(asked: Asked, cursor: str | None, most: int) -> Slice:
        query = {"pageSize": most, "cursor": cursor, "newestFirst": str(newest).lower()}
        page = await asked.see(path, **query)
        found = [event(each, whose) for each in page["items"]]
        return Slice(found, page.get("nextCursor"))

    return fetch


RESOURCE = Resource(
    type="AuditEvent",
    about="The access log of a client, for whom it is open. It is searched, not read by id.",
    read=read,
    search=search,
    patient="entity.what",
    identified=False,
    params={
        "date": Param("date", "When somebody looked.", matching.day("recorded")),
        "action": Param("token", "C, R, U, or E for a search.", matching.token("action")),
        "outcome": Param("token", "0 done, 4 refused.", matching.token("outcome")),
        "purpose": Param("token", "What for.", matching.token("agent.purposeOfUse")),
        "_sort": Param("token", "`date`, or `-date` for the newest first."),
    },
)
