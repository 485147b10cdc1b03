"""The pages of the demo issuer, in Dutch and without scripts: whom do you want to be."""

from collections.abc import Mapping
from pathlib import Path

from app.platform.http.markup import Markup, element, together, void
from app.platform.security.demo_login import FIELDS, Persona

STYLES = Path(__file__).with_name("demo_pages.css").read_text(encoding="utf-8")
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
"""No word about forms: after the choice the browser goes on to the address of the client."""


def choosing(prefix: str, asked: Mapping[str, str], personas: Mapping[str, Persona]) -> str:
    """Everybody there is, by group; `q` leaves those whose name, group or key has it."""
    wanted = asked.get("q", "").strip()
    found = {key: who for key, who in personas.items() if _fits(wanted.casefold(), key, who)}
    carried = {name: asked[name] for name in FIELDS if name in asked}
    return _page(
        prefix,
        "Kies wie u bent",
        element("p", "Dit is een demonstratie met verzonnen mensen. Er is geen wachtwoord nodig."),
        _search(prefix, carried, wanted),
        _choices(prefix, carried, found),
    )


def unknown_client(prefix: str) -> str:
    """For a request that names no client of ours: nobody is sent on."""
    words = "De pagina waar u vandaan kwam, is hier niet bekend. Ga terug en log opnieuw in."
    return _page(prefix, "Inloggen kan zo niet", element("p", words))


def logged_out(prefix: str, onward: str | None) -> str:
    """Nobody is remembered here, so there is nothing to end; `onward` is the way back."""
    back = None if onward is None else element("p", element("a", "Terug naar Trede", href=onward))
    words = element("p", "De demonstratie onthoudt niet wie u was.")
    return _page(prefix, "U bent uitgelogd", words, back)


def _search(prefix: str, carried: Mapping[str, str], wanted: str) -> Markup:
    return element(
        "form",
        _hidden(carried),
        element("label", "Zoek op naam, rol of organisatie", for_="q"),
        together(void("input", id="q", name="q", type="search", value=wanted)),
        element("button", "Zoek"),
        method="get",
        action=f"{prefix}/authorize",
        role="search",
    )


def _choices(prefix: str, carried: Mapping[str, str], found: Mapping[str, Persona]) -> Markup:
    if not found:
        return element("p", "Niemand gevonden. Zoek op een ander woord.", role="status")
    groups: dict[str, list[Markup]] = {}
    for key, who in found.items():
        note = element("small", who.note) if who.note else None
        choice = element("button", who.name or key, note, name="persona", value=key)
        groups.setdefault(who.group, []).append(element("li", choice))
    sections = (
        element("section", element("h2", group or "Overig"), element("ul", *choices))
        for group, choices in groups.items()
    )
    action = f"{prefix}/authorize"
    return element("form", _hidden(carried), *sections, method="post", action=action)


def _hidden(carried: Mapping[str, str]) -> Markup:
    fields = (void("input", type="hidden", name=n, value=v) for n, v in carried.items())
    return together(*fields)


def _fits(wanted: str, key: str, who: Persona) -> bool:
    return all(
        word in f"{key} {who.name} {who.note} {who.group}".casefold() for word in wanted.split()
    )


def _page(prefix: str, title: str, *parts: Markup | None) -> str:
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} - demonstratie van Trede"),
        void("link", rel="stylesheet", href=f"{prefix}/page.css"),
    )
    strip = element("p", "Demonstratie: alle personen zijn verzonnen.", class_="strip")
    body = element("body", strip, element("main", element("h1", title), *parts))
    return "<!doctype html>\n" + element("html", head, body, lang="nl")
