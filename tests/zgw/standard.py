"""What the Zaken API asks of who writes to it (1.x, business rules zrc), written apart from us."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from starlette.responses import Response

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
CLOSED = ("vertrouwelijk", "confidentieel", "geheim", "zeer_geheim")
LEVELS = ("openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk", *CLOSED)
KINDS = "natuurlijk_persoon niet_natuurlijk_persoon vestiging organisatorische_eenheid medewerker"
REQUIRED = {
    "zaken": ("zaaktype", "bronorganisatie", "verantwoordelijkeOrganisatie", "startdatum"),
    "statussen": ("zaak", "statustype", "datumStatusGezet"),
    "rollen": ("zaak", "betrokkeneType", "roltype", "roltoelichting"),
    "resultaten": ("zaak", "resultaattype"),
}
KNOWN = {
    "zaken": {
        *REQUIRED["zaken"],
        *("identificatie", "omschrijving", "toelichting", "vertrouwelijkheidaanduiding"),
        "kenmerken",
    },
    "statussen": {*REQUIRED["statussen"], "statustoelichting"},
    "rollen": {*REQUIRED["rollen"], "betrokkene", "betrokkeneIdentificatie"},
    "resultaten": {*REQUIRED["resultaten"], "toelichting"},
}
LENGTHS = {
    "identificatie": 40,
    "omschrijving": 80,
    "toelichting": 1000,
    "roltoelichting": 1000,
    "statustoelichting": 1000,
}
QUERIES = {
    "zaken": {"identificatie", "bronorganisatie", "page"},
    "statussen": {"zaak", "statustype", "page"},
    "rollen": {"zaak", "roltype", "page"},
    "resultaten": {"zaak", "resultaattype", "page"},
}
Wrong = tuple[str, str]
"""The name of what is wrong, and its code."""


def passes_eleven(number: str) -> bool:
    if not re.fullmatch(r"[0-9]{9}", number) or number == "0" * 9:
        return False
    return sum(w * int(d) for w, d in zip(WEIGHTS, number, strict=True)) % 11 == 0


def is_let_in(header: str, client: str, secret: str) -> bool:
    """HS256 with the shared secret, all claims, at most an hour after `iat`."""
    try:
        token = jwt.decode(
            header.removeprefix("Bearer "), OctKey.import_key(secret), algorithms=["HS256"]
        )
    except (JoseError, ValueError):
        return False
    claims = token.claims
    named = {"iss", "iat", "client_id", "user_id", "user_representation"} <= set(claims)
    age = datetime.now(UTC).timestamp() - float(claims.get("iat", 0))
    return named and claims["client_id"] == client and -60 <= age <= 3600


def faults(what: str, body: dict[str, Any]) -> Iterator[Wrong]:
    """Of a body by itself."""
    for name in REQUIRED[what]:
        if not body.get(name):
            yield name, "required"
    for name in set(body) - KNOWN[what]:
        yield name, "unknown"
    for name, longest in LENGTHS.items():
        if len(str(body.get(name) or "")) > longest:
            yield name, "max_length"
    yield from {"zaken": _zaak, "rollen": _rol, "statussen": _status}.get(what, _nothing)(body)


def _nothing(_: dict[str, Any]) -> Iterator[Wrong]:
    return iter(())


def _zaak(body: dict[str, Any]) -> Iterator[Wrong]:
    for name in ("bronorganisatie", "verantwoordelijkeOrganisatie"):
        if not passes_eleven(str(body.get(name))):
            yield name, "invalid"
    if not re.fullmatch(r"[A-Za-z0-9_-]*", body.get("identificatie", "")):
        yield "identificatie", "invalid"
    if body.get("vertrouwelijkheidaanduiding", "openbaar") not in LEVELS:
        yield "vertrouwelijkheidaanduiding", "invalid_choice"
    if not _is_day(body.get("startdatum")):
        yield "startdatum", "invalid"
    for mark in body.get("kenmerken", []):
        if set(mark) != {"kenmerk", "bron"} or len(mark["kenmerk"]) > 40 or len(mark["bron"]) > 40:
            yield "kenmerken", "invalid"


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _rol(body: dict[str, Any]) -> Iterator[Wrong]:
    kind, who = body.get("betrokkeneType"), body.get("betrokkeneIdentificatie") or {}
    if kind not in KINDS.split():
        yield "betrokkeneType", "invalid_choice"
    if not body.get("betrokkene") and not who:
        yield "betrokkeneIdentificatie", "invalid-betrokkene"
    if kind == "natuurlijk_persoon" and "inpBsn" in who and not passes_eleven(who["inpBsn"]):
        yield "betrokkeneIdentificatie.inpBsn", "invalid"
    if len(str(who.get("innNnpId", ""))) > 9 or len(str(who.get("statutaireNaam", ""))) > 500:
        yield "betrokkeneIdentificatie", "max_length"


def _status(body: dict[str, Any]) -> Iterator[Wrong]:
    try:
        at = datetime.fromisoformat(str(body.get("datumStatusGezet")))
    except ValueError:
        yield "datumStatusGezet", "invalid"
        return
    if at.tzinfo is None or at > datetime.now(UTC) + timedelta(minutes=1):
        yield "datumStatusGezet", "date-in-future"


def fout(status: int, code: str, **more: Any) -> Response:
    body = {"type": f"urn:{code}", "code": code, "title": code, "status": status, "detail": code}
    content = json.dumps({**body, "instance": "urn:uuid:0", **more})
    return Response(content, status, media_type="application/problem+json")


def invalid(wrong: list[Wrong]) -> Response:
    """A `ValidatieFout`; the reason repeats what was sent, as some case systems do."""
    told = [{"name": n, "code": c, "reason": "999990019 is niet goed"} for n, c in wrong]
    return fout(400, "invalid", invalidParams=told)
