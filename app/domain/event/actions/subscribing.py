"""Subscriptions: asked for by a client system, agreed to by its receiver, ended by either."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from app.access.directory import directory_page, filled
from app.access.session import Session
from app.domain.event.actions import secrets
from app.domain.event.queries import subscriptions as queries
from app.domain.event.rules.acts import (
    oversees,
    require_machine,
    require_machine_or_admin,
    require_own,
)
from app.domain.event.rules.room import receiver_of
from app.domain.event.rules.trying import BOTH_SECRETS, SubscriptionEnd, SubscriptionState
from app.domain.event.schemas import SubscriptionChangeIn, SubscriptionIn, SubscriptionOut
from app.platform.http.paging import Page
from app.platform.http.problems import Conflict
from app.platform.security.outward import require_public_url

MOST = 20
"""Subscriptions of one hat that are not over."""


async def subscribe(session: Session, body: SubscriptionIn) -> SubscriptionOut:
    """For this client system with this hat and purpose; nothing is sent before the receiver agrees.

    409 when there are too many.
    """
    viewer = session.viewer
    require_machine(viewer)
    await queries.alone(session)
    if await queries.standing(session) >= MOST:
        raise Conflict("There are too many subscriptions of this client system; end one.")
    made = uuid4()
    row: dict[str, Any] = {
        "id": made,
        "organisation_id": viewer.organisation_id,
        "machine_id": viewer.machine_id,
        "membership_id": viewer.membership_id,
        "hat_id": viewer.grantee_id,
        "inbox_id": viewer.inbox_id,
        "purpose": None if viewer.purpose is None else viewer.purpose.value,
        "purpose_bit": viewer.purpose_bit,
        "types": sorted(set(body.types)),
        "wanted_rate": body.wanted_rate,
        "state": SubscriptionState.ACTIVE.value,
    }
    secret = None
    if body.url is not None:
        secret, sealed = secrets.made(session.services.vault, made, None)
        row |= {**_asked(session, body.url), **sealed}
    await session.add(queries.ADD, row)
    return await _shown(session, made, secret)


def _asked(session: Session, url: str) -> dict[str, Any]:
    """The columns of an address whose receiver is still to be asked. Raises BadRequest."""
    require_public_url(url, "#/url")
    return {
        "url": url,
        "receiver": receiver_of(url),
        "state": SubscriptionState.PENDING.value,
        "ask_at": session.viewer.moment,
        "asked": 0,
    }


async def read(session: Session, subscription_id: UUID) -> SubscriptionOut:
    """One of one's own, or of the organisation for its administrator; NotFound for another's."""
    return await _shown(session, subscription_id, None)


async def _shown(session: Session, subscription_id: UUID, secret: str | None) -> SubscriptionOut:
    require_machine_or_admin(session.viewer)
    out = _out(await queries.one(session, subscription_id))
    if secret is not None:
        out.secret = secret
    return out


async def browse(session: Session, cursor: str | None, size: int) -> Page[SubscriptionOut]:
    """The oldest first."""
    require_machine_or_admin(session.viewer)
    return await directory_page(
        session,
        queries.PAGES[oversees(session.viewer)],
        title="event subscriptions",
        filters=queries.whose(session),
        cursor=cursor,
        size=size,
        present=_out,
        position=lambda row: (row.created_at, row.id),
    )


async def change(
    session: Session, subscription_id: UUID, body: SubscriptionChangeIn
) -> SubscriptionOut:
    """Other types or another pace at once; another address once its receiver agreed."""
    row = await _own_standing(session, subscription_id)
    values: dict[str, Any] = {}
    if body.types is not None:
        values["types"] = sorted(set(body.types))
    if body.wanted_rate is not None:
        values["wanted_rate"] = body.wanted_rate
    if body.url is not None:
        if row.url is None:
            raise Conflict("This subscription is fetched; subscribe anew to be called.")
        values |= _asked(session, body.url)
    if values:
        await queries.change(session, subscription_id, **values)
    return await read(session, subscription_id)


async def verify(session: Session, subscription_id: UUID) -> SubscriptionOut:
    """Ask the receiver again, now; until it agrees nothing is sent."""
    row = await _own_standing(session, subscription_id)
    if row.url is None:
        raise Conflict("This subscription is fetched; there is no receiver to ask.")
    await queries.change(session, subscription_id, **_asked(session, row.url))
    return await read(session, subscription_id)


async def rotate(session: Session, subscription_id: UUID) -> SubscriptionOut:
    """A new secret; for a day the one before it signs as well."""
    row = await _own_standing(session, subscription_id)
    if row.url is None:
        raise Conflict("This subscription is fetched; there is nothing to sign.")
    secret, sealed = secrets.made(session.services.vault, subscription_id, row.wrapped_key)
    until = session.viewer.moment + BOTH_SECRETS
    before = {"previous_secret": row.secret, "previous_until": until}
    await queries.change(session, subscription_id, **sealed, **before)
    return await _shown(session, subscription_id, secret)


async def end(session: Session, subscription_id: UUID) -> SubscriptionOut:
    """For good, and what waits for it goes too; 409 when it was over."""
    require_machine_or_admin(session.viewer)
    await _standing(session, subscription_id)
    values = {"state": SubscriptionState.ENDED.value, "ended_why": SubscriptionEnd.ASKED.value}
    await queries.change(session, subscription_id, **values, ended_at=session.viewer.moment)
    return await read(session, subscription_id)


async def _own_standing(session: Session, subscription_id: UUID) -> Row[Any]:
    """As `_standing`, for who subscribed alone."""
    require_machine(session.viewer)
    row = await _standing(session, subscription_id)
    require_own(session.viewer, row)
    return row


async def _standing(session: Session, subscription_id: UUID) -> Row[Any]:
    """Under its lock, unchanged since it was read, and not over."""
    row = await queries.locked(session, subscription_id)
    session.require_match(_out(row))
    if row is None or row.state == SubscriptionState.ENDED.value:
        raise Conflict("This subscription is over.")
    return row


def _out(row: Row[Any] | None) -> SubscriptionOut:
    known = filled(row)
    shown = {name: known[name] for name in SubscriptionOut.model_fields if name in known}
    shown.pop("secret", None)
    if known.get("previous_until") is not None:
        shown["previous_secret_until"] = known["previous_until"]
    return SubscriptionOut(**shown)
