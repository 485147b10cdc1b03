"""What a script asks of the FHIR façade: the same records, by its own ids and in its own words."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from app.facades.fhir import ids
from app.facades.fhir.names import BSN, PREFIX
from app.facades.fhir.registry import Kind, Resource
from app.facades.fhir.resources import TYPES
from tests.build.contract import Called, operations

if TYPE_CHECKING:
    from tests.leaks.script import Ask, Script

MEDIA = ("application/fhir+json", "application/fhir+xml")
TOLD_ONCE = frozenset({"AuditEvent", "Consent"})
"""What a viewer may learn in one world only, where a form has something of that kind."""


def drawn(script: "Script") -> "Ask":
    """A read, a search, everything of a patient, or a search by form."""
    way = script.chance.choices((_read, _search, _everything, _by_form, _odd), (5, 5, 2, 2, 1))[0]
    return way(script)


def _types(script: "Script") -> list[Resource]:
    return [each for name, each in TYPES.items() if not script.pair.silent or name not in TOLD_ONCE]


def _read(script: "Script") -> "Ask":
    resource = script.chance.choice([each for each in _types(script) if each.kinds])
    kind = script.chance.choice(resource.kinds)
    return _get(script, f"{resource.type}/{_id(script, kind)}")


def _id(script: "Script", kind: Kind) -> str:
    op = _operation(kind)
    found = [str(each) for each in script.ids(op).values()] if op else [ids.NIL]
    return ids.made(kind.key, found[-1], found[0] if kind.under else "")


def _operation(kind: Kind) -> Called | None:
    """How the API reads one record of this kind."""
    above = rf"/{kind.under}/{{\w+}}" if kind.under else ""
    path = re.compile(rf"{above}/{kind.path}/{{\w+}}")
    return next((o for o in operations() if o.method == "GET" and path.fullmatch(o.path)), None)


def _search(script: "Script") -> "Ask":
    resource = script.chance.choice(_types(script))
    asked = {"_count": str(script.chance.choice((1, 2, 100)))}
    if resource.patient and script.chance.random() < 0.8:
        asked["patient"] = f"Patient/{script.id('client')}"
    if script.chance.random() < 0.2:
        asked["_lastUpdated"] = "ge2026-01-05"
    if resource.includes and script.chance.random() < 0.3:
        asked["_include"] = f"{resource.type}:{script.chance.choice(sorted(resource.includes))}"
    return _get(script, f"{resource.type}?{urlencode(asked)}")


def _everything(script: "Script") -> "Ask":
    if script.pair.silent:
        return _search(script)
    return _get(script, f"Patient/{script.id('client')}/$everything?_count=100")


def _by_form(script: "Script") -> "Ask":
    """By number, or by name and birth date; of somebody, whether this viewer knows or not."""
    if script.chance.random() < 0.5:
        form = {"identifier": f"{BSN}|{script.number()}"}
    else:
        name, born = script.chance.choice(script.pair.names)
        script.about.add((name, born))
        form = {"family": name, "birthdate": born}
    return script.asking(
        "fhir",
        "POST",
        f"{PREFIX}/Patient/_search",
        urlencode(form).encode(),
        Content_Type="application/x-www-form-urlencoded",
    )


def _odd(script: "Script") -> "Ask":
    """What no façade should answer: names, counts, and looking through what is hidden."""
    name, _ = called = script.chance.choice(script.pair.names)
    script.about.add(called)
    words = ("_has:Observation:patient:code=x", f"name={quote(name)}", "_total=accurate", "_sort=x")
    return _get(script, f"Patient?{script.chance.choice(words)}")


def _get(script: "Script", path: str) -> "Ask":
    accept = script.chance.choice(MEDIA)
    return script.asking("fhir", "GET", f"{PREFIX}/{path}", None, Accept=accept)
