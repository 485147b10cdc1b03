"""Client systems over HTTP; how they get a token is in the OAuth facade."""

from app.access.session import Reading, Writing
from app.domain.machine import rules
from app.domain.machine.actions import registering
from app.domain.machine.schemas import KeysIn, MachineIn, MachineOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/machines", tags=["machines"])


@router.post(
    "",
    status_code=201,
    act=rules.REGISTER,
    again=registering.read,
    location="/v1/machines/{id}",
)
async def register_machine(body: MachineIn, session: Writing) -> MachineOut:
    """Register a client system of your organisation with its public keys."""
    return await registering.register(session, body)


@router.get("", act=rules.READ)
async def list_machines(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[MachineOut]:
    """The client systems of your organisation."""
    return await registering.browse(session, cursor, page_size)


@router.get("/{machine_id}", act=rules.READ)
async def read_machine(machine_id: Id, session: Reading) -> MachineOut:
    """One client system of your organisation."""
    return await registering.read(session, machine_id)


@router.patch("/{machine_id}", act=rules.CHANGE)
async def renew_keys(machine_id: Id, body: KeysIn, session: Writing) -> MachineOut:
    """Replace the keys of a client system."""
    return await registering.renew_keys(session, machine_id, body)


@router.post("/{machine_id}/ends", act=rules.CHANGE, again=registering.read, match=True)
async def disable_machine(machine_id: Id, session: Writing) -> MachineOut:
    """Disable a client system for good; its live tokens stop as well."""
    return await registering.disable(session, machine_id)
