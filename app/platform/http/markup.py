"""HTML out of nested calls, in which every text is escaped."""

from html import escape


class Markup(str):
    """Text that is HTML already; only the functions below make it."""

    __slots__ = ()


Part = str | None  # plain text, Markup, or nothing


def element(tag: str, *parts: Part, **attributes: str) -> Markup:
    """One element; `class_` stands for class, plain text is escaped, None leaves nothing."""
    return Markup(f"{void(tag, **attributes)}{together(*parts)}</{tag}>")


def void(tag: str, **attributes: str) -> Markup:
    """An element that can hold nothing, as `input` and `meta`."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return Markup(f"<{tag}{given}>")


def together(*parts: Part) -> Markup:
    """Parts one after another."""
    return Markup(
        "".join(
            part if isinstance(part, Markup) else escape(part) for part in parts if part is not None
        )
    )


def prose(text: str | None) -> Markup:
    """Paragraphs, divided by empty lines, with `code` between backticks."""
    paragraphs = [p for p in (text or "").split("\n\n") if p.strip()]
    return together(*(element("p", phrase(p)) for p in paragraphs))


def table(heads: tuple[str, ...], rows: list[tuple[Part, ...]]) -> Markup | None:
    """A table, or nothing when there are no rows."""
    if not rows:
        return None
    head = element("tr", *(element("th", h, scope="col") for h in heads))
    body = (element("tr", *(element("td", cell) for cell in row)) for row in rows)
    return element("table", element("thead", head), element("tbody", *body))


def phrase(text: str) -> Markup:
    """One line of text, with `code` between backticks."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # a backtick without its partner
        return together(text)
    return together(*(element("code", p) if n % 2 else p for n, p in enumerate(pieces)))
