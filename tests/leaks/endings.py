"""Two more ways in which worlds may differ: what was given and withdrawn, and who is no more.

World A had the thing, world B never had it. What the viewer rightly learned meanwhile is his, and
so are his own looks on the log; from then on both worlds must answer him alike.
"""

import random
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.access.facts import Participant, Responsibility, TreatmentTeamMember
from tests.bench.data import bsn_of
from tests.build.situations import Situation
from tests.domain.consent.asking import consent
from tests.domain.rights.asking import destroying, held, refusing
from tests.domain.rights.test_erase import where_all_is_destroyed
from tests.leaks.listening import heard
from tests.leaks.script import LISTS
from tests.leaks.sides import Side
from tests.leaks.twins import FORMS, Pair
from tests.leaks.world import DESKS, later
from tests.oracle.facts import matrix

RECIPIENTS = ("coach", "clinician", "psychologist", "expert")
CEILING = matrix("ceiling_v1.csv")
"""The client lets a viewer see all that a consent can open for that role, and takes it back."""
Ending = Callable[[Side, Situation, str], Awaitable[None]]


def client_of(side: Side, key: str = "alfa") -> Situation:
    rows: Any = side.system.execute(
        "SELECT l.client_id, t.id FROM client_identity l JOIN trajectory t USING (client_id)"
        " WHERE l.family_name = %s",
        [key.capitalize()],
    ).fetchone()
    return Situation(side.stage, *rows)


async def withdrawn(pair: Pair, _: random.Random) -> None:
    """A consent that the viewer used and that is withdrawn, against one that was never given.

    The viewer was its recipient: that there was such a consent he may go on reading, so what tells
    of consents is not asked. The consent is tied to no trajectory, so its course tells nothing.
    """
    side, alfa = pair.a, client_of(pair.a)
    side.at(later(-300))
    side.chance.turn("given")
    role = side.stage.parties[pair.viewer].role or ""
    words = [row["category"] for row in CEILING if row[role].startswith("consent")]
    body = consent(alfa, None, pair.viewer, *words)
    del body["trajectoryId"]
    body["allTrajectories"] = True
    made = await side.stage.made("alfa", f"{alfa.of_client}/consents", body)
    await _looked(side, alfa, pair.viewer)
    await heard(pair, "while it stood", alfa.client)
    side.at(later(-200))
    side.chance.turn("withdrawn")
    await side.stage.made("alfa", f"/v1/consents/{made['id']}/withdrawals")
    pair.silent = ("/consents",)
    pair.rows = False  # the viewer's own grant that ended stays among his rows; he knows of it


async def _looked(side: Side, of: Situation, viewer: str) -> None:
    """The viewer reads every list while it is open."""
    ids = {"client_id": of.client, "trajectory_id": of.trajectory}
    role = side.stage.parties[viewer].role
    for op in LISTS:
        if role in op.roles and ids.keys() >= {name for _, name in op.parameters}:
            answer = await side.stage.get(viewer, op.at(ids))
            assert answer.status_code < 500, (str(op), answer.text)
    await side.stage.get(viewer, "/v1/tasks")
    await side.stage.get(viewer, f"{of.of_trajectory}/ladder")


def gone(ending: Ending) -> Callable[[Pair, random.Random], Awaitable[None]]:
    """A client whom the viewer worked with and who is no more, against one who never was.

    `ending` makes an end of the client on side A, as the viewer's organisation knows it. What an
    ending must leave behind is nothing that this viewer can tell from a client who never came.
    """

    async def form(pair: Pair, _: random.Random) -> None:
        pair.a.at(later(-600))
        pair.a.chance.turn("one more client")
        kim = Situation(
            pair.a.stage,
            await pair.a.stage.client("kim", by="other_clinician", bsn=bsn_of(30)),
        )
        await kim.begin()
        await kim.responsible("uwv")
        if pair.viewer in {"clinician", "psychologist"}:
            await kim.treat(pair.viewer)
        else:
            await kim.assign(pair.viewer)
        seen = await pair.a.stage.get(pair.viewer, kim.of_client)
        assert seen.status_code == 200, seen.text
        await _looked(pair.a, kim, pair.viewer)
        await heard(pair, "while it lasted", kim.client)
        pair.a.at(later(-300))
        pair.a.chance.turn("the end")
        await ending(pair.a, kim, pair.viewer)
        pair.numbers.append(bsn_of(30))
        pair.rows = False  # rows made later lie in the gaps, so own grants are met in another order

    return form


async def links_ended(side: Side, of: Situation, _: str) -> None:
    """All that ties anybody to this client ends now; the records stay with their controllers."""
    for table in (Participant, TreatmentTeamMember, Responsibility):
        side.system.execute(
            f"UPDATE {table.__tablename__} SET valid_until = moment() WHERE client_id = %s",
            [of.client],
        )
    await side.stage.recompile(of.client)


async def deleted(side: Side, of: Situation, _: str) -> None:
    """Every row that names this client goes, from every table that has one."""
    tables = side.system.execute(
        "SELECT DISTINCT table_name FROM information_schema.columns"
        " WHERE column_name = 'client_id' AND table_schema = 'public' AND table_name <> 'client'"
    ).fetchall()
    with side.system.transaction():
        side.system.execute("SET LOCAL session_replication_role = replica")
        for (name,) in [*sorted(tables), ("client",)]:
            side.system.execute(f'DELETE FROM "{name}" WHERE client_id = %s', [of.client])


async def erased(side: Side, of: Situation, _: str) -> None:
    """The client asks every organisation to destroy its part; who registered the client is last."""
    stage = side.stage
    before = stage.app.state.services
    with tempfile.TemporaryDirectory() as folder:
        retention = where_all_is_destroyed(Path(folder))
        stage.app.state.services = replace(before, retention=retention)
        try:
            for organisation in ("uwv", "company", "ggz", "other_ggz"):
                await _destroyed_by(side, of, organisation)
        finally:
            stage.app.state.services = before
    rows: Any = side.system.execute("SELECT FROM client WHERE id = %s", [of.client])
    assert rows.fetchall() == []


async def _destroyed_by(side: Side, of: Situation, organisation: str) -> None:
    stage, desk = side.stage, DESKS[organisation]
    body = {"kind": "erasure", "organisationId": str(stage.organisations[organisation])}
    made = await stage.made("kim", f"{of.of_client}/data-subject-requests", body)
    request = f"/v1/data-subject-requests/{made['id']}"
    last = organisation == "other_ggz"
    for category in {item["category"] for item in await held(stage, request, desk)}:
        stays = category in {"existence", "identity", "bsn"} and not last
        decision = refusing(category) if stays else destroying(category)
        await stage.made(desk, f"{request}/decisions", decision)
    await stage.made(desk, f"{request}/answers", {"answer": "Wij hebben alles vernietigd."})


ENDINGS: dict[str, Ending] = {"links ended": links_ended, "deleted": deleted, "erased": erased}
"""The ways in which a client can be no more; one that is added here is hunted with the others."""
FORMS["withdrawn"] = withdrawn
FORMS |= {name: gone(ending) for name, ending in ENDINGS.items()}
