"""Who is asking, and what else this login could be."""

from app.access.hats import Hat
from app.access.login import Login
from app.access.vocabulary import OrganisationKind, Role, Viewer
from app.domain.party.schemas import HatOut, MeOut, PartyRef


async def whoami(login: Login) -> MeOut:
    """The hat in force, if one is chosen or there is only one, and all that can be chosen."""
    viewer, found = await login.viewer(), await login.hats()
    me = MeOut(hats=[_hat(hat, viewer) for hat in found])
    name = next((hat.name for hat in found if hat.name is not None), None)
    if name is not None:
        me.name = name
    if viewer is None:
        return me
    me.role = viewer.role
    if viewer.purpose is not None:
        me.purpose = viewer.purpose
    if viewer.machine_id is not None:
        me.machine_id = viewer.machine_id
    if viewer.membership_id is not None:
        me.membership_id = viewer.membership_id
    return me


def _hat(hat: Hat, viewer: Viewer | None) -> HatOut:
    current = viewer is not None and hat.id == viewer.grantee_id
    role = Role(hat.role)
    if hat.organisation_id is None:
        return HatOut(id=hat.id, role=role, client_id=hat.client_id, current=current)
    organisation = PartyRef(
        id=hat.organisation_id, name=hat.organisation_name, kind=OrganisationKind(hat.kind)
    )
    return HatOut(id=hat.id, role=role, organisation=organisation, current=current)
