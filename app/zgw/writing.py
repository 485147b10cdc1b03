"""One trajectory: what is shown there, what stands here, and the difference written."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.zgw.calls import LaterError, RefusedError, new_trace
from app.zgw.projecting import KIND, MARK, Told, Wanted, WantedRol, WantedStatus, projected
from app.zgw.settings import Confidentiality, ZgwFile
from app.zgw.shapes import Rol, Zaak
from app.zgw.tokens import SIDE
from app.zgw.trede import Trede
from app.zgw.zaken import Zaken

TRIES = 3
FRESH = 2.0
"""Seconds: what was read longer ago is asked again before anything of it is sent."""


class ChangedError(Exception):
    """What is shown is not what it was a moment ago, or nothing is: look again."""


@dataclass
class Writer:
    """Makes one zaak as it should be. Doing so again changes nothing, wherever it stopped."""

    file: ZgwFile
    trede: Trede
    zaken: Zaken
    own: UUID
    now: Callable[[], datetime]
    _told: Told | None = None
    _told_at: float = 0.0

    def write(self, trajectory: UUID) -> None:
        """Raises LaterError, ShutError, RefusedError; what is hidden is no fault."""
        self.trede.calls.trace = self.zaken.calls.trace = new_trace()
        for _ in range(TRIES):
            told = self.trede.told(trajectory)
            self._told, self._told_at = told, time.monotonic()
            wanted = projected(told, self.own, self.file, self.now()) if told else None
            if wanted is None:
                return
            try:
                self._make(trajectory, wanted)
            except ChangedError:
                continue
            return
        raise LaterError(SIDE, "changes all the time", down=False)

    def _make(self, trajectory: UUID, wanted: Wanted) -> None:
        zaak = self.zaken.zaak(wanted.identificatie, self.file.zaak.bronorganisatie)
        if zaak is None:
            self._still(trajectory)
            zaak = self.zaken.create_zaak(wanted.zaak)
        self._require_ours(zaak, trajectory)
        if zaak.einddatum is not None:
            self._require_ended(wanted)
            return
        refused = self._rollen(trajectory, zaak.url, wanted)
        known = {(one.statustype, one.datum_status_gezet) for one in self.zaken.statuses(zaak.url)}
        missing = [one for one in wanted.statuses if (one.statustype, one.at) not in known]
        for status in missing:
            self._status(trajectory, zaak.url, status)
        if wanted.end is not None:
            self._end(trajectory, zaak.url, wanted, wanted.end)
        if refused is not None:
            raise refused

    def _end(self, trajectory: UUID, zaak: str, wanted: Wanted, end: WantedStatus) -> None:
        """The result first: without it nothing can be closed. One that stands there stays."""
        if not self.zaken.resultaten(zaak):
            body = {"zaak": zaak, "resultaattype": wanted.resultaattype}
            self._create(trajectory, "resultaten", body)
        self._status(trajectory, zaak, end)

    def _status(self, trajectory: UUID, zaak: str, status: WantedStatus) -> None:
        at = status.at.isoformat().replace("+00:00", "Z")
        body = {"zaak": zaak, "statustype": status.statustype, "datumStatusGezet": at}
        self._create(trajectory, "statussen", body)

    def _rollen(self, trajectory: UUID, zaak: str, wanted: Wanted) -> RefusedError | None:
        """A refusal is given back: who takes part holds up no status, and no end."""
        standing, refused = self.zaken.rollen(zaak), None
        for rol in wanted.rollen:
            if any(_is_same(rol, found) for found in standing):
                continue
            try:
                self._rol(trajectory, zaak, rol)
            except RefusedError as error:
                refused = error
        for found in _of(wanted.left, standing):
            self._still(trajectory)
            self.zaken.delete_rol(found.url)
        return refused

    def _rol(self, trajectory: UUID, zaak: str, rol: WantedRol) -> None:
        body = {
            "zaak": zaak,
            "betrokkeneType": KIND,
            "roltype": rol.roltype,
            "roltoelichting": MARK,
            "betrokkeneIdentificatie": dict(rol.who),
        }
        self._create(trajectory, "rollen", body)

    def _create(self, trajectory: UUID, what: str, body: dict[str, Any]) -> None:
        self._still(trajectory)
        self.zaken.create(what, body)

    def _still(self, trajectory: UUID) -> None:
        """Asked again where some time went by, as a case system may be slow. ChangedError."""
        if time.monotonic() - self._told_at < FRESH:
            return
        if self.trede.told(trajectory) != self._told:
            raise ChangedError
        self._told_at = time.monotonic()

    def _require_ours(self, zaak: Zaak, trajectory: UUID) -> None:
        """The number alone is no proof, nor may it have been opened up. RefusedError."""
        marks = [str(one.get("kenmerk")) for one in zaak.kenmerken]
        if str(trajectory) not in marks or zaak.zaaktype != self.file.zaak.zaaktype:
            raise RefusedError("zaken", 0, ("not-ours",))
        if zaak.vertrouwelijkheidaanduiding not in set(Confidentiality):
            raise RefusedError("zaken", 0, ("not-confidential",))

    def _require_ended(self, wanted: Wanted) -> None:
        """A closed zaak is the municipality's to reopen. RefusedError where it goes on here."""
        if wanted.end is None:
            raise RefusedError("zaken", 0, ("closed-there",))


def _is_same(rol: WantedRol, found: Rol) -> bool:
    """By its number, or else its name; a name may change, and fields are added there."""
    who = found.betrokkene_identificatie or {}
    name = next(iter(rol.who))
    held = str(who.get(name) or "") == rol.who[name]
    return found.roltype == rol.roltype and found.betrokkene_type == KIND and held


def _of(left: Iterable[WantedRol], standing: Iterable[Rol]) -> list[Rol]:
    """What we wrote of those who stopped, and nobody else wrote."""
    ours = [found for found in standing if found.roltoelichting == MARK]
    return [found for rol in left for found in ours if _is_same(rol, found)]
