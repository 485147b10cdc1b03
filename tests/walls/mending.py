"""Another version of who a client is: for whom it may be, and who goes on answering for it."""

from collections.abc import Iterator

from app.access.vocabulary import EVERY_CATEGORY, Category
from tests.walls.acts import EXISTENCE, table_named
from tests.walls.bench import CLIENT, HAT, INBOX, OTHER, OURS, THEIRS, TRAJECTORY, Case, record
from tests.walls.records import BY_PERSONS, _whose

IDENTITY = Category.IDENTITY.bit


def of_versions() -> Iterator[Case]:
    registered = record(table_named("client"), id=CLIENT, controller_organisation_id=OURS,
                        trajectory_id=None, registered_in="3")  # fmt: skip
    row = record(table_named("client_identity"), author_id=HAT, controller_organisation_id=OURS,
                 trajectory_id=None)  # fmt: skip
    grant = {"creates": IDENTITY, "categories": EXISTENCE}
    theirs = (("client", {**registered, "controller_organisation_id": THEIRS}),)
    base = Case("mended", "client_identity", "adds", True, row, grant=grant,
                beside=(("client", registered),))  # fmt: skip
    yield base
    yield base.but("under its inbox", answer=True, row={"author_id": INBOX})
    yield base.but("under another's name", row={"author_id": OTHER})
    yield base.but("of any trajectory", answer=True, grant={"trajectory_id": None})
    yield base.but("within a trajectory", row={"trajectory_id": TRAJECTORY})
    yield base.but("that only shows", grant={"creates": 0, "categories": EVERY_CATEGORY})
    yield from _whose(base, "creates", IDENTITY)
    yield base.but("for another body", row={"controller_organisation_id": THEIRS})
    yield base.but("for no body", row={"controller_organisation_id": None})
    yield base.but("whom another registered", beside=theirs)
    foreign = base.but("of another body", beside=theirs, row={"controller_organisation_id": THEIRS})
    yield from (foreign, foreign.but("of any trajectory", grant={"trajectory_id": None}))
    oneself = base.but("by the client", answer=True, viewer=BY_PERSONS,
                       grant={"trajectory_id": None})  # fmt: skip
    yield oneself
    yield oneself.but("for another body", row={"controller_organisation_id": THEIRS})
    yield oneself.but("for no body", row={"controller_organisation_id": None})
    yield oneself.but("in one trajectory", grant={"trajectory_id": TRAJECTORY})
    yield oneself.but("as who acts for the client", viewer={"role": "representative"})
