"""Who is asking, what else this login could be, and for whom a client system may act."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.directory import filled
from app.access.hats import Hat
from app.access.login import Login
from app.access.pages import cut
from app.access.viewers import is_machine
from app.access.vocabulary import OrganisationKind, Role, Viewer
from app.domain.party.queries import colleagues as queries
from app.domain.party.schemas import ColleagueOut, HatOut, MeOut, PartyRef
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import NotAllowed


async def whoami(login: Login) -> MeOut:
    """The hat in force, if one is chosen or there is only one, and all that can be chosen."""
    viewer, found = await login.viewer(), await login.hats()
    me = MeOut(hats=[_hat(hat, viewer) for hat in found])
    name = next((hat.name for hat in found if hat.name is not None), None)
    if name is not None:
        me.name = name
    if is_machine(login.claims):
        me.machine_id = UUID(login.claims.subject)
    if viewer is None:
        return me
    me.role = viewer.role
    if viewer.purpose is not None:
        me.purpose = viewer.purpose
    if viewer.membership_id is not None:
        me.membership_id = viewer.membership_id
    return me


async def colleagues(
    login: Login, role: Role | None, cursor: str | None, size: int
) -> Page[ColleagueOut]:
    """Those whom `On-Behalf-Of` may name; a client system needs no hat to be told.

    A person has hats instead. Raises Unauthorized for a system that was disabled.
    """
    if not is_machine(login.claims):
        raise NotAllowed("Only a client system acts for colleagues; `GET /v1/me` lists your hats.")
    await login.viewer()
    asked: dict[str, Any] = {"machine": login.claims.subject, "role": role and role.value}

    async def find(after: Any, most: int) -> Sequence[Row[Any]]:
        return await queries.page(login.db, **asked, after=after, size=most)

    found = await cut(
        login,
        find,
        filters=fingerprint(list="colleagues", **asked),
        cursor=cursor,
        size=size,
        start=queries.START,
        position=lambda row: (row.name, row.membership_id),
    )
    return found.page([ColleagueOut(**filled(row)) for row in found.rows])


def _hat(hat: Hat, viewer: Viewer | None) -> HatOut:
    current = viewer is not None and hat.id == viewer.grantee_id
    role = Role(hat.role)
    if hat.organisation_id is None:
        return HatOut(id=hat.id, role=role, client_id=hat.client_id, current=current)
    organisation = PartyRef(
        id=hat.organisation_id, name=hat.organisation_name, kind=OrganisationKind(hat.kind)
    )
    return HatOut(id=hat.id, role=role, organisation=organisation, current=current)
