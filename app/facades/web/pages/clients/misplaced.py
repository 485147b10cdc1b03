"""Taking away what was recorded with the wrong client: which kind, and which record."""

from app.facades.operations import Json, RefusedError
from app.facades.web.about import about
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.kinds import Kind
from app.facades.web.pages.clients.choices import other_clients
from app.facades.web.pages.clients.records import KINDS as OF_CLIENT
from app.facades.web.pages.trajectories.kinds import KINDS as OF_TRAJECTORY
from app.facades.web.rendering import moment
from app.facades.web.site import Pages
from app.facades.web.visits import NOWHERE, Visit
from app.facades.web.words import reading as words

pages = Pages()
AT = "/clients/{client_id}/misplaced-records"
TAKE = f"POST {AT}"
NOT_RECORDS = frozenset({"treatment-team", "representatives", "supporters", "incapacities"})
NOT_RECORDS |= {"misplaced-records", "treatment-work-goals", "contact-preferences", "particulars"}
NOT_RECORDS |= {"participants", "coordinators", "transitions", "pauses", "applications"}
"""Facts about who does what and the process itself; each is put right in its own way."""


@pages.get(f"{AT}/new")
async def which(visit: Visit, client_id: str) -> Shown:
    """The kinds of records that this role makes, under the client and under each trajectory."""
    visit.require(TAKE)
    await visit.see(f"/clients/{client_id}")
    trajectories = await visit.every("/trajectories", clientId=client_id)
    return Shown(
        "clients/misplaced.html",
        about=await about(visit, {"client_id": client_id}),
        base=AT.format(client_id=client_id),
        of_client=_made_by(visit, OF_CLIENT),
        trajectories=trajectories,
        of_trajectory=_made_by(visit, OF_TRAJECTORY),
    )


def _made_by(visit: Visit, kinds: tuple[Kind, ...]) -> list[tuple[str, str]]:
    found = [
        (kind.name, words.act(f"GET {kind.collection}").title)
        for kind in kinds
        if kind.addable and kind.name not in NOT_RECORDS and visit.may(f"POST {kind.collection}")
    ]
    return sorted(found, key=lambda each: each[1])


async def _records(visit: Visit, ids: Ids) -> Options:
    """What one's own role recorded of this kind, the newest first, by the moment."""
    found = await visit.every(_kind(ids).collection.format(**ids))
    own = [each for each in found if each.get("authorRole") == visit.role]
    newest = sorted(own, key=lambda each: str(each["recordedAt"]), reverse=True)
    return [(str(each["id"]), f"Vastgelegd op {moment(each['recordedAt'])}") for each in newest]


async def _fixed(visit: Visit, ids: Ids) -> Json:
    kind = _kind(ids)
    return {"category": visit.contract.operation(f"GET {kind.record}").categories[0]}


async def _looked(visit: Visit, ids: Ids) -> Json:
    """A client that one may not know of has no form either."""
    _kind(ids)
    await visit.see(f"/clients/{ids['client_id']}")
    return {}


def _kind(ids: Ids) -> Kind:
    """Raises RefusedError, as for any address that is not there."""
    kinds = OF_TRAJECTORY if "trajectory_id" in ids else OF_CLIENT
    found = next((kind for kind in kinds if kind.name == ids["kind"]), None)
    if found is None or found.name in NOT_RECORDS:
        raise RefusedError(NOWHERE)
    return found


for _path in (f"{AT}/new/{{kind}}", f"{AT}/new/{{trajectory_id}}/{{kind}}"):
    add_form(
        pages,
        _path,
        Form(
            TAKE,
            then=AT,
            begins=_looked,
            fixed=_fixed,
            choices={"recordId": _records, "rightClientId": other_clients},
            without=frozenset({"category"}),
            note="clients/taking_away.html",
        ),
    )
