"""Rounds: everything once at the start and each day, then what the feed tells."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.zgw.calls import LaterError, RefusedError, ShutError
from app.zgw.keeping import Keeper, Letter, Place
from app.zgw.settings import ZgwFile
from app.zgw.tokens import Tokens
from app.zgw.trede import Trede
from app.zgw.writing import Writer
from app.zgw.zaken import Zaken

TRIES = 5
FIRST_WAIT = 1.0
BROKEN = "server"
log = logging.getLogger("trede.zgw")


def _now() -> datetime:
    return datetime.now(UTC)


class Adapter:
    """Both sides, and what is remembered between rounds."""

    def __init__(
        self,
        file: ZgwFile,
        zaken: Zaken,
        keeper: Keeper,
        *,
        now: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._file, self._zaken, self._keeper = file, zaken, keeper
        self._now, self._sleep = now, sleep
        self._tokens = Tokens(file.trede)
        self._started: set[UUID] = set()

    def close(self) -> None:
        self._tokens.close()

    def round(self) -> bool:
        """Once for every case manager; False while somebody waits. Another's fault is not ours."""
        done = [self._for(membership) for membership in self._file.trede.memberships]
        return all(done)

    def _for(self, membership: UUID) -> bool:
        trede = Trede(self._file.trede, self._tokens, membership)
        with closing(trede.calls):
            try:
                self._read(trede, self._keeper.place(membership))
            except (LaterError, ShutError, RefusedError) as error:
                log.warning("waits, nothing is lost: %s", error)
                return False
        return True

    def _read(self, trede: Trede, place: Place) -> None:
        subscription = trede.subscription(place.subscription)
        if subscription.id != place.subscription:
            place.subscription, place.cursor, place.looked_at = subscription.id, None, None
        writer = Writer(self._file, trede, self._zaken, subscription.organisation_id, self._now)
        if self._is_due(place, trede.membership):
            self._look(writer, place)
        self._waiting(writer)
        if not self._follow(writer, place, subscription.id):
            self._look(writer, place)

    def _look(self, writer: Writer, place: Place) -> None:
        """At everything that is shown."""
        self._each(writer, writer.trede.trajectories())
        place.looked_at = self._now()
        self._started.add(writer.trede.membership)
        self._keeper.save()

    def _is_due(self, place: Place, membership: UUID) -> bool:
        """At each start, and each day: what no event told, and what was refused, is tried again."""
        if membership not in self._started or place.looked_at is None:
            return True
        return self._now() - place.looked_at >= timedelta(hours=self._file.full_look_hours)

    def _follow(self, writer: Writer, place: Place, subscription: UUID) -> bool:
        """The cursor moves when everything before it is written, or kept as refused.

        False where what came after the cursor is no longer kept: it is read from the start again.
        """
        more = True
        while more:
            page = writer.trede.events(subscription, place.cursor)
            if page is None:
                place.cursor, place.looked_at = None, None
                self._keeper.save()
                return False
            named = map(writer.trede.trajectory_of, page.items)
            self._each(writer, [one for one in named if one is not None])
            if page.next_cursor != place.cursor:
                place.cursor = page.next_cursor
                self._keeper.save()
            more = page.has_more
        return True

    def _waiting(self, writer: Writer) -> None:
        """What their server broke on is tried in each round; a refusal when something changes."""
        letters = self._keeper.kept.letters.items()
        self._each(writer, [one for one, letter in letters if _is_broken(letter, writer)])

    def _each(self, writer: Writer, trajectories: Iterable[UUID]) -> None:
        for trajectory in dict.fromkeys(trajectories):
            self._one(writer, trajectory)

    def _one(self, writer: Writer, trajectory: UUID) -> None:
        """Tried some times; what is refused is kept by name, and the others go on."""
        letter = None
        try:
            self._patiently(writer, trajectory)
        except RefusedError as error:
            letter = self._letter(writer, error.where, error.status, error.names)
        except LaterError as error:
            if error.down:
                raise
            letter = self._letter(writer, BROKEN, 500, ())
        letters = self._keeper.kept.letters
        before = letters.pop(trajectory, None)
        if letter is not None:
            letters[trajectory] = letter
            log.warning("kept: trajectory %s, %s %s", trajectory, letter.where, letter.status)
        if letter is not None or before is not None:
            self._keeper.save()

    def _letter(self, writer: Writer, where: str, status: int, names: tuple[str, ...]) -> Letter:
        membership = writer.trede.membership
        return Letter(
            membership=membership, where=where, status=status, names=names, at=self._now()
        )

    def _patiently(self, writer: Writer, trajectory: UUID) -> None:
        """Each try begins with looking: one that broke off may have arrived after all."""
        for tried in range(TRIES):
            try:
                writer.write(trajectory)
            except LaterError as error:
                if tried == TRIES - 1:
                    raise
                self._sleep(FIRST_WAIT * 2**tried if error.wait is None else error.wait)
            else:
                return


def _is_broken(letter: Letter, writer: Writer) -> bool:
    return letter.where == BROKEN and letter.membership == writer.trede.membership
