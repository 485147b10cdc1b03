"""Sending what somebody filled in: it is done, or it is shown again to be put right."""

from http import HTTPStatus

from app.facades.operations import Json, RefusedError, Told
from app.facades.web.visits import Visit

RETRIED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED})
"""Refusals after which the form is shown again, with all that was typed."""


async def tried(visit: Visit, path: str, body: Json | None, method: str = "POST") -> Told:
    """With the key and the tag that stood on the form. Raises RefusedError for all other refusals.

    Whoever asks looks whether it was done (`ok`), and shows the form again if it was not.
    """
    key, match = visit.field("key"), visit.field("match")
    told = await visit.sent(method, path, body, key=key, match=match)
    if not told.ok and told.status not in RETRIED:
        raise RefusedError(told)
    return told
