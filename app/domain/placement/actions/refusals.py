"""Why a record of one's own cannot be written like this, in the words of the contract."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from app.access.collection import Records
from app.access.session import Session
from app.domain.placement.rules.placements import Wrong
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed


def refuse_faults(found: Iterable[Wrong]) -> None:
    """Raises BadRequest with all of them, if there are any."""
    faults = [Fault("body", pointer, code, text) for pointer, code, text in found]
    if faults:
        raise BadRequest(errors=faults)


async def may_supersede(
    session: Session, records: Records[Any], parent: UUID, earlier: UUID | None
) -> None:
    """Raises unless the earlier version is one's own and the newest.

    Hidden and absent are one answer. The facts of the client are locked by the caller, so of two
    corrections at one moment the second finds the first.
    """
    if earlier is None:
        return
    row = await records.one(session, parent, earlier)
    if row is None:
        refuse_faults([("#/supersedes", "unknown_reference", "There is no such record here.")])
        return
    if row.author_id not in session.viewer.grantees:
        raise NotAllowed("A record is corrected by whoever made it.")
    if row.superseded_by is not None:
        raise Conflict("This record was corrected before; correct the newest version.")
