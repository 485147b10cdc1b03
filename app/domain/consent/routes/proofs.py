"""Checkpoints of the access log and proofs about it; a checkpoint is public, an entry is not."""

from typing import Annotated

from fastapi import Query
from starlette.responses import PlainTextResponse, Response

from app.access.acts import reads
from app.access.session import Passing, Reading
from app.access.vocabulary import Category
from app.domain.consent.actions import proving
from app.domain.consent.schemas.proofs import ConsistencyProofOut, SealedEntryOut
from app.platform.http.routing import Router
from app.platform.http.schemas import Id, Whole

TEXT = "text/plain"
_NOTE = (
    "trede.example/access-log\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 trede.example/access-log Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
    "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
_KEY = "trede.example/access-log+0c8fcd6d+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
Size = Annotated[Whole, Query(ge=1, le=10**17)]

of_client = Router(prefix="/clients/{client_id}/access-log", tags=["consent"])
anywhere = Router(prefix="/access-log", tags=["consent"])


@of_client.get("/{entry_id}/proof", act=reads(Category.ACCESS_LOG))
async def read_proof(client_id: Id, entry_id: Id, session: Reading) -> SealedEntryOut:
    """One entry of the log, and proof that it stands in the public tree."""
    return await proving.inclusion(session, client_id, entry_id)


@anywhere.get(
    "/checkpoint",
    public=True,
    produces=TEXT,
    response_class=PlainTextResponse,
    responses={
        200: {"content": {TEXT: {"example": _NOTE}}},
        404: {"description": "None is public yet; the first is when the next hour begins."},
    },
)
async def read_checkpoint(anyone: Passing) -> Response:
    """The last public checkpoint of the whole log, a signed note of C2SP; renewed each hour.

    An operator may set another period (`TREDE_CHECKPOINT_SECONDS`).
    """
    return PlainTextResponse(await proving.checkpoint(anyone))


@anywhere.get(
    "/verifier-key",
    public=True,
    produces=TEXT,
    response_class=PlainTextResponse,
    responses={200: {"content": {TEXT: {"example": _KEY}}}},
)
async def read_verifier_key(anyone: Passing) -> Response:
    """The public key of the log, in the one-line form of C2SP; keep your own copy."""
    return PlainTextResponse(str(anyone.services.log_key.verifier))


@anywhere.get(
    "/consistency-proof",
    public=True,
    responses={404: {"description": "No public checkpoint has this size yet."}},
)
async def read_consistency_proof(
    anyone: Passing,
    old_size: Annotated[Size, Query(alias="oldSize", examples=[1])],
    new_size: Annotated[Size, Query(alias="newSize", examples=[1])],
) -> ConsistencyProofOut:
    """That the log of an earlier checkpoint is the beginning of that of a later one."""
    return await proving.consistency(anyone, old_size, new_size)
