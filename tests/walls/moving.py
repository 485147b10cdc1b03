"""Who may end a seat or a task and decide on a referral; who may break the glass and judge it."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.access.vocabulary import Category, Purpose, Role
from tests.walls.acts import COMPILING, DAY, ENDING, EXISTENCE, STATUS, table_named
from tests.walls.bench import (
    COMPILER,
    GRANT,
    HAT,
    INBOX,
    NOW,
    OTHER,
    OURS,
    THEIRS,
    TICK,
    Case,
    named,
    record,
)
from tests.walls.records import _whose

MEMBERSHIP = named("the one who takes part")


def of_seats() -> Iterator[Case]:
    """The client, a party of the seat, or whoever ended the trajectory; for the future only."""
    row = record(table_named("participant"), valid_until=None, membership_id=MEMBERSHIP)
    values = {"valid_until": NOW, "keeps_own_records": True}
    seat = Case("seat", "participant", "moves", True, row, values=values,
                viewer={"role": "client"}, grant={"categories": STATUS})  # fmt: skip
    yield seat
    yield seat.but("that runs", answer=True, row={"valid_until": NOW + TICK})
    yield seat.but("that ended", row={"valid_until": NOW})
    yield seat.but("opened again", values={"valid_until": None})
    yield seat.but("its records given up", values={"keeps_own_records": False})
    yield from _by_ending(seat)
    ours = {"controller_organisation_id": OURS}
    party = seat.but("by a party", answer=True, viewer={"role": "employer"},
                     grant={"creates": STATUS}, row=ours)  # fmt: skip
    yield party
    theirs = {"controller_organisation_id": THEIRS}
    yield party.but("of another organisation", row=theirs)
    yield party.but("in a role that is none", viewer={"role": "a stranger"})
    yield party.but("whose colleague it is", answer=True, row=theirs, beside=(_member(OURS),))
    yield party.but("whose it is not", row=theirs, beside=(_member(THEIRS),))
    yield from _writing(party, STATUS)
    body = record(table_named("responsibility"), valid_until=None)
    task = Case("task", "responsibility", "moves", True, body, values={"valid_until": NOW},
                viewer={"role": "client"}, grant={"categories": STATUS})  # fmt: skip
    yield task
    yield task.but("that runs", answer=True, row={"valid_until": NOW + TICK})
    yield task.but("that ended", row={"valid_until": NOW})
    yield task.but("opened again", values={"valid_until": None})
    yield task.but("in a role that is none", viewer={"role": "a stranger"})
    yield from _by_ending(task)


def _member(organisation: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    row = {
        "id": MEMBERSHIP,
        "practitioner_id": named("their person"),
        "organisation_id": organisation,
        "inbox_id": INBOX,
        "role": "clinician",
        "employed": True,
        "valid_from": NOW - DAY,
        "valid_until": None,
    }
    return "membership", {**row, **more}


def _writing(base: Case, bit: int) -> Iterator[Case]:
    """Beside seeing it, the right to add to it: each dimension of that alone."""
    seen = base.grant or {}
    sees = {**seen, "creates": 0, "id": named("what shows it"), "ungated": True}
    for case in _whose(base, "creates", bit):
        if "grantees" not in case.viewer and case.grant is not None and case.grant != base.grant:
            yield from _beside_grant(case, sees)
    elsewhere = base.but("of another trajectory", grant={"trajectory_id": OTHER})
    yield from _beside_grant(elsewhere, sees)


def _beside_grant(case: Case, sees: Mapping[str, Any]) -> Iterator[Case]:
    yield case.but(
        "", answer=case.answer, beside=(*case.beside, ("access_grant", {**GRANT, **sees}))
    )


def _by_ending(base: Case) -> Iterator[Case]:
    event = record(table_named("trajectory_event"), milestone="ended", author_id=HAT,
                   id=named("event"), audience=[role.value for role in Role])  # fmt: skip
    ended = base.but("when all ended", beside=(("trajectory_event", event),))
    for role in set(Role) - {Role.CLIENT}:
        yield ended.but(f"by {role}", answer=role in ENDING, viewer={"role": role.value})
    by = ended.but("by a coach", answer=True, viewer={"role": "reintegration_coach"})
    yield by
    changes: dict[str, dict[str, Any]] = {
        "another milestone": {"milestone": "started"},
        "by another": {"author_id": OTHER},
        "another trajectory": {"trajectory_id": OTHER},
    }
    for what, off in changes.items():
        grant = {"trajectory_id": None}
        yield by.but(what, grant=grant, beside=(("trajectory_event", {**event, **off}),))


def of_referrals() -> Iterator[Case]:
    """Received by the role that it is for, withdrawn by who sent it or the client; once."""
    empty = dict.fromkeys(("accepted_at", "refused_at", "withdrawn_at"))
    row = record(table_named("referral"), **empty, organisation_id=OURS, role="labour_expert")
    accept = {"accepted_at": NOW, "decided_by": HAT}
    withdraw = {"withdrawn_at": NOW, "decided_by": HAT}
    got = Case("referral", "referral", "moves", True, row, values=accept,
               viewer={"role": "labour_expert"}, grant={"categories": EXISTENCE})  # fmt: skip
    yield got
    sent_by_us = {"organisation_id": THEIRS, "controller_organisation_id": OURS}
    yield got.but("for another organisation", row=sent_by_us)
    yield got.but("for another role", row={"role": "insurance_physician"})
    yield got.but("in another's name", values={"decided_by": OTHER})
    yield got.but("both ways", values={"refused_at": NOW})
    yield got.but("withdrawn by its receiver", values={"accepted_at": None, **withdraw})
    for name in empty:
        yield got.but(f"after {name}", row={name: NOW - DAY}, values={name: NOW - DAY})
        yield got.but(f"after {name}, undone", row={name: NOW - DAY}, values={name: None})
    sent = {**row, "organisation_id": THEIRS, "controller_organisation_id": OURS}
    yield from _sent(sent, accept, withdraw)


def _sent(
    row: Mapping[str, Any], accept: Mapping[str, Any], withdraw: Mapping[str, Any]
) -> Iterator[Case]:
    sent = Case("referral", "referral", "moves", True, row, values=withdraw,
                grant={"categories": EXISTENCE, "creates": EXISTENCE})  # fmt: skip
    yield sent
    yield sent.but("accepted by its sender", values={"withdrawn_at": None, **accept})
    yield sent.but("of another", row={"controller_organisation_id": THEIRS})
    yield sent.but("that only sees it", grant={"creates": 0})
    yield from _writing(sent, EXISTENCE)
    yield sent.but("accepted by its sender", row={"role": "clinician"},
                   values={"withdrawn_at": None, **accept})  # fmt: skip
    yield sent.but("to a colleague, accepted", row={"organisation_id": OURS},
                   values={"withdrawn_at": None, **accept})  # fmt: skip
    yield sent.but("in a role that is none", viewer={"role": "a stranger"})
    got_here = {"organisation_id": OURS, "role": "clinician"}
    mine = sent.but("to oneself", answer=True, row=got_here)
    yield mine
    yield from _writing(mine, EXISTENCE)
    yield mine.but("from elsewhere", row={"controller_organisation_id": THEIRS})
    client = sent.but("by the client", answer=True, grant={"creates": 0}, viewer={"role": "client"})
    yield client
    yield client.but("accepted", values={"withdrawn_at": None, **accept})


def of_incapacity() -> Iterator[Case]:
    row = record(table_named("incapacity"), valid_until=NOW + DAY)
    base = Case("incapacity", "incapacity", "moves", True, row, values={"valid_until": NOW},
                grant={"categories": Category.MEDICAL.bit})  # fmt: skip
    yield base
    yield base.but("stretched", values={"valid_until": NOW + TICK})


def of_broken_glass() -> Iterator[Case]:
    """Who, why, how long, at whose desk; and that another judges it."""
    row = record(table_named("break_glass"), author_id=HAT, membership_id=HAT,
                 controller_organisation_id=OURS, desk_inbox_id=named("desk"),
                 valid_from=NOW, valid_until=NOW + DAY)  # fmt: skip
    desk = {"id": named("desk"), "organisation_id": OURS, "role": "privacy_desk"}
    team = record(table_named("treatment_team_member"), id=named("seat"),
                  membership_id=MEMBERSHIP, valid_from=NOW, valid_until=NOW + TICK)  # fmt: skip
    member = _member(OURS, valid_from=NOW, valid_until=NOW + TICK)[1]
    beside = {"inbox": desk, "treatment_team_member": team, "membership": member}
    viewer = {**COMPILING, "purpose": str(Purpose.EMERGENCY.bit)}
    base = Case("glass", "break_glass", "adds", True, row, COMPILER, viewer=viewer,
                beside=tuple(beside.items()))  # fmt: skip
    yield base
    for what, off in {
        "of another client": {"client_id": OTHER},
        "in another's name": {"author_id": OTHER, "membership_id": OTHER},
        "for a colleague": {"membership_id": OTHER},
        "of another organisation": {"controller_organisation_id": THEIRS},
        "later": {"valid_from": NOW + TICK},
        "that is over": {"valid_from": NOW - DAY, "valid_until": NOW},
        "too long": {"valid_until": NOW + DAY + TICK},
    }.items():
        yield base.but(what, row=off)
    yield base.but("not a clinician", viewer={"role": "psychologist"})
    yield base.but("without need", viewer={"purpose": str(Purpose.TREATMENT.bit)})
    for table, what, off in (
        ("inbox", "another desk", {"id": OTHER}),
        ("inbox", "no desk", {"role": "clinician"}),
        ("inbox", "the desk of others", {"organisation_id": THEIRS}),
        ("treatment_team_member", "not treated", {"client_id": OTHER}),
        ("treatment_team_member", "not yet treated", {"valid_from": NOW + TICK}),
        ("treatment_team_member", "no more treated", {"valid_from": NOW - DAY, "valid_until": NOW}),
        ("treatment_team_member", "by another", {"membership_id": OTHER}),
        ("membership", "treated elsewhere", {"organisation_id": THEIRS}),
        ("membership", "by who is not there yet", {"valid_from": NOW + TICK}),
        ("membership", "by who left", {"valid_from": NOW - DAY, "valid_until": NOW}),
    ):
        changed = {**beside, table: {**beside[table], **off}}
        yield base.but(what, beside=tuple(changed.items()))
    for table in ("treatment_team_member", "membership"):
        changed = {**beside, table: {**beside[table], "valid_until": None}}
        yield base.but(f"{table} without end", answer=True, beside=tuple(changed.items()))
    yield from _judged(row)


def _judged(glass: Mapping[str, Any]) -> Iterator[Case]:
    broken = {**glass, "id": named("glass"), "author_id": MEMBERSHIP, "membership_id": MEMBERSHIP}
    row = record(table_named("break_glass_review"), author_id=HAT, break_glass_id=broken["id"],
                 controller_organisation_id=OURS)  # fmt: skip
    mine = _member(OURS, id=HAT, practitioner_id=named("me"), role="privacy_desk")[1]
    there: dict[str, Any] = {"break_glass": broken, "them": _member(OURS)[1], "me": mine}
    viewer = {**COMPILING, "role": "privacy_desk"}

    def beside(**changed: Mapping[str, Any]) -> tuple[tuple[str, dict[str, Any]], ...]:
        rows = {key: {**value, **changed.get(key, {})} for key, value in there.items()}
        return tuple(
            ("break_glass" if key == "break_glass" else "membership", value)
            for key, value in rows.items()
        )

    base = Case("judged", "break_glass_review", "adds", True, row, COMPILER, viewer=viewer,
                beside=beside())  # fmt: skip
    yield base
    yield base.but("of another client", row={"client_id": OTHER})
    yield base.but("in another's name", row={"author_id": OTHER})
    yield base.but("for another organisation", row={"controller_organisation_id": THEIRS})
    yield base.but("by a clinician", viewer={"role": "clinician"})
    yield base.but("of no glass", row={"break_glass_id": OTHER})
    theirs = {"controller_organisation_id": THEIRS}
    yield base.but("of a glass of others", beside=beside(break_glass=theirs))
    yield base.but(
        "by the same person", beside=beside(me={"practitioner_id": named("their person")})
    )


def of_searching() -> Iterator[Case]:
    """In an emergency a clinician finds who is a client here, by BSN; hires find what waits."""
    row = record(table_named("client_bsn"), bsn_index=b"\x01", confirmed=True,
                 controller_organisation_id=OURS)  # fmt: skip
    viewer = {"compiling_bsn": "01", "purpose": str(Purpose.EMERGENCY.bit)}
    base = Case("found", "client_bsn", "sees", True, row, COMPILER, viewer=viewer)
    yield base
    yield base.but("by another number", viewer={"compiling_bsn": "02"})
    yield base.but("unconfirmed", row={"confirmed": False})
    yield base.but("elsewhere", row={"controller_organisation_id": THEIRS})
    yield base.but("by a psychologist", viewer={"role": "psychologist"})
    yield base.but("without need", viewer={"purpose": str(Purpose.TREATMENT.bit)})
    for name in ("referral", "placement_contract"):
        waiting = record(table_named(name), inbox_id=INBOX)
        viewer = {"compiling_grantee": str(INBOX)}
        found = Case("waits", name, "sees", True, waiting, COMPILER, viewer=viewer)
        yield from (found, found.but("elsewhere", viewer={"compiling_grantee": str(OTHER)}))
