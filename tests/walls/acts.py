"""What single policies promise beyond the grant: who may give, block, link, log and compile."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app import tables
from app.access.records import ClientRecord, Restrictable
from app.access.vocabulary import Category, Role
from tests.walls.bench import (
    API,
    CLIENT,
    COMPILER,
    HAT,
    INBOX,
    NOW,
    OTHER,
    OURS,
    READER,
    RECORD,
    THEIRS,
    TICK,
    TRAJECTORY,
    Case,
    named,
    record,
)
from tests.walls.records import BY_PERSONS, _whose

CONSENT, STATUS, EXISTENCE = Category.CONSENT.bit, Category.STATUS.bit, Category.EXISTENCE.bit
COMPILING = {"compiling": str(CLIENT)}
DAY = timedelta(days=1)
REGISTERED_WITH = ("client_identity", "client_bsn", "treatment_team_member")
"""The first records of a client, added in the very transaction that registers it."""
LETTING_IN = {"clinician", "ips_coach", "labour_expert", "municipal_case_manager"}
ENDING = {*LETTING_IN, "reintegration_coach"}
REGISTRATION: Mapping[str, Any] = {
    "id": RECORD,
    "client_id": CLIENT,
    "machine_id": HAT,
    "organisation_id": OURS,
    "valid_from": NOW,
}
LINK: Mapping[str, Any] = {
    "id": RECORD,
    "account_id": OTHER,
    "client_id": CLIENT,
    "role": "client",
    "linked_by": OTHER,
    "valid_from": NOW,
    "valid_until": None,
}
ONLY_BY: Mapping[str, set[str]] = {
    "block": {"client", "representative"},
    "consent_answer": {"client", "representative"},
    "consent_withdrawal": {"client", "representative"},
    "data_subject_request": {"client", "representative"},
    "discussion_wish": {"client", "representative"},
    "representative": {"client", "clinician"},
    "supporter": {"client"},
    "incapacity": {"clinician"},
    "participant": LETTING_IN,
    "responsibility": {"labour_expert", "municipal_case_manager"},
}
"""Who may add a record of this kind, with whatever grant."""


def table_named(name: str) -> type[ClientRecord]:
    return next(table for table in tables.client_records() if table.__tablename__ == name)


def plain(table: type[ClientRecord]) -> dict[str, Any]:
    """A record of this client that says no more than it must."""
    row = record(table)
    own = {"client": CLIENT, "trajectory": TRAJECTORY}.get(table.__tablename__, row["id"])
    return {**row, "id": own}


def of_every_record() -> Iterator[Case]:
    """The compiler knows the one client that is locked; contesting is for who answers for it."""
    for table in tables.client_records():
        name, row = table.__tablename__, plain(table)
        yield from _compiled(name, row)
        if issubclass(table, Restrictable):
            yield from _contested(name, row)


def _contested(name: str, row: Mapping[str, Any]) -> Iterator[Case]:
    viewer = {**COMPILING, "role": "client"}
    values = {"restricted_at": NOW}
    base = Case("contested", name, "moves", True, row, COMPILER, viewer=viewer, values=values)
    yield base
    yield base.but("of another client", viewer={"compiling": str(OTHER)})
    stranger = base.but("by somebody else", viewer={"role": "clinician"})
    yield stranger
    ours = {"controller_organisation_id": OURS}
    yield stranger.but("who answers for it", answer=True, row=ours)


def of_adding() -> Iterator[Case]:
    for name, may in ONLY_BY.items():
        table = table_named(name)
        row = record(table, author_id=HAT)
        row |= {"organisation_id": OURS} if name == "responsibility" else {}
        grant = {"creates": table.__category__.bit}
        for role in Role:
            viewer = {"role": role.value}
            yield Case(f"by {role}", name, "adds", role.value in may, row, viewer=viewer,
                       grant=grant)  # fmt: skip
    task = record(table_named("responsibility"), author_id=HAT, organisation_id=THEIRS)
    expert = {"role": "labour_expert"}
    yield Case("for another body", "responsibility", "adds", False, task, viewer=expert,
               grant={"creates": STATUS})  # fmt: skip
    yield from _given()
    yield from _restricted()


def _given() -> Iterator[Case]:
    """A consent is given by the client, or recorded by who will send; never by who receives."""
    parties = {"sender_organisation_id": OURS, "recipient_organisation_id": THEIRS}
    row = record(table_named("consent"), author_id=HAT, **parties)
    base = Case("recorded", "consent", "adds", True, row, grant={"creates": CONSENT})
    yield base
    yield base.but("for another sender", row={"sender_organisation_id": named("a third")})
    yield base.but("for itself", row={"recipient_organisation_id": OURS})
    for role in ("client", "representative"):
        given = base.but(f"by the {role}", answer=True, viewer={**BY_PERSONS, "role": role})
        yield given.but("about anything", answer=True, row={"sender_organisation_id": None})
    supporter = {**BY_PERSONS, "role": "supporter"}
    yield base.but("by a supporter", viewer=supporter, row={"sender_organisation_id": None})
    yield from _scanned()


def _scanned() -> Iterator[Case]:
    """The form of it likewise: by the client, or by who will send; a recipient is no party."""
    row = record(table_named("consent_scan"), author_id=HAT, sender_organisation_id=OURS)
    base = Case("scanned", "consent_scan", "adds", True, row, grant={"creates": CONSENT})
    yield base
    for what, sender in (("for another sender", THEIRS), ("for the client as sender", None)):
        other = base.but(what, row={"sender_organisation_id": sender})
        yield other
        for role in ("client", "representative"):
            yield other.but(f"by the {role}", answer=True, viewer={**BY_PERSONS, "role": role})
        yield other.but("by a supporter", viewer={**BY_PERSONS, "role": "supporter"})


def _restricted() -> Iterator[Case]:
    table = table_named("restriction")
    row = record(table, author_id=HAT, organisation_id=THEIRS, lifted_at=None)
    added = Case("contested", "restriction", "adds", False, row, grant={"creates": CONSENT})
    yield added
    yield added.but("and answers for it", answer=True, row={"organisation_id": OURS})
    yield added.but("by the client", answer=True, viewer=BY_PERSONS)
    values = {"lifted_at": NOW, "lifted_by": HAT}
    lifted = Case("lifted", "restriction", "moves", True, row, values=values, viewer=BY_PERSONS,
                  grant={"categories": CONSENT})  # fmt: skip
    yield lifted
    yield lifted.but("again", row={"lifted_at": NOW - DAY})
    yield lifted.but("in the future", values={"lifted_at": NOW + TICK})
    yield lifted.but("in another's name", values={"lifted_by": OTHER})
    other = lifted.but("by another body", viewer={"role": "clinician", "organisation": str(OURS)})
    yield other
    yield other.but("that answers for it", answer=True, row={"organisation_id": OURS})


def of_registering() -> Iterator[Case]:
    """Whoever registers a client adds its first records, and sees them, then and not later."""
    client = record(table_named("client"), id=CLIENT, author_id=HAT,
                    controller_organisation_id=OURS, trajectory_id=None)  # fmt: skip
    for name in REGISTERED_WITH:
        table = table_named(name)
        row = record(table, author_id=HAT, controller_organisation_id=OURS, trajectory_id=None)
        for act in ("sees", "adds", "moves") if table.__mutable__ else ("sees", "adds"):
            base = Case("registered", name, act, True, row, beside=(("client", client),))
            base = replace(base, values={"valid_until": NOW})
            yield base
            yield base.but("under its inbox", answer=True, row={"author_id": INBOX})
            yield base.but("under another's name", row={"author_id": OTHER})
            yield from _with_client(base, client)
    yield from _clients(client)
    base = Case("registered", "registration", "adds", True, REGISTRATION,
                beside=(("client", client),),
                grant={"categories": EXISTENCE, "trajectory_id": None})  # fmt: skip
    yield base
    yield base.but("earlier", beside=(("client", {**client, "registered_in": "3"}),))
    yield base.but("of another", row={"client_id": OTHER})
    yield from _compiled("registration", REGISTRATION)


def _with_client(base: Case, client: Mapping[str, Any]) -> Iterator[Case]:
    grant = {"categories": EXISTENCE, "trajectory_id": None}
    ours = base.but("", answer=True, grant=grant)
    changes: dict[str, dict[str, Any]] = {
        "earlier": {"registered_in": "3"},
        "by another organisation": {"controller_organisation_id": THEIRS},
    }
    for what, off in changes.items():
        yield ours.but(what, beside=(("client", {**client, **off}),))
    yield ours.but("for another client", row={"client_id": OTHER})


def _clients(client: Mapping[str, Any]) -> Iterator[Case]:
    for login in (API, READER):
        seen = Case("just registered", "client", "sees", True, client, login)
        yield from (seen, seen.but("earlier", row={"registered_in": "3"}))
    base = Case("registers", "client", "adds", True, client)
    yield base
    yield base.but("under its inbox", answer=True, row={"author_id": INBOX})
    yield base.but("under another's name", row={"author_id": OTHER})
    yield base.but("within another", row={"id": OTHER})
    yield base.but("as if before", row={"registered_in": "3"})
    yield base.but("for another organisation", row={"controller_organisation_id": THEIRS})
    for role in ("", *Role):
        may = role in {"", "clinician", "ips_coach", "municipal_case_manager"}
        yield base.but(f"as {role or 'a system'}", answer=may, viewer={"role": str(role)})


def _compiled(name: str, row: Mapping[str, Any], *more: str) -> Iterator[Case]:
    for act in ("sees", *more):
        base = Case("compiled", name, act, True, row, COMPILER, viewer=COMPILING)
        yield from (base, base.but("for another client", viewer={"compiling": str(OTHER)}))


def with_links() -> Iterator[Case]:
    """Who sees, makes and ends the links between a login and a client."""
    row = LINK
    keeps = {"creates": CONSENT, "trajectory_id": None}
    seen = Case("link", "account_link", "sees", False, row, READER)
    yield seen
    yield seen.but("of one's own login", answer=True, row={"account_id": named("account")})
    yield seen.but("that one made", answer=True, row={"linked_by": HAT})
    for role in Role:
        of_all = seen.but(f"as {role}", answer=role in {"client", "clinician"}, grant=keeps)
        of_all = of_all.but("", answer=of_all.answer, viewer={"role": role.value})
        yield of_all
        yield of_all.but("of others", answer=role == "client", row={"role": "supporter"})
    yield from _keeps(seen.but("as client", answer=True, grant=keeps, viewer={"role": "client"}))
    yield from _linking(row, keeps)
    yield from _compiled("account_link", row)
    ended = Case("ended with its mandate", "account_link", "moves", True, row, COMPILER,
                 viewer=COMPILING, values={"valid_until": NOW})  # fmt: skip
    yield from (ended, ended.but("of another client", viewer={"compiling": str(OTHER)}))


def _keeps(base: Case) -> Iterator[Case]:
    yield from _whose(base, "creates", CONSENT)
    yield base.but("in a trajectory", grant={"trajectory_id": TRAJECTORY})


def _linking(row: Mapping[str, Any], keeps: Mapping[str, Any]) -> Iterator[Case]:
    made = {**row, "linked_by": HAT}
    adds = Case("link", "account_link", "adds", True, made, grant=keeps)
    yield adds
    yield from _keeps(adds)
    yield adds.but("in another's name", row={"linked_by": OTHER})
    yield adds.but("in the inbox's name", row={"linked_by": INBOX})
    bare = {"grantees": "{" + str(INBOX) + "}"}
    yield adds.but("with a hat that is not worn", viewer=bare, grant={"grantee_id": INBOX})
    for role in Role:
        for linked in ("client", "representative", "supporter"):
            may = role == "clinician" or (role == "client" and linked != "client")
            yield adds.but(f"{linked} by {role}", answer=may, row={"role": linked},
                           viewer={"role": role.value})  # fmt: skip
    ends = Case("login ended", "account_link", "moves", True, row, grant=keeps,
                values={"valid_until": NOW})  # fmt: skip
    yield from _keeps(ends)
    for role in Role:
        may = role in {"client", "clinician"}
        yield ends.but(f"by {role}", answer=may, viewer={"role": role.value})
    yield ends.but("of a supporter", row={"role": "supporter"})
    yield ends.but("again", row={"valid_until": NOW + DAY})
    yield ends.but("in the future", values={"valid_until": NOW + TICK})
