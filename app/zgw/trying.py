"""Whether both sides let us in as the file says; asks, and writes nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

from app.zgw.calls import LaterError, RefusedError, ShutError
from app.zgw.settings import TredeSettings, UnfitError, ZgwFile
from app.zgw.tokens import Tokens
from app.zgw.trede import Trede
from app.zgw.zaken import Zaken

NOBODY = "TREDE-check"
WRITES = "trede.write"


def shut_out(file: ZgwFile, zaken: Zaken) -> Iterator[str]:
    """Each in one line, by the name in the file; empty when both let us in."""
    yield from faults_of(lambda: zaken.zaak(NOBODY, file.zaak.bronorganisatie))
    try:
        tokens = Tokens(file.trede)
    except UnfitError as error:
        yield str(error)
        return
    with closing(tokens):
        yield from _of_trede(file.trede, tokens)


def faults_of(ask: Callable[[], Any]) -> list[str]:
    """What is wrong with asking this; nothing where it is answered."""
    try:
        ask()
    except (LaterError, ShutError, RefusedError) as error:
        return [str(error)]
    return []


def _of_trede(settings: TredeSettings, tokens: Tokens) -> Iterator[str]:
    if found := faults_of(tokens.header):
        yield from found
        return
    if WRITES not in tokens.scope:
        yield f"trede.client_id: is registered without {WRITES}, which its subscription needs"
    for at, membership in enumerate(settings.memberships):
        yield from _of_membership(f"trede.memberships.{at}", settings, tokens, membership)


def _of_membership(
    name: str, settings: TredeSettings, tokens: Tokens, membership: UUID
) -> Iterator[str]:
    """A membership that is not in force leaves the system without a role."""
    trede = Trede(settings, tokens, membership)
    with closing(trede.calls):
        try:
            if trede.role() is None:
                yield f"{name}: is no membership in force of the organisation of this system"
        except (LaterError, ShutError, RefusedError) as error:
            yield f"{name}: {error}"
