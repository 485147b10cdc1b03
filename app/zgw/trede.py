"""Trede, as any client system of an organisation reads it: the feed, and records."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from app.zgw.calls import Calls, RefusedError, ShutError
from app.zgw.projecting import Told
from app.zgw.settings import TredeSettings
from app.zgw.shapes import (
    Event,
    Feed,
    Me,
    Page,
    Participant,
    Referral,
    Shape,
    Subscription,
    Trajectory,
    Transition,
    read_as,
)
from app.zgw.tokens import ADDRESS, SIDE, Tokens

TYPES = (
    "nl.trede.applications.decision",
    "nl.trede.participants.added",
    "nl.trede.participants.ended",
    "nl.trede.placements.recorded",
    "nl.trede.referrals.accepted",
    "nl.trede.start-conversations.confirmed",
    "nl.trede.start-conversations.held",
    "nl.trede.trajectories.started",
    "nl.trede.transfers.agreed",
    "nl.trede.transitions.activated",
    "nl.trede.transitions.assignment-accepted",
    "nl.trede.transitions.concluded",
    "nl.trede.transitions.ended",
    "nl.trede.transitions.extended",
    "nl.trede.transitions.intake-held",
    "nl.trede.transitions.program-entered",
    "nl.trede.transitions.reviewed",
    "nl.trede.transitions.selected",
    "nl.trede.transitions.try-out-started",
    "nl.trede.transitions.vacancy-found",
    "nl.trede.transitions.work-talk",
)
"""What may change a zaak, and nothing else: every event that we are told stands on a log. Whatever
this hat is shown without being told of it is found by the full look."""
PAGE = "100"
_OF_TRAJECTORY = re.compile(r"/trajectories/([0-9a-f-]{36})(?:/|$)")
_OF_REFERRAL = re.compile(r"/referrals/([0-9a-f-]{36})$")


class Trede:
    """On behalf of one case manager: what this hat may not see comes as None, like nothing."""

    def __init__(self, settings: TredeSettings, tokens: Tokens, membership: UUID) -> None:
        self._tokens, self.membership = tokens, membership
        self.calls = Calls(ADDRESS, settings.address, self._headers)

    def _headers(self) -> Mapping[str, str]:
        return {"Authorization": self._tokens.header(), "On-Behalf-Of": str(self.membership)}

    def _ask(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """Once more with a new token where this one no longer counts."""
        try:
            return self.calls.ask(method, path, body, query)
        except ShutError:
            self._tokens.forget()
            return self.calls.ask(method, path, body, query)

    def role(self) -> str | None:
        """As whom we are known now; None where the membership is not in force."""
        return read_as(SIDE, Me, self._ask("GET", "/v1/me")).role

    def subscription(self, known: UUID | None) -> Subscription:
        """The one that is known, or one of ours that stands, or a new one."""
        standing = [
            found
            for found in self._listed("/v1/webhook-subscriptions", Subscription)
            if found.state == "active" and found.url is None and set(found.types) == set(TYPES)
        ]
        for found in standing:
            if found.id == known:
                return found
        if standing:
            return standing[0]
        made = self._ask("POST", "/v1/webhook-subscriptions", {"types": list(TYPES)})
        return read_as(SIDE, Subscription, made)

    def events(self, subscription: UUID, cursor: str | None) -> Feed | None:
        """What came after the cursor; None for a cursor that is too old or of another."""
        query = {"subscriptionId": str(subscription), "pageSize": PAGE}
        query |= {} if cursor is None else {"cursor": cursor}
        try:
            return read_as(SIDE, Feed, self._ask("GET", "/v1/events", **query))
        except RefusedError:
            return None

    def trajectories(self) -> list[UUID]:
        """All that this hat is shown now."""
        return [found.id for found in self._listed("/v1/trajectories", Trajectory)]

    def trajectory_of(self, event: Event) -> UUID | None:
        """Which trajectory an event is about; None once that is not shown."""
        path = urlsplit(event.dataref).path
        if found := _OF_TRAJECTORY.search(path):
            return UUID(found[1])
        if found := _OF_REFERRAL.search(path):
            referral = self._shown(f"/v1/referrals/{found[1]}")
            return None if referral is None else read_as(SIDE, Referral, referral).trajectory_id
        return None

    def told(self, trajectory: UUID) -> Told | None:
        """All that is projected of one trajectory; None once any of it is not shown."""
        of = f"/v1/trajectories/{trajectory}"
        try:
            found = read_as(SIDE, Trajectory, self._ask("GET", of))
            transitions = tuple(self._listed(f"{of}/transitions", Transition))
            participants = tuple(self._listed(f"{of}/participants", Participant))
        except RefusedError:
            return None
        return Told(found, transitions, participants)

    def _shown(self, path: str) -> Any:
        try:
            return self._ask("GET", path)
        except RefusedError:
            return None

    def _listed(self, path: str, shape: type[Shape]) -> list[Shape]:
        found: list[Shape] = []
        cursor: dict[str, str] = {}
        while True:
            page = read_as(SIDE, Page, self._ask("GET", path, pageSize=PAGE, **cursor))
            found += [read_as(SIDE, shape, item) for item in page.items]
            if page.next_cursor is None:
                return found
            cursor = {"cursor": page.next_cursor}
