"""What a script asks where much is told at once, or where it is told unasked."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from app.facades.bulk.exports import Along
from app.facades.fhir.export.jobs import OFFERED
from app.facades.fhir.names import PREFIX
from tests.leaks import fhir
from tests.leaks.listening import ONWARD

if TYPE_CHECKING:
    from tests.leaks.script import Ask, Script

WEIGHTS = {"fhir": 6, "export": 2, "bulk": 3, "beforehand": 2, "fetched": 3, "called": 2}
"""What a request is, and how often."""
EXPORTS = ("clients", "trajectories", "caseload")


def drawn(script: "Script", channel: str = "") -> "Ask":
    """The next of them, or of one; who has no client system to listen for it asks as FHIR."""
    way = channel or script.chance.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
    if way in {"fetched", "called"} and not script.pair.listeners:
        way = "fhir"
    if way == "beforehand":
        return script.beforehand()
    return {"fhir": fhir.drawn, "export": _export, "bulk": _bulk, "fetched": _fetched,
            "called": _called}[way](script)  # fmt: skip


def _export(script: "Script") -> "Ask":
    name = script.chance.choice(EXPORTS)
    along = script.chance.sample([each.value for each in Along], 2) if name == EXPORTS[1] else []
    query = "&".join(f"records={each}" for each in along)
    packed = script.chance.choice(("identity", "gzip"))
    path = f"/v1/exports/{name}?{query}".rstrip("?")
    return script.asking("export", "GET", path, None, Accept_Encoding=packed)


def _bulk(script: "Script") -> "Ask":
    """An export that begins, that is looked at, or a file of one."""
    kind = script.chance.random()
    if script.files and kind < 0.5:
        return script.asking("bulk", "GET", script.chance.choice(script.files), None)
    if script.jobs and kind < 0.7:
        return script.asking("bulk", "GET", script.chance.choice(script.jobs), None)
    types = [name for name in OFFERED if not script.pair.silent or name not in fhir.TOLD_ONCE]
    some = ",".join(["Patient", *script.chance.sample(types, 2)])
    path = f"{PREFIX}/Patient/$export?_type={quote(some)}"
    return script.asking("bulk", "GET", path, None, Prefer="respond-async")


def _fetched(script: "Script") -> "Ask":
    listener = script.pair.listeners["A"]
    size = script.chance.choice((1, 3, 100))
    path = f"/v1/events?subscriptionId={listener.subscription}&pageSize={size}"
    onward = f"&cursor={ONWARD}" if script.chance.random() < 0.7 else ""
    return script.asking("fetched", "GET", f"{path}{onward}", None, **_as_named(listener.headers))


def _called(script: "Script") -> "Ask":
    return script.asking("called", "POST", "the receiver", None)


def _as_named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("-", "_"): value for name, value in headers.items()}
