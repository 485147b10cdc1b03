"""The tables of the decision itself: grants, lines of lists, and the log with its tree."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.access.log import AccessLogEntry
from app.access.vocabulary import Category
from tests.build.worlds import required
from tests.walls.acts import CONSENT, _compiled, table_named
from tests.walls.bench import (
    API,
    CLIENT,
    COMPILER,
    GRANT,
    HAT,
    INBOX,
    NOW,
    OTHER,
    OURS,
    OWNER,
    PURPOSE,
    READER,
    RECORD,
    THEIRS,
    TICK,
    TRAJECTORY,
    WORKER,
    Case,
    named,
    record,
)
from tests.walls.records import EVERY_PURPOSE, _whose

LOG = Category.ACCESS_LOG.bit
LINE: Mapping[str, Any] = {
    "grant_id": RECORD,
    "trajectory_id": TRAJECTORY,
    "client_id": CLIENT,
    "grantee_id": HAT,
    "purposes": PURPOSE,
    "valid_from": NOW,
    "valid_until": NOW + TICK,
    "mask": 4,
    "ground": "x",
    "excerpts": "{}",
}


def of_grants() -> Iterator[Case]:
    """One's own, and for the client all about itself; the compiler those of the locked client."""
    row = dict(GRANT)
    own = Case("grant", "access_grant", "sees", True, row, READER)
    yield own
    yield own.but("of its inbox", answer=True, row={"grantee_id": INBOX})
    other = own.but("of another", row={"grantee_id": OTHER})
    yield other
    yield other.but("for the client", answer=True, viewer={"overseen": str(CLIENT)})
    yield other.but("for another client", viewer={"overseen": str(OTHER)})
    yield from _compiled("access_grant", row, "adds", "removes")
    for act, compiling in (("sees", True), ("adds", True), ("removes", True)):
        whose = {"compiling_grantee": str(HAT)}
        of = Case("of this grantee", "access_grant", act, compiling, row, COMPILER, viewer=whose)
        yield from (of, of.but("of another", viewer={"compiling_grantee": str(OTHER)}))


def of_lines() -> Iterator[Case]:
    """A line of a list is its grant's: whose it is, for which purpose, and when."""
    row = LINE
    base = Case("line", "caseload_line", "sees", True, row, READER)
    yield base
    yield base.but("of its inbox", answer=True, row={"grantee_id": INBOX})
    yield base.but("of another", row={"grantee_id": OTHER})
    yield base.but("for other purposes", row={"purposes": EVERY_PURPOSE & ~PURPOSE})
    yield base.but("not yet", row={"valid_from": NOW + TICK})
    yield base.but("no more", row={"valid_until": NOW})
    yield base.but("without end", answer=True, row={"valid_until": None})
    yield base.but("nobody asks", viewer={"grantees": "{}"})
    yield from _compiled("caseload_line", row, "adds", "removes")


def _entry(**more: Any) -> dict[str, Any]:
    columns: Any = AccessLogEntry
    row = {**required(columns), "id": RECORD, "client_id": CLIENT, "grantee_id": HAT}
    return {**row, "outcome": "allowed", "organisation_id": OURS, **more}


def of_the_log() -> Iterator[Case]:
    for login in (API, READER):
        base = Case("entry", "access_log_entry", "adds", True, _entry(), login)
        yield base
        yield base.but("of its inbox", answer=True, row={"grantee_id": INBOX})
        yield base.but("in another's name", row={"grantee_id": OTHER})
        yield base.but("as of an older transaction", row={"xid": "3"})
    refused = Case("refusal", "access_log_entry", "adds", True, _entry(outcome="refused"), WORKER)
    yield refused
    yield refused.but("that was none", row={"outcome": "allowed"})
    yield refused.but("as of an older transaction", row={"xid": "3"})
    exported = _entry(resource="AccessLogExport")
    export = Case("export", "access_log_entry", "adds", True, exported, OWNER)
    yield export
    yield export.but("of something else", row={"resource": "Client"})
    yield export.but("as of an older transaction", row={"xid": "3"})
    for exporting, answer in (("all", True), (OURS, True), (THEIRS, False), ("", False)):
        viewer = {"exporting": str(exporting)}
        yield Case(f"exporting {exporting}", "access_log_entry", "sees", answer, _entry(), OWNER,
                   viewer=viewer)  # fmt: skip
    yield from _read()
    yield from _reviewed()
    yield from _leaves()


def _read() -> Iterator[Case]:
    base = Case("entry", "access_log_entry", "sees", True, _entry(grantee_id=OTHER), READER,
                grant={"categories": LOG, "trajectory_id": None})  # fmt: skip
    yield base
    yield from _whose(base, "categories", LOG)
    yield base.but("in a trajectory", grant={"trajectory_id": TRAJECTORY})
    yield base.but("of one record", grant={"record_id": RECORD})
    yield base.but("of what it wrote", grant={"reach": "authored"})


def _reviewed() -> Iterator[Case]:
    """The privacy desk reads what was seen through the broken glass that it reviews."""
    glass = record(table_named("break_glass"), id=named("glass"), valid_until=NOW)
    row = _entry(grantee_id=OTHER, purpose="emergency", grounds=[f"break_glass:{glass['id']}"])
    base = Case("review", "access_log_entry", "sees", True, row, READER,
                viewer={"role": "privacy_desk"}, beside=(("break_glass", glass),),
                grant={"categories": CONSENT, "trajectory_id": None})  # fmt: skip
    yield base
    yield base.but("of another purpose", row={"purpose": "treatment"})
    yield base.but("as a clinician", viewer={"role": "clinician"})
    yield base.but("of another client", row={"client_id": OTHER})
    yield base.but("on another ground", row={"grounds": [f"break_glass:{OTHER}"]})
    yield base.but("of what is not its own", grant={"record_id": OTHER})


def _leaves() -> Iterator[Case]:
    leaf = {"leaf_index": 0, "entry_id": RECORD, "xid": "3"}
    base = Case("leaf", "log_leaf", "sees", True, leaf, READER,
                beside=(("access_log_entry", _entry()),),
                grant={"categories": LOG, "trajectory_id": None})  # fmt: skip
    yield base
    yield base.but("of another entry", row={"entry_id": OTHER})
    yield base.but("of what one may not read", grant={"grantee_id": OTHER})
    for exporting, answer in (("all", True), ("", False)):
        viewer = {"exporting": exporting}
        yield Case(f"exporting {exporting!r}", "log_leaf", "sees", answer, leaf, OWNER,
                   viewer=viewer)  # fmt: skip
