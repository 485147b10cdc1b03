"""Media types: what a body is said to be, and what the caller accepts in return."""


def media_type(header: str | None) -> tuple[str, dict[str, str]]:
    """Type and parameters of a Content-Type header, in lower case; empty when there is none."""
    name, *rest = (header or "").lower().split(";")
    pairs = (part.partition("=") for part in rest)
    return name.strip(), {key.strip(): value.strip(' "') for key, _, value in pairs}


def is_json_in_utf8(parameters: dict[str, str]) -> bool:
    """JSON is UTF-8; another charset could hide what a filter in front of us would see."""
    return parameters.get("charset", "utf-8") in {"utf-8", "utf8"}


def accepts(header: str | None, offered: str) -> bool:
    """Whether Accept leaves room for `offered`: its most specific range decides, RFC 9110."""
    if not header or not header.strip():
        return True
    family = offered.split("/", maxsplit=1)[0]
    ranks = {"*/*": 0, f"{family}/*": 1, offered: 2}
    best, quality = -1, 0.0
    for part in header.split(","):
        name, parameters = media_type(part)
        rank = ranks.get(name, -1)
        if rank > best:
            best, quality = rank, _quality(parameters.get("q", "1"))
    return quality > 0


def ranked(header: str | None) -> list[str]:
    """The ranges of an Accept header, the most wished for first; without a header all is well."""
    if not header or not header.strip():
        return ["*/*"]
    parts = [media_type(part) for part in header.split(",")]
    rated = [(_quality(parameters.get("q", "1")), name) for name, parameters in parts]
    rated.sort(key=lambda each: -each[0])
    return [name for quality, name in rated if quality > 0]


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
