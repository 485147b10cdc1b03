"""The fifteen invariants of the access model, section 7: a world is changed, and both must follow.

Each puts a world, decides, changes the facts in the tables, and compares what the oracle says then;
the product, row security and HTTP are held to the oracle before and after.
"""

import time
from collections.abc import Awaitable, Callable
from uuid import uuid4

from app.access.vocabulary import EVERY_CATEGORY, Category, Role
from tests.build.stage import Stage
from tests.build.worlds import NOW, insert
from tests.oracle.comparing import Layers, Tally, layers
from tests.oracle.deciding import Decisions, Key
from tests.oracle.facts import PURPOSES
from tests.oracle.worlds import CEILING, EVERY_PURPOSE, TICK, BoundaryWorld

FACTS = (
    "treatment_team_member",
    "participant",
    "responsibility",
    "consent",
    "block",
    "placement_contract",
    "conversation_confirmation",
    "data_subject_request",
    "referral",
    "representative",
    "supporter",
    "break_glass",
    "registration",
)
DATED = FACTS[:8]
Invariant = Callable[[Layers, BoundaryWorld], Awaitable[list[str]]]


def allowed(decided: Decisions) -> set[Key]:
    return set(decided.allowed)


def by_consent(decided: Decisions) -> set[tuple[Key, str]]:
    return {
        (key, fact)
        for key, found in decided.allowed.items()
        for ground, fact in found
        if ground == "consent"
    }


def unequal(what: str, one: set[Key], other: set[Key]) -> list[str]:
    return [f"{what}: {sorted(one ^ other)[:3]}"] if one != other else []


class Changing:
    """Changes the facts of one world straight in the tables, and decides anew."""

    def __init__(self, layers: Layers, world: BoundaryWorld) -> None:
        self.layers, self.world, self.plain = layers, world, layers.plain
        # What holds for the facts as they come to be, also where no act of the API makes them.
        self.plain.execute("SET session_replication_role = replica")

    async def decide(self) -> Decisions:
        """What the oracle says now; the product too at each step, where time allows."""
        if self.layers.thorough:
            await self.layers.stage.recompile(self.world.client)
            return await self.layers.compare(self.world, viewers=4)
        return self.layers.decided(self.world)

    def run(self, table: str, change: str = "", where: str = "") -> None:
        verb = f"UPDATE {table} SET {change}" if change else f"DELETE FROM {table}"
        condition = f" AND {where}" if where else ""
        self.plain.execute(f"{verb} WHERE client_id = %s{condition}", [self.world.client])

    def ids(self, table: str) -> list[str]:
        found = self.plain.execute(
            f"SELECT id FROM {table} WHERE client_id = %s ORDER BY id", [self.world.client]
        )
        return [str(row[0]) for row in found.fetchall()]

    def again(self, table: str, order: str = "id DESC") -> None:
        """The same facts once more, under other ids and in another order."""
        columns = [
            row[0]
            for row in self.plain.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
                " AND column_name <> 'id' AND is_generated = 'NEVER'",
                [table],
            ).fetchall()
        ]
        names = ", ".join(columns)
        self.plain.execute(
            f"INSERT INTO {table} (id, {names}) SELECT gen_random_uuid(), {names} FROM {table}"
            f" WHERE client_id = %s ORDER BY {order}",
            [self.world.client],
        )

    def consent(self, **values: object) -> None:
        row = self.world.some_consent()
        insert(self.plain, "consent", {**self.world.needed("consent"), **row, **values})


async def i01_default_deny(layers: Layers, world: BoundaryWorld) -> list[str]:
    """Without facts nobody sees anything."""
    changing = Changing(layers, world)
    for table in FACTS:
        changing.run(table)
    changing.run("account_link", where="role = 'client'")
    return unequal("allowed without facts", allowed(await changing.decide()), set())


async def i02_ceiling_beats_everything(layers: Layers, world: BoundaryWorld) -> list[str]:
    """A cell `never` stays shut, with a seat and a consent for everything for everybody."""
    changing = Changing(layers, world)
    for party in world.members():
        changing.consent(
            recipient_organisation_id=party.organisation,
            recipient_role=party.role,
            recipient_membership_id=None,
            categories=EVERY_CATEGORY,
            purposes=EVERY_PURPOSE,
            valid_from=NOW,
            valid_until=None,
        )
    roles = {str(p.membership): p.role for p in (*world.members(), *world.persons.values())}
    decided = await changing.decide()
    return [
        f"{roles[hat]} sees {place}"
        for hat, _, place, _ in decided.allowed
        if hat in roles
        and CEILING[world.category_of(place)][roles[hat] or Role.CLIENT].startswith("never")
    ]


async def i03_i04_a_witness_and_all_of_them(layers: Layers, world: BoundaryWorld) -> list[str]:
    """Each grant of the product rests on a fact of this world; each ground is in both."""
    await layers.stage.recompile(world.client)
    rests_on = layers.plain.execute(
        "SELECT DISTINCT basis, basis_id FROM access_grant WHERE client_id = %s", [world.client]
    ).fetchall()
    known = {fact for table in FACTS for fact in Changing(layers, world).ids(table)}
    known |= {str(party.membership) for party in world.persons.values()}
    known |= set(map(str, world.machines))
    for table, column in (("supervision", "id"), ("placement_contract", "placement_id")):
        known |= {str(row[0]) for row in layers.plain.execute(f"SELECT {column} FROM {table}")}
    return [f"{basis} rests on nothing" for basis, fact in rests_on if str(fact) not in known]


async def i05_withdrawn_is_never_given(layers: Layers, world: BoundaryWorld) -> list[str]:
    """From its moment on; also when it began at that very moment, or later."""
    changing = Changing(layers, world)
    changing.run("consent", f"withdrawn_at = '{NOW.isoformat()}'")
    withdrawn = allowed(await changing.decide())
    changing.run("consent", f"valid_from = '{(NOW + TICK).isoformat()}'")
    before_start = allowed(await changing.decide())
    changing.run("consent")
    gone = allowed(await changing.decide())
    records = {key for key in withdrawn if key[2] == "consent"}
    return unequal("withdrawn", withdrawn - records, gone) + unequal(
        "withdrawn before it began", before_start - records, gone
    )


async def i06_periods_are_half_open(layers: Layers, world: BoundaryWorld) -> list[str]:
    """Over at its end and absent before its beginning; there at its beginning."""
    changing, wrong = Changing(layers, world), []
    table = world.random.choice(DATED[:4])
    moment, later = NOW.isoformat(), (NOW + TICK).isoformat()
    changing.run(table, f"valid_from = '{moment}', valid_until = '{later}'")
    there = await changing.decide()
    changing.run(table, f"valid_from = '{(NOW - TICK).isoformat()}', valid_until = '{moment}'")
    if table == "participant":
        changing.run(table, "keeps_own_records = false")
    over = allowed(await changing.decide())
    changing.run(table, f"valid_from = '{later}', valid_until = NULL")
    not_yet = allowed(await changing.decide())
    wrong += unequal(f"{table} over and not begun", over, not_yet)
    facts = set(changing.ids(table))
    changing.run(table)
    gone = {key for key in over if key[3] not in facts}
    wrong += unequal(f"{table} over and gone", gone, allowed(await changing.decide()))
    if table != "block" and not allowed(there) >= over:
        wrong.append(f"{table} takes away when it begins")
    return wrong


async def i07_one_dimension_off(layers: Layers, world: BoundaryWorld) -> list[str]:
    """What a consent opens goes to its own organisation, role, categories and purposes alone."""
    changing = Changing(layers, world)
    before = await changing.decide()
    members = {str(party.membership): party for party in world.members()}
    found = layers.plain.execute(
        "SELECT id, recipient_organisation_id, recipient_role, recipient_membership_id, categories,"
        " purposes FROM consent WHERE client_id = %s",
        [world.client],
    ).fetchall()
    given = {str(row[0]): row[1:] for row in found}
    wrong = []
    for (hat, purpose, place, _), fact in by_consent(before):
        organisation, role, person, categories, purposes = given[fact]
        party, category = members[hat], world.category_of(place)
        if (
            (party.organisation, party.role) != (organisation, role)
            or person not in {None, party.membership}
            or not categories & category.bit
            or not purposes >> PURPOSES.index(purpose) & 1
        ):
            wrong.append(f"{hat} sees {place} by a consent for others")
    return wrong


async def i08_more_consent_never_removes(layers: Layers, world: BoundaryWorld) -> list[str]:
    changing = Changing(layers, world)
    before = allowed(await changing.decide())
    for _ in range(4):
        changing.consent()
    lost = before - allowed(await changing.decide())
    return [f"more consent removed {sorted(lost)[:3]}"] if lost else []


async def i09_a_block_never_adds(layers: Layers, world: BoundaryWorld) -> list[str]:
    """And leaves no ground of consent, treatment or assignment to whom it bars."""
    changing = Changing(layers, world)
    before = allowed(await changing.decide())
    barred = world.stage.parties[world.random.choice(("clinician", "coach", "expert", "ips"))]
    row = {
        **world.needed("block"),
        **world.stamp(),
        "trajectory_id": None,
        "valid_from": NOW,
        "valid_until": None,
        "organisation_id": barred.organisation,
        "categories": EVERY_CATEGORY,
    }
    insert(layers.plain, "block", row)
    decided = await changing.decide()
    added = {key for key in allowed(decided) - before if key[3] != str(row["id"])}
    hats = {str(p.membership) for p in world.members() if p.organisation == barred.organisation}
    kept = {
        ground for (hat, *_), found in decided.allowed.items() if hat in hats for ground, _ in found
    } - {"statutory", "request", "break_glass", "review"}
    return [f"a block added {sorted(added)[:3]}"] * bool(added) + [
        f"a block left {kept}" for _ in range(bool(kept))
    ]


async def i10_order_and_doubles_do_not_matter(layers: Layers, world: BoundaryWorld) -> list[str]:
    changing = Changing(layers, world)
    before = allowed(await changing.decide())
    facts = {fact for table in FACTS for fact in changing.ids(table)}
    for table in DATED:
        changing.again(table)
    doubled = {fact for table in FACTS for fact in changing.ids(table)} - facts
    after = {key for key in allowed(await changing.decide()) if key[3] not in doubled}
    return unequal("doubled", before, after)


async def i11_only_this_client_matters(layers: Layers, world: BoundaryWorld) -> list[str]:
    """Another client's facts, however many, change nothing here."""
    changing = Changing(layers, world)
    before = allowed(await changing.decide())
    other = BoundaryWorld(world.stage, world.seed + 10_000)
    other.alone = True
    other.put()
    await layers.stage.recompile(other.client)
    return unequal("another client", before, allowed(await changing.decide()))


async def i12_two_halves_never_make_a_whole(layers: Layers, world: BoundaryWorld) -> list[str]:
    """One consent for the category and another for the purpose open nothing together."""
    changing = Changing(layers, world)
    changing.run("consent")
    none = await changing.decide()
    for party in world.members():
        to = {
            "recipient_organisation_id": party.organisation,
            "recipient_role": party.role,
            "recipient_membership_id": None,
            "trajectory_id": None,
            "sender_organisation_id": None,
            "record_id": None,
            "withdrawn_at": None,
            "valid_from": NOW,
            "valid_until": None,
        }
        changing.consent(**to, categories=EVERY_CATEGORY, purposes=0b00100)
        changing.consent(**to, categories=0, purposes=EVERY_PURPOSE)
    whole = by_consent(await changing.decide()) - by_consent(none)
    return [f"two halves opened {sorted(whole)[:3]}"] if whole else []


async def i13_dirty_values_fail_closed(layers: Layers, world: BoundaryWorld) -> list[str]:
    """Empty, unknown and reversed values in stored facts open nothing."""
    changing = Changing(layers, world)
    changing.run("consent")
    seat: dict[str, object] = {
        "trajectory_id": world.trajectories[0],
        "valid_from": NOW,
        "valid_until": None,
    }
    dirty: tuple[dict[str, object], ...] = (
        {"categories": 0},
        {"categories": 1 << len(Category)},
        {"purposes": 0},
        {"purposes": 1 << len(PURPOSES)},
        {"recipient_membership_id": world.stage.parties["misfit"].membership},
        {"trajectory_id": uuid4()},
        {"valid_from": NOW, "valid_until": NOW},
        {"valid_from": NOW, "valid_until": NOW - TICK},
        {"withdrawn_at": NOW - TICK},
    )
    for key in ("clinician", "coach", "expert", "employer"):
        party = world.stage.parties[key]
        to = {"recipient_organisation_id": party.organisation, "recipient_role": party.role}
        strange = "ggz" if key == "employer" else "workplace"  # such a role does not work there
        elsewhere: dict[str, object] = {
            "recipient_organisation_id": world.stage.organisations[strange]
        }
        for values in (*dirty, elsewhere):
            changing.consent(**{**seat, **to, **values})
    opened = {key for key, _ in by_consent(await changing.decide())}
    opened = {key for key in opened if key[2] != "client" and "client_" not in key[2]}
    return [f"dirty values opened {sorted(opened)[:3]}"] if opened else []


async def i14_membership_now(layers: Layers, world: BoundaryWorld) -> list[str]:
    """Whoever left sees nothing, whatever the token says."""
    layers.plain.execute("UPDATE membership SET valid_until = %s", [NOW])
    decided = await Changing(layers, world).decide()
    hats = {str(party.membership) for party in world.members()}
    return [f"{key} after leaving" for key in allowed(decided) if key[0] in hats][:3]


INVARIANTS: dict[str, Invariant] = {
    "I01": i01_default_deny,
    "I02": i02_ceiling_beats_everything,
    "I03 and I04": i03_i04_a_witness_and_all_of_them,
    "I05": i05_withdrawn_is_never_given,
    "I06": i06_periods_are_half_open,
    "I07": i07_one_dimension_off,
    "I08": i08_more_consent_never_removes,
    "I09": i09_a_block_never_adds,
    "I10": i10_order_and_doubles_do_not_matter,
    "I11": i11_only_this_client_matters,
    "I12": i12_two_halves_never_make_a_whole,
    "I13": i13_dirty_values_fail_closed,
    "I14": i14_membership_now,
}


async def hold(
    stage: Stage, *, first: int = 500, thorough: bool = False, until: float | None = None
) -> Tally:
    """Every invariant on a world each; what does not hold stands in `wrong`.

    The changed world is asked of every layer at the end, or after each change when `thorough`.
    """
    async with layers(stage) as every:
        every.thorough = thorough
        for name, invariant in INVARIANTS.items():
            if until is not None and time.monotonic() > until:
                break
            world = await every.put(first)
            every.tally.agree(name, f"world {first}", await invariant(every, world), [])
            await stage.recompile(world.client)
            await every.over_http(world, await every.compare(world, viewers=2), 1)
        return every.tally
