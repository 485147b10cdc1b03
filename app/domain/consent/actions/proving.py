"""Proof that the access log is the one that was signed, without trusting who keeps it."""

from uuid import UUID

from app.access.disclosure import preview
from app.access.log import CONTENT, canonical
from app.access.login import Anyone
from app.access.sealed.proofs import consistency_proof, inclusion_proof, published
from app.access.session import Session
from app.domain.consent.actions.access_log import looked, opened
from app.domain.consent.queries import access_log
from app.domain.consent.schemas.proofs import (
    ConsistencyProofOut,
    InclusionProofOut,
    SealedEntryOut,
)
from app.platform.http.problems import BadRequest, Fault, NotFound


async def checkpoint(anyone: Anyone) -> str:
    """The public checkpoint, as a signed note. NotFound before there is one."""
    found = await published(anyone.db, anyone.services.checkpoint_seconds)
    if found is None:
        raise NotFound
    return str(found.note)


async def consistency(anyone: Anyone, old: int, new: int) -> ConsistencyProofOut:
    """Between two sizes up to the public one. Raises BadRequest, NotFound."""
    if old > new:
        detail = "Must not be larger than newSize."
        raise BadRequest(errors=[Fault("query", "#/oldSize", "out_of_range", detail)])
    found = await published(anyone.db, anyone.services.checkpoint_seconds)
    if found is None or new > found.size:
        raise NotFound
    hashes = await consistency_proof(anyone.db, old, new)
    return ConsistencyProofOut(old_size=old, new_size=new, hashes=hashes)


async def inclusion(session: Session, client_id: UUID, entry_id: UUID) -> SealedEntryOut:
    """One entry of this client, and that it stands in the tree. Raises NotFound, NotAllowed."""
    parent, decision = await opened(session, client_id)
    row = await access_log.sealed(session, parent.client_id, entry_id)
    if row is None:
        raise NotFound
    content = canonical({name: getattr(row, name) for name in CONTENT})
    proof = await _proof(session, row.leaf_index)
    session.seen(looked(client_id, entry_id, decision))
    return preview(SealedEntryOut, row, content=content, proof=proof)


async def _proof(session: Session, index: int | None) -> InclusionProofOut | None:
    found = await published(session.db, session.services.checkpoint_seconds)
    if index is None or found is None or index >= found.size:
        return None
    hashes = await inclusion_proof(session.db, index, found.size)
    return InclusionProofOut(
        leaf_index=index, size=found.size, hashes=hashes, checkpoint=found.note
    )
