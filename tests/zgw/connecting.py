"""A municipality with its case system and its adapter: the file, and rounds of it."""

import time
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.zgw.keeping import Keeper
from app.zgw.reading import read
from app.zgw.running import Adapter
from app.zgw.settings import ZgwFile
from app.zgw.zaken import Zaken
from tests.build.stage import Stage
from tests.platform.forging import ec_key, public_jwk
from tests.scenarios.playing import Playing
from tests.zgw.server import CLIENT, SECRET, CaseSystem

RSIN = "111222333"
KEY = "case system"
STATUSES = (
    "referred",
    "referral_accepted",
    "work_talk",
    "coach_linked",
    "start_conversation_confirmed",
    "final_review",
    "ended",
)
PAST = datetime(2026, 6, 1, tzinfo=UTC)
"""After every play, and before our own time."""


def jwks() -> dict[str, Any]:
    """What is registered of the key."""
    return {"keys": [public_jwk(ec_key(KEY), kid="k1", use="sig", alg="ES384")]}


def filled(system: CaseSystem) -> dict[str, Any]:
    """The catalogue of a municipality, and the parts of the file that name it."""
    of = {"zaaktype": system.type("zaaktypen", "1", concept=False, beginGeldigheid="2020-01-01")}
    statuses = {
        name: system.type("statustypen", name, **of, isEindstatus=name == "ended", volgnummer=i)
        for i, name in enumerate(STATUSES, 1)
    }
    roles = {"coach": "behandelaar", "body": "zaakcoordinator"}
    rollen = {n: system.type("roltypen", n, **of, omschrijvingGeneriek=g) for n, g in roles.items()}
    result = {"ended": system.type("resultaattypen", "ended", **of)}
    return {**of, "statustypen": statuses, "resultaattypen": result, "roltypen": rollen}


def told(system: CaseSystem, trede: dict[str, Any]) -> dict[str, Any]:
    """The file as a table."""
    parts = filled(system)
    organisations = {"bronorganisatie": RSIN, "verantwoordelijke_organisatie": RSIN}
    return {
        "state": "state",
        "trede": {"key_file": "key.pem", "kid": "k1", **trede},
        "zgw": {
            "zaken": system.zaken,
            "catalogi": system.catalogi,
            "client_id": CLIENT,
            "secret_file": "secret",
            "timeout_seconds": 5,
        },
        "zaak": {"zaaktype": parts.pop("zaaktype"), **organisations},
        **parts,
    }


def toml(table: dict[str, Any], within: str = "") -> str:
    """As one would write it by hand."""
    lines = [f"{n} = {_value(v)}" for n, v in table.items() if not isinstance(v, dict)]
    parts = [
        f"\n[{within}{name}]\n{toml(part, f'{within}{name}.')}"
        for name, part in table.items()
        if isinstance(part, dict)
    ]
    return "\n".join([*lines, *parts])


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def put(folder: Path, table: dict[str, Any]) -> Path:
    """The file with its key and secret beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    pem = ec_key(KEY).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    (folder / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
    path = folder / "zgw.toml"
    path.write_text(toml(table), encoding="utf-8")
    assert tomllib.loads(path.read_text(encoding="utf-8")) == table
    return path


@dataclass
class Connected:
    """One adapter on its folder, in one process that runs on, or in one that starts anew."""

    path: Path
    system: CaseSystem
    waited: list[float] = field(default_factory=list)
    _running: tuple[Adapter, Zaken] | None = None

    @property
    def file(self) -> ZgwFile:
        return read(self.path)

    def round(self) -> bool:
        """A process that starts, does one round, and stops."""
        self.stop()
        try:
            return self.next_round()
        finally:
            self.stop()

    def next_round(self) -> bool:
        if self._running is None:
            file = self.file
            zaken = Zaken(file.zgw)
            keeper, sleep = Keeper(file.state), self.waited.append
            self._running = (Adapter(file, zaken, keeper, now=lambda: PAST, sleep=sleep), zaken)
        return self._running[0].round()

    def stop(self) -> None:
        for side in self._running or ():
            side.close()
        self._running = None

    @property
    def letters(self) -> list[str]:
        kept = Keeper(self.file.state).kept.letters.values()
        return [f"{one.where} {one.status} {' '.join(one.names)}".strip() for one in kept]


def given_out(stage: Stage) -> None:
    """Wait until the serving process has given every event to whom it is for."""
    with stage.straight() as db:
        while db.execute("SELECT FROM outbox_event LIMIT 1").fetchone() is not None:
            time.sleep(0.1)


async def registered(m: Playing, address: str) -> dict[str, Any]:
    """A client system of the municipality, by its administrator; its part of the file."""
    body = {"name": "Zaaksysteem", "jwks": jwks()}
    machine = await m.stage.made("admin-gemeente", "/v1/machines", body)
    return {
        "address": address,
        "client_id": machine["id"],
        "memberships": [m.scene.member("manager")],
        "audience": f"{m.stage.http.base_url}/oauth2/token",
    }


async def connected(m: Playing, address: str, system: CaseSystem, folder: Path) -> Connected:
    trede = await registered(m, address)
    return Connected(put(folder, told(system, trede)), system)
