"""Boundary worlds: facts that would open something, many of them wrong in one single dimension."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from app import tables
from app.access.ceilings import roles_of
from app.access.facts import ClientBsn
from app.access.vocabulary import (
    EVERY_CATEGORY,
    FITTING_PURPOSES,
    Category,
    OrganisationKind,
    Purpose,
    Role,
    mask_of,
)
from app.access.world import MandateKind
from app.domain.client.actions.clients import _place
from tests.build.stage import BSN, Party, Stage
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
    ("other_ggz_desk", Role.PRIVACY_DESK, "other_ggz"),
    ("ggz_supervisor", Role.SUPERVISOR, "ggz"),
    ("misfit", Role.CLINICIAN, "uwv"),
)
"""Beside the parties of H1; the last is a dirty value: a role that its organisation cannot have."""
MACHINES = {key: UUID(int=place) for place, key in enumerate(("ggz", "other_ggz", "uwv"), 1)}
FROM_18 = ("written_authorisation", "financial_administrator", "legal_guardian",
           "personal_care_guardian", "relative")  # fmt: skip
AGES = (40, 14, 18, 14, 12, 16, 40, 14, 17, 40)
GLASS_AGES = (timedelta(0), timedelta(hours=1), timedelta(hours=3), timedelta(days=1) - TICK,
              timedelta(days=1), timedelta(days=2))  # fmt: skip
EVERY_PURPOSE = sum(purpose.bit for purpose in Purpose)
SUPERVISES = (("supervisor", "coach"), ("supervisor", "coach_colleague"), ("supervisor", "expert"),
              ("uwv_supervisor", "expert"), ("uwv_supervisor", "coach"),
              ("uwv_supervisor", "misfit"), ("ggz_supervisor", "ips"))  # fmt: skip
STANDS_IN = (("clinician", "colleague"), ("expert", "expert_colleague"),
             ("coach", "coach_colleague"), ("coach", "job_coach"),
             ("clinician", "other_clinician"), ("case_manager", "expert_colleague"))  # fmt: skip
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


def more_machines(stage: Stage) -> None:
    """Once per stage: client systems; the one of UWV has no treatment to record."""
    with stage.database.connect_as_superuser() as db:
        for key, machine in MACHINES.items():
            row = {"id": machine, "organisation_id": stage.organisations[key], "name": key}
            insert(db, "machine", {**row, "scope": "trede.read trede.write"})


class BoundaryWorld(RandomWorld):
    """One client; each fact is right, or off in one dimension, or ends on the very edge."""

    alone = False
    """Leaves what is of all clients (memberships, stand-ins, supervisors) as it is."""

    @property
    def machines(self) -> dict[UUID, UUID]:
        """Client systems that act for their organisation."""
        return {MACHINES[key]: self.stage.organisations[key] for key in MACHINES}

    def put(self) -> None:
        if not self.alone:
            self._parties()
        super().put()

    def _parties(self) -> None:
        with self.stage.database.connect_as_superuser() as db:
            db.execute("DELETE FROM substitution")
            db.execute("DELETE FROM supervision")
            db.execute("UPDATE membership SET valid_from = '2020-01-01', valid_until = NULL")
            db.execute(
                "UPDATE organisation SET policy_version = %s WHERE kind = 'ggz_provider'",
                [self.random.choice((1, 1, 2))],
            )
            for key, machine in MACHINES.items():
                off = NOW if key == "other_ggz" and self.random.random() < 0.5 else None
                db.execute("UPDATE machine SET disabled_at = %s WHERE id = %s", [off, machine])
            for key in ("ips", "hired_ips"):
                db.execute(
                    "UPDATE membership SET employed = %s WHERE id = %s",
                    [self._in_turn(True, False), self.stage.parties[key].membership],
                )
            supervised = {self.stage.parties[below].membership for _, below in SUPERVISES}
            for party in self.members():
                if self.random.random() < (0.3 if party.membership in supervised else 0.1):
                    since, until = self._period(off=True)
                    db.execute(
                        "UPDATE membership SET valid_from = %s, valid_until = %s WHERE id = %s",
                        [since, until, party.membership],
                    )
            if self.lapsed:
                db.execute(
                    "UPDATE membership SET valid_from = %s, valid_until = %s WHERE id = %s",
                    [LONG_AGO, NOW, self.stage.parties["coach"].membership],
                )
                db.execute(
                    "UPDATE membership SET valid_from = %s, valid_until = NULL WHERE id = %s",
                    [LONG_AGO, self.stage.parties["supervisor"].membership],
                )

    def members(self) -> list[Party]:
        return [p for p in self.stage.parties.values() if p.membership is not None and p.inbox]

    # --- facts -------------------------------------------------------------------------------

    def _facts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for table, row in self._all_facts():
            yield table, row
            if self.random.random() < 0.05 and "valid_until" in row and table != "account_link":
                since, until = self._period()
                again = {"id": uuid4(), "valid_from": since, "valid_until": until or _later(row)}
                if table not in {"representative", "supporter"}:
                    yield table, {**row, **again}

    def _all_facts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        self.covers = self._some(STANDS_IN, 3)
        yield from self._seats()
        yield from self._tasks()
        for _ in range(6):
            yield "consent", self._consent(self.random.choice(self.members()))
        if not self.alone:
            yield from self._colleagues()
        for _ in range(5):
            yield from self._agreed(self._aimed_consent())
        for key in ("employer", "coach", "psychologist", "ips")[: 4 if 12 <= self.age < 16 else 1]:
            yield from self._agreed(self._right_consent(self.stage.parties[key]))
        for key in ("case_manager", "other_expert"):
            yield from self._aimed_referral(self.stage.parties[key])
        yield from self._aimed_block()
        yield from self._people()
        yield from self._single_records()
        yield from self._emergencies()
        yield from self._systems()
        yield from self._off_in_one()

    def _off_in_one(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What chance seldom meets: all is right but for one thing."""
        trajectory, always = self.trajectories[0], {"valid_from": LONG_AGO, "valid_until": None}
        for key in ("employer", "coach", "psychologist", "ips"):
            if 12 <= self.age < 16:
                row = self._right_consent(self.stage.parties[key])
                for giver, sender in (("client", "ggz"), ("representative", "uwv")):
                    of = {"sender_organisation_id": self.stage.organisations[sender]}
                    yield "consent", {**row, **of, "id": uuid4(), "given_by": giver}
        if self.lapsed:
            below = self.stage.parties["coach"].membership
            seat = {"membership_id": below, "trajectory_id": trajectory}
            more = {"commissioned_by": "uwv", "keeps_own_records": True}
            yield "participant", {**self._dated(**seat, **more), **always}

    @property
    def lapsed(self) -> bool:
        """The coach just left, and is still supervised."""
        return not self.alone and self._in_turn(False, False, True, False)

    def _agreed(self, row: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """From 12 to 15 with the parent's beside it, now and then about something else."""
        if not 12 <= self.age < 16:
            yield "consent", row
            return
        organisations = self.stage.organisations
        yield "consent", {**row, "sender_organisation_id": organisations["ggz"]}
        off: tuple[dict[str, Any], ...] = (
            {},
            {},
            {"sender_organisation_id": organisations["ggz"]},
            {"sender_organisation_id": organisations["uwv"]},
            {"sender_organisation_id": organisations["uwv"]},
            {"categories": Category.WORK_HISTORY.bit},
            {"withdrawn_at": NOW},
        )
        theirs = {"id": uuid4(), "given_by": "representative"}
        yield "consent", {**row, **theirs, **self._either(*off)}

    def _right_consent(self, to: Party) -> dict[str, Any]:
        """To somebody who works here, and right in all dimensions."""
        trajectory = self.seats.get(to.membership) or self._either(*self.trajectories)
        return {
            **self._consent(to),
            "given_by": "representative" if self.age < 12 else "client",
            "trajectory_id": self._either(None, trajectory),
            "recipient_organisation_id": to.organisation,
            "recipient_role": to.role,
            "recipient_membership_id": None,
            "sender_organisation_id": None,
            "record_id": None,
            "withdrawn_at": None,
            "valid_from": LONG_AGO,
            "valid_until": None,
            "categories": EVERY_CATEGORY,
            "purposes": EVERY_PURPOSE,
        }

    def _aimed_consent(self) -> dict[str, Any]:
        """The same, apart from one dimension."""
        parties = self.stage.parties
        keys = ("clinician", "ips", "coach", "expert", "case_manager", "employer", "physician")
        row = self._right_consent(parties[self._either(*keys)])
        other = [t for t in self.trajectories if t != row["trajectory_id"]]
        off: tuple[dict[str, Any], ...] = (
            {},
            {"valid_from": NOW + TICK},
            {"valid_until": NOW},
            {"withdrawn_at": NOW},
            {"recipient_organisation_id": parties["other_ggz_desk"].organisation},
            {"recipient_role": Role.JOB_COACH},
            {"recipient_membership_id": parties["misfit"].membership},
            {"categories": Category.WORK_HISTORY.bit},
            {"purposes": Purpose.BENEFIT_ADMINISTRATION.bit},
            {"trajectory_id": other[0]},
            {"given_by": self._either("client", "representative")},
        )
        changed: dict[str, Any] = row | self._either(*off)
        return changed

    def _aimed_referral(self, to: Party) -> Iterator[tuple[str, dict[str, Any]]]:
        """Waits in the inbox, agreed to by a consent; right in all dimensions but one."""
        trajectory, clinician = self._either(*self.trajectories), self.stage.parties["clinician"]
        row = {
            **self._referral(to),
            "trajectory_id": trajectory,
            "controller_organisation_id": clinician.organisation,
            "recorded_at": LONG_AGO,
            "accepted_at": None,
            "refused_at": None,
            "withdrawn_at": None,
        }
        yield (
            "referral",
            row
            | self._in_turn(
                {}, {"recorded_at": NOW + TICK}, {}, {"accepted_at": NOW}, {"refused_at": NOW}
            ),
        )
        identity, every = Category.IDENTITY.bit, EVERY_CATEGORY
        opened = self._in_turn(identity, every, every, every, every)
        row = {**self._right_consent(to), "trajectory_id": trajectory, "categories": opened}
        yield from self._agreed(row)

    def _aimed_block(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Of somebody who works here, now or until just now."""
        for key in self._some(("clinician", "psychologist", "coach", "expert", "ips"), 2):
            barred = self._block(self.stage.parties[key])
            since, until = self._either((NOW, None), (LONG_AGO, NOW + TICK), (LONG_AGO, NOW))
            yield "block", {**barred, "valid_from": since, "valid_until": until}

    def _seats(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Whoever stands in has no seat of the own, nor who has yet to accept; others mostly do."""
        quiet = {substitute for _, substitute in self.covers}
        quiet |= self._in_turn({"case_manager"}, set(), {"case_manager"}, set(), set())
        self.seats: dict[UUID | None, UUID] = {}
        for key, party in self.stage.parties.items():
            if not party.inbox or key in quiet:
                continue
            seat = {
                "membership_id": party.membership,
                "commissioned_by": self._either("uwv", "municipality", "employer", None),
                "keeps_own_records": self.random.random() < 0.5,
            }
            for trajectory in self.trajectories:
                if self.random.random() < 0.6:
                    self.seats[party.membership] = trajectory
                    yield "participant", self._dated(trajectory_id=trajectory, **seat)
            if self.random.random() < 0.5:
                yield "treatment_team_member", self._dated(membership_id=party.membership)

    def _tasks(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for key in ("uwv", "municipality", "other_uwv"):
            for trajectory in self.trajectories:  # more than one body at a time, as never should be
                body = {
                    "trajectory_id": trajectory,
                    "organisation_id": self.stage.organisations[key],
                }
                if self.random.random() < 0.8:
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
            given_by=self._giver(),
            sender_organisation_id=self._either(
                None, None, self.stage.organisations["ggz"], self.stage.organisations["uwv"]
            ),
            recipient_organisation_id=to.organisation,
            recipient_role=to.role,
            recipient_membership_id=self._either(None, None, to.membership),
            categories=mask_of(set(self._some(opened, self._either(1, 4, 27)))),
            purposes=self._purposes(to),
            text_version="1",
            given_how="portal",
        )
        if self.random.random() < 0.2:
            row["withdrawn_at"] = self._edge()
        if self.random.random() < 0.15:
            row["record_id"] = self._record_of(opened)
        if self.random.random() < 0.25:
            self._elsewhere(row)
        return row

    def _giver(self) -> str:
        """Mostly by whom it counts at this age (domain part E8)."""
        fits = "representative" if self.age < 12 else "client"
        return str(self._either(fits, fits, fits, "client", "representative"))

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
        for table, row in super()._people():
            if table in {"representative", "supporter"}:
                yield from self._close_by(table, row)
                continue
            if table == "account_link" and self.random.random() < 0.2:
                row["valid_from"], row["valid_until"] = self._period(off=True)
            yield table, row
        yield from self._more_representatives()

    def _more_representatives(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each kind of mandate in turn, for everything, mostly in force."""
        kinds = list(MandateKind)
        for place in range(3):
            kind = kinds[(self.seed + 2 * place) % len(kinds)]
            hat, account, name = uuid4(), uuid4(), f"representative {place}"
            subject = f"subject-{account}"
            yield "account", {"id": account, "issuer": self.stage.issuer.url, "subject": subject}
            link = {"id": hat, "account_id": account, "client_id": self.client}
            since = {"valid_from": LONG_AGO}
            yield "account_link", {**link, **since, "role": "representative", "linked_by": account}
            row = self._dated(kind=kind, scope=EVERY_CATEGORY, name=name, evidence="paper")
            yield "representative", {**row, "id": hat}
            self.persons[name] = Party(name, subject, hat, role=Role.REPRESENTATIVE)

    def _close_by(self, table: str, row: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """A mandate that this age mostly allows, barred now and then, sometimes with one above."""
        row["valid_from"], row["valid_until"] = self._period()
        if table == "representative":
            fitting = ("parent",) if self.age < 18 else FROM_18
            row["kind"] = self._either(*fitting)
        if self.random.random() < 0.5:
            row["scope"] = EVERY_CATEGORY
        yield table, row
        if table == "representative" and self.random.random() < 0.3:
            kind, name = self._either(*MandateKind), "Iemand zonder login"
            yield table, {**row, **self._dated(kind=kind, name=name), "id": uuid4()}
        if self.random.random() < 0.3:
            yield (
                "block",
                self._dated(
                    categories=self._either(EVERY_CATEGORY, row["scope"]), person_id=row["id"]
                ),
            )

    def _emergencies(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Glass that was broken, right or off in one dimension; and decisions found too much."""
        row = self._dated(reason="psychiatric_crisis", desk_inbox_id=self.desk)
        off: tuple[dict[str, Any], ...] = (
            {},
            {"reason": ""},
            {"valid_until": NOW},
            {"valid_from": NOW - timedelta(days=1), "valid_until": NOW + TICK},
            {"valid_from": NOW + TICK, "valid_until": NOW + timedelta(hours=4)},
            {"valid_until": NOW + TICK},
        )
        keys = ("clinician", "colleague", "psychologist", "other_clinician")
        for place, key in enumerate(keys):
            who = self.stage.parties[key].membership
            since = NOW - self._either(*GLASS_AGES)
            dated = {"valid_from": since, "valid_until": NOW + timedelta(hours=1)}
            by = {"id": uuid4(), "membership_id": who, "author_id": who}
            wrong = off[(self.seed + place) % len(off)]
            yield "break_glass", {**row, **by, **dated, **wrong}
        if self._in_turn(True, True, False):
            treats = {"membership_id": self.stage.parties["ips"].membership}
            since = {"valid_from": LONG_AGO, "valid_until": None}
            yield "treatment_team_member", {**self._dated(**treats), **since}
        for _ in range(self._either(1, 2, 3)):
            found = self._dated(covers=self._either(EVERY_CATEGORY, self._some_categories()))
            found["valid_until"] = found["valid_until"] or NOW + timedelta(days=30)
            yield "incapacity", found

    def _systems(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for key, machine in MACHINES.items():
            if self.random.random() < 0.8:
                since, until = self._period()
                ids = {"id": uuid4(), "client_id": self.client, "machine_id": machine}
                of = {"organisation_id": self.stage.organisations[key]}
                yield "registration", {**ids, **of, "valid_from": since, "valid_until": until}

    def _colleagues(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Stand-ins and supervisors; some of another organisation or role, as no API makes them."""
        parties = self.stage.parties
        for place, (absent, substitute) in enumerate(self.covers):
            since, until = self._period()
            if place == 0:
                since, until = self._in_turn((LONG_AGO, None), (NOW + TICK, None), (LONG_AGO, NOW))
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
        for above, below in self._some(SUPERVISES, 5):
            since, until = self._period()
            if self.lapsed and (above, below) == SUPERVISES[0]:
                continue
            yield "supervision", self._supervision(above, below, since, until)
        if self.lapsed:
            yield "supervision", self._supervision("supervisor", "coach", LONG_AGO, None)

    def _supervision(
        self, above: str, below: str, since: datetime, until: datetime | None
    ) -> dict[str, Any]:
        return {
            "id": uuid4(),
            "supervisor_membership_id": self.stage.parties[above].membership,
            "supervised_membership_id": self.stage.parties[below].membership,
            "valid_from": since,
            "valid_until": until,
        }

    def _single_records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Contracts, confirmations and requests, which open one thing each."""
        parties, trajectory = self.stage.parties, self._either(*self.trajectories)
        workplace = parties["employer"]
        yield (
            "placement_contract",
            {
                **self._dated(
                    trajectory_id=trajectory,
                    placement_id=self.random.choice(self.records["placement"]),
                    organisation_id=workplace.organisation,
                    inbox_id=workplace.inbox,
                ),
                **self._in_turn({}, {"valid_from": NOW + TICK}, {"valid_until": NOW}, {}),
            },
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

    # --- for who changes a world --------------------------------------------------------------

    def some_consent(self) -> dict[str, Any]:
        return self._consent(self.random.choice(self.members()))

    def stamp(self) -> dict[str, Any]:
        return self._stamp()

    def needed(self, table: str) -> dict[str, Any]:
        return required(next(t for t in tables.client_records() if t.__tablename__ == table))

    def category_of(self, table: str) -> Category:
        return self.categories_of[table]

    # --- chance ------------------------------------------------------------------------------

    def _stamp(self) -> dict[str, Any]:
        """Now and then recorded by a client system for its organisation."""
        row = super()._stamp()
        if self.random.random() > 0.1:
            return row
        key = self._either(*MACHINES)
        machine = {"author_id": MACHINES[key], "author_role": "clinician"}
        return {**row, **machine, "controller_organisation_id": self.stage.organisations[key]}

    @property
    def age(self) -> int:
        """In years, give or take the day."""
        return NOW.year - self._birth_date().year

    def _birth_date(self) -> date:
        """Grown up, or within a day of an age that counts."""
        edge = timedelta(days=self._in_turn(-1, 0, 1))
        years = self._in_turn(*AGES)
        return date(NOW.year - years, NOW.month, NOW.day) + edge

    def _records(self) -> None:
        super()._records()
        row = {**required(ClientBsn), **self._stamp(), "trajectory_id": None, **self._sealed()}
        self._insert("client_bsn", row)
        self.records["client_bsn"] = [row["id"]]
        self.categories_of = {t.__tablename__: t.__category__ for t in tables.client_records()}

    def _sealed(self) -> dict[str, Any]:
        vault = self.stage.app.state.services.vault
        wrapped = vault.new_data_key()
        return {
            "wrapped_key": wrapped,
            "sealed": vault.seal(wrapped, BSN["alfa"].encode(), _place(self.client)),
            "bsn_index": self.random.randbytes(32),
            "confirmed": False,
        }

    def _dated(self, **values: Any) -> dict[str, Any]:
        since, until = self._period()
        row = {**self._stamp(), "trajectory_id": None, **values}
        return {**row, "valid_from": since, "valid_until": until}

    def _period(self, *, off: bool = False) -> tuple[datetime, datetime | None]:
        """Mostly in force; else an edge; now and then reversed or empty."""
        chance = self.random.random()
        if chance < 0.6 and not off:
            return LONG_AGO, self._either(None, NOW + timedelta(days=400))
        if chance < 0.8:
            return self._edge(), None
        return (LONG_AGO if chance < 0.95 else self._edge()), self._edge()

    def _edge(self) -> datetime:
        return NOW + self.random.choice(EDGES)

    def _either(self, *options: Any) -> Any:
        return self.random.choice(options)

    def _in_turn(self, *options: Any) -> Any:
        """Another one in each world, so that a few worlds meet them all."""
        return options[self.seed % len(options)]

    def _some(self, options: Any, count: int) -> list[Any]:
        return self.random.sample(list(options), min(count, len(options)))


def _later(row: dict[str, Any]) -> Any:
    return row["valid_until"]
