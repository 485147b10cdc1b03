"""How many calls may be on their way at a time, so that nobody takes the room of others; pure."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Room:
    """In all, to one receiver, for one organisation, and for one organisation to one receiver."""

    whole: int
    receiver: int
    organisation: int
    both: int


SENDING = Room(whole=32, receiver=8, organisation=16, both=4)
HANDSHAKES = Room(whole=8, receiver=4, organisation=4, both=2)
"""An organisation may name as many hosts as it likes, so half of the room is always of others; so
is half of that of a host, where the systems of many organisations may live."""


def receiver_of(url: str) -> str:
    """The host that is called: however many addresses there are on it, it is one receiver."""
    return (urlsplit(url).hostname or "").rstrip(".")


@dataclass(slots=True)
class Load:
    """What is on its way, by receiver and organisation of its subscription, and by both."""

    room: Room
    receivers: Counter[str] = field(default_factory=Counter)
    organisations: Counter[Any] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)

    def copy(self) -> "Load":
        counted = (self.receivers.copy(), self.organisations.copy(), self.both.copy())
        return Load(self.room, *counted)

    @property
    def left(self) -> int:
        return self.room.whole - self.receivers.total()

    @property
    def full(self) -> dict[str, list[Any]]:
        """Those whose room is taken, to be passed by."""
        return {
            "receivers": [k for k, n in self.receivers.items() if n >= self.room.receiver],
            "organisations": [
                k for k, n in self.organisations.items() if n >= self.room.organisation
            ],
            "both": [k for k, n in self.both.items() if n >= self.room.both],
        }

    def left_for(self, subscription: Any) -> int:
        """How many more may go to the receiver of this subscription."""
        both = self.room.both - self.both[_both(subscription)]
        receiver = self.room.receiver - self.receivers[subscription.receiver]
        organisation = self.room.organisation - self.organisations[subscription.organisation_id]
        return max(0, min(receiver, organisation, both, self.left))

    def add(self, subscription: Any, calls: int = 1) -> None:
        """So many more, or fewer where it is negative."""
        for counted, of in (
            (self.receivers, subscription.receiver),
            (self.organisations, subscription.organisation_id),
            (self.both, _both(subscription)),
        ):
            counted[of] += calls
            if not counted[of]:
                del counted[of]


def _both(subscription: Any) -> str:
    """As the worker's statements write it."""
    return f"{subscription.organisation_id} {subscription.receiver}"
