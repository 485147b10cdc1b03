"""The case system: its Zaken and Catalogi API, as one client of theirs calls them."""

import time
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr

from app.zgw.calls import Calls, RefusedError
from app.zgw.settings import ZgwSettings
from app.zgw.shapes import Found, Resultaat, Rol, Shape, Status, Type, Zaak, read_as

SIDE = "ZGW"
CRS = "EPSG:4326"
NOTE = "Overgenomen uit Trede"
MOST_PAGES = 50


class Zaken:
    """Reads before it writes; what it wrote is known again by what it is, not by a list of ours."""

    def __init__(self, settings: ZgwSettings) -> None:
        self._settings, self._secret = settings, settings.secret()
        timeout = settings.timeout_seconds
        self.calls = Calls("zgw.zaken", settings.zaken, self._headers, timeout=timeout)
        self.catalogue = Calls("zgw.catalogi", settings.catalogi, self._login, timeout=30)

    def close(self) -> None:
        self.calls.close()
        self.catalogue.close()

    def zaak(self, identificatie: str, bronorganisatie: str) -> Zaak | None:
        """By our own number, which says nothing of anybody."""
        query = {"identificatie": identificatie, "bronorganisatie": bronorganisatie}
        found = self._listed("/zaken", Zaak, query)
        return next((zaak for zaak in found if zaak.identificatie == identificatie), None)

    def statuses(self, zaak: str) -> list[Status]:
        return self._listed("/statussen", Status, {"zaak": zaak})

    def rollen(self, zaak: str) -> list[Rol]:
        return self._listed("/rollen", Rol, {"zaak": zaak})

    def resultaten(self, zaak: str) -> list[Resultaat]:
        return self._listed("/resultaten", Resultaat, {"zaak": zaak})

    def create_zaak(self, body: Mapping[str, Any]) -> Zaak:
        return read_as(SIDE, Zaak, self.calls.ask("POST", "/zaken", dict(body)))

    def create(self, what: str, body: Mapping[str, Any]) -> None:
        self.calls.ask("POST", f"/{what}", dict(body))

    def delete_rol(self, url: str) -> None:
        if not url.startswith(f"{self._settings.zaken}/rollen/"):
            raise RefusedError("rollen", 0, ("elsewhere",))
        self.calls.ask("DELETE", url)

    def type_of(self, url: str) -> Type:
        return read_as(SIDE, Type, self.catalogue.get(url))

    def _listed(self, path: str, shape: type[Shape], query: Mapping[str, str]) -> list[Shape]:
        told = self.calls.ask("GET", path, query=query)
        found: list[Shape] = []
        for _ in range(MOST_PAGES):
            page = read_as(SIDE, Found, {"results": told} if isinstance(told, list) else told)
            found += [read_as(SIDE, shape, item) for item in page.results]
            if page.next is None:
                return found
            told = self.calls.ask("GET", page.next)
        raise RefusedError(path.strip("/"), 0, ("too-many",))

    def _headers(self) -> Mapping[str, str]:
        crs = {"Accept-Crs": CRS, "Content-Crs": CRS}
        return {**self._login(), **crs, "X-Audit-Toelichting": NOTE}

    def _login(self) -> Mapping[str, str]:
        """A new one for each call: it counts for an hour there, and clocks differ."""
        return {"Authorization": f"Bearer {signed(self._settings, self._secret)}"}


def signed(settings: ZgwSettings, secret: SecretStr) -> str:
    """As ZGW wants it: HS256 with the shared secret, and no end of its own."""
    claims = {
        "iss": settings.client_id,
        "iat": int(time.time()),
        "client_id": settings.client_id,
        "user_id": settings.user_id,
        "user_representation": settings.user_representation,
    }
    key = OctKey.import_key(secret.get_secret_value())
    return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, key, algorithms=["HS256"])
