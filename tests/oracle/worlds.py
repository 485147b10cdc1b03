"""Boundary worlds: facts that would open something, many of them wrong in one single dimension."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from app.access.ceilings import roles_of
from app.access.vocabulary import (
    FITTING_PURPOSES,
    Category,
    OrganisationKind,
    Purpose,
    Role,
    mask_of,
)
from tests.build.stage import Party, Stage
from tests.build.worlds import NOW, RandomWorld, insert, required
from tests.oracle.facts import CATEGORIES, matrix

TICK = timedelta(microseconds=1)
EDGES = (-TICK, timedelta(0), TICK, timedelta(days=-1), timedelta(days=1))
LONG_AGO = NOW - timedelta(days=400)
MORE = (
    ("ips", Role.IPS_COACH, "ggz"),
    ("hired_ips", Role.IPS_COACH, "ggz"),
    ("supervisor", Role.SUPERVISOR, "company"),
    ("uwv_supervisor", Role.SUPERVISOR, "uwv"),
    ("ggz_desk", Role.PRIVACY_DESK, "ggz"),
    ("uwv_desk", Role.PRIVACY_DESK, "uwv"),
    ("job_coach", Role.JOB_COACH, "company"),
    ("reporter", Role.REPORTING, "ggz"),
    ("officer", Role.DATA_PROTECTION_OFFICER, "uwv"),
    ("employer_colleague", Role.EMPLOYER, "workplace"),
    ("misfit", Role.CLINICIAN, "uwv"),
)
"""Beside the parties of H1; the last is a dirty value: a role that its organisation cannot have."""
SUPERVISES = (("supervisor", "coach"), ("supervisor", "coach_colleague"), ("supervisor", "expert"),
              ("uwv_supervisor", "expert"), ("uwv_supervisor", "coach"))  # fmt: skip
STANDS_IN = (("clinician", "colleague"), ("expert", "expert_colleague"),
             ("coach", "coach_colleague"), ("coach", "job_coach"),
             ("clinician", "other_clinician"))  # fmt: skip
CEILING = {row["category"]: row for row in matrix("ceiling_v1.csv")}


def more_parties(stage: Stage) -> None:
    """Once per stage: the roles that H1 does not have."""
    for key, role, organisation in MORE:
        if key == "misfit":
            assert role not in roles_of(OrganisationKind.UWV)
            row = {"id": uuid4(), "organisation_id": stage.organisations["uwv"], "role": role}
            with stage.database.connect_as_superuser() as db:
                insert(db, "inbox", row)
        stage.member(key, role, organisation, key)
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "UPDATE membership SET employed = false WHERE id = %s",
            [stage.parties["hired_ips"].membership],
        )


class BoundaryWorld(RandomWorld):
    """One client; each fact is right, or off in one dimension, or ends on the very edge."""

    def put(self) -> None:
        with self.stage.database.connect_as_superuser() as db:
            db.execute("DELETE FROM substitution")
            db.execute("DELETE FROM supervision")
            db.execute("UPDATE membership SET valid_from = '2020-01-01', valid_until = NULL")
            db.execute(
                "UPDATE organisation SET policy_version = %s WHERE kind = 'ggz_provider'",
                [self.random.choice((1, 1, 2))],
            )
            for party in self.members():
                if self.random.random() < 0.1:
                    since, until = self._period(off=True)
                    db.execute(
                        "UPDATE membership SET valid_from = %s, valid_until = %s WHERE id = %s",
                        [since, until, party.membership],
                    )
        super().put()

    def members(self) -> list[Party]:
        return [p for p in self.stage.parties.values() if p.membership is not None and p.inbox]

    # --- facts -------------------------------------------------------------------------------

    def _facts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for table, row in self._all_facts():
            yield table, row
            if self.random.random() < 0.05 and "valid_until" in row and table != "account_link":
                since, until = self._period()
                again = {"id": uuid4(), "valid_from": since, "valid_until": until}
                if table not in {"representative", "supporter"}:
                    yield table, {**row, **again}

    def _all_facts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        yield from self._seats()
        yield from self._tasks()
        for _ in range(6):
            yield "consent", self._consent(self.random.choice(self.members()))
        for _ in range(self.random.choice((0, 1, 2))):
            yield "block", self._block(self.random.choice(self.members()))
        yield from self._people()
        yield from self._colleagues()
        yield from self._single_records()

    def _seats(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for party in self.members():
            seat = {
                "membership_id": party.membership,
                "commissioned_by": self._either("uwv", "municipality", "employer", None),
                "keeps_own_records": self.random.random() < 0.5,
            }
            for trajectory in self.trajectories:
                if self.random.random() < 0.5:
                    yield "participant", self._dated(trajectory_id=trajectory, **seat)
            if self.random.random() < 0.5:
                yield "treatment_team_member", self._dated(membership_id=party.membership)

    def _tasks(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for key in ("uwv", "municipality", "other_uwv"):
            for trajectory in self.trajectories:
                body = {
                    "trajectory_id": trajectory,
                    "organisation_id": self.stage.organisations[key],
                }
                if self.random.random() < 0.5:
                    yield "responsibility", self._dated(**body)
        for key in self._some(["expert", "case_manager", "other_expert", "physician"], 2):
            yield "referral", self._referral(self.stage.parties[key])

    def _referral(self, to: Party) -> dict[str, Any]:
        answer = self._either("accepted_at", "refused_at", "withdrawn_at", None)
        row = {
            **self._stamp(),
            "trajectory_id": self._either(*self.trajectories),
            "organisation_id": to.organisation,
            "inbox_id": to.inbox,
            "role": to.role,
        }
        if self.random.random() < 0.5:
            row["recorded_at"] = self._edge()
        return row if answer is None else {**row, answer: self._edge()}

    def _consent(self, to: Party) -> dict[str, Any]:
        opened = self._openable(to)
        row = self._dated(
            trajectory_id=self._either(None, *self.trajectories),
            kind="secrecy_waiver",
            given_by="client",
            sender_organisation_id=self._either(
                None, None, self.stage.organisations["ggz"], self.stage.organisations["uwv"]
            ),
            recipient_organisation_id=to.organisation,
            recipient_role=to.role,
            recipient_membership_id=self._either(None, to.membership),
            categories=mask_of(set(self._some(opened, self._either(1, 4, 27)))),
            purposes=self._purposes(to),
            text_version="1",
            given_how="portal",
        )
        if self.random.random() < 0.3:
            row["withdrawn_at"] = self._edge()
        if self.random.random() < 0.2:
            row["record_id"] = self._record_of(opened)
        if self.random.random() < 0.3:
            self._elsewhere(row)
        return row

    def _elsewhere(self, row: dict[str, Any]) -> None:
        """One dimension of the recipient is off."""
        other = self.random.choice(self.members())
        column, value = self._either(
            ("recipient_organisation_id", other.organisation),
            ("recipient_role", other.role),
            ("recipient_membership_id", other.membership),
        )
        row[column] = value

    def _openable(self, to: Party) -> list[Category]:
        if to.role is None or self.random.random() < 0.2:
            return list(Category)
        found = [
            Category(word)
            for word in CATEGORIES
            if not CEILING[word][to.role].startswith(("never", "own", "request", "grouped"))
        ]
        return found or list(Category)

    def _purposes(self, to: Party) -> int:
        fitting = FITTING_PURPOSES[to.role] if to.role else ()
        if fitting and self.random.random() < 0.7:
            return sum(purpose.bit for purpose in fitting)
        return self.random.choice(list(Purpose)).bit

    def _record_of(self, categories: list[Category]) -> UUID:
        fits = [
            ids
            for name, ids in self.records.items()
            if self.categories_of[name] in categories and ids
        ]
        return self.random.choice(self.random.choice(fits or list(self.records.values())))

    def _block(self, party: Party) -> dict[str, Any]:
        person = self.random.random() < 0.5
        return self._dated(
            organisation_id=None if person else party.organisation,
            membership_id=party.membership if person else None,
            categories=self._some_categories(),
        )

    def _people(self) -> Iterator[tuple[str, dict[str, Any]]]:
        kinds = ("written_authorisation", "financial_administrator", "legal_guardian")
        for table, row in super()._people():
            if table in {"representative", "supporter"}:
                since, until = self._period()
                row |= {"valid_from": since, "valid_until": until}
                if table == "representative":
                    row["kind"] = self.random.choice(kinds)
            elif table == "account_link" and self.random.random() < 0.2:
                row["valid_from"], row["valid_until"] = self._period(off=True)
            yield table, row

    def _colleagues(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Stand-ins and supervisors; some of another organisation or role, as no API makes them."""
        parties = self.stage.parties
        for absent, substitute in self._some(STANDS_IN, 3):
            since, until = self._period()
            yield (
                "substitution",
                {
                    "id": uuid4(),
                    "absent_membership_id": parties[absent].membership,
                    "substitute_membership_id": parties[substitute].membership,
                    "recorded_by": parties[absent].membership,
                    "valid_from": since,
                    "valid_until": until or NOW + timedelta(days=30),
                },
            )
        for above, below in self._some(SUPERVISES, 3):
            since, until = self._period()
            yield (
                "supervision",
                {
                    "id": uuid4(),
                    "supervisor_membership_id": parties[above].membership,
                    "supervised_membership_id": parties[below].membership,
                    "valid_from": since,
                    "valid_until": until,
                },
            )

    def _single_records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Contracts, confirmations and requests, which open one thing each."""
        parties, trajectory = self.stage.parties, self._either(*self.trajectories)
        workplace = parties["employer"]
        yield (
            "placement_contract",
            self._dated(
                trajectory_id=trajectory,
                placement_id=self.random.choice(self.records["placement"]),
                organisation_id=workplace.organisation,
                inbox_id=workplace.inbox,
            ),
        )
        for party in self._some(self.members(), 4):
            yield (
                "conversation_confirmation",
                self._dated(
                    trajectory_id=trajectory,
                    conversation_id=self.random.choice(self.records["start_conversation"]),
                    membership_id=party.membership,
                ),
            )
        for key in self._some(["ggz_desk", "uwv_desk"], self._either(0, 1, 2)):
            desk = parties[key]
            yield (
                "data_subject_request",
                self._dated(
                    trajectory_id=None,
                    organisation_id=desk.organisation,
                    inbox_id=desk.inbox,
                    kind="access",
                ),
            )

    # --- chance ------------------------------------------------------------------------------

    def _records(self) -> None:
        super()._records()
        self.categories_of = {t.__tablename__: t.__category__ for t in _tables()}

    def _dated(self, **values: Any) -> dict[str, Any]:
        since, until = self._period()
        row = {**self._stamp(), "trajectory_id": None, **values}
        return {**row, "valid_from": since, "valid_until": until}

    def _period(self, *, off: bool = False) -> tuple[datetime, datetime | None]:
        """Mostly in force; else an edge; now and then reversed or empty."""
        chance = self.random.random()
        if chance < 0.5 and not off:
            return LONG_AGO, self._either(None, NOW + timedelta(days=400))
        if chance < 0.7:
            return self._edge(), None
        return (LONG_AGO if chance < 0.95 else self._edge()), self._edge()

    def _edge(self) -> datetime:
        return NOW + self.random.choice(EDGES)

    def _either(self, *options: Any) -> Any:
        return self.random.choice(options)

    def _some(self, options: Any, count: int) -> list[Any]:
        return self.random.sample(list(options), min(count, len(options)))


def _tables() -> Any:
    from app import tables  # noqa: PLC0415

    return tables.client_records()


__all__ = ["BoundaryWorld", "more_parties", "required"]
