"""The access log as the officer looks through it: a sample of a day, and whether it is whole."""

from http import HTTPStatus
from typing import Any

from app.facades.operations import Call, Json, RefusedError
from app.facades.web.answers import Shown
from app.facades.web.forms.fields import fields_of
from app.facades.web.forms.reading import gathered, read
from app.facades.web.forms.showing import Showing, faults_by_name, labels_of
from app.facades.web.people import colleagues
from app.facades.web.rendering import typed_day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
SAMPLE = "/privacy-desk/access-log/_sample"
REGISTER = "GET /privacy-desk/processing-register"
LIKELY = 20
"""Looks that are drawn, unless the officer asks another number."""


@pages.get("/privacy-desk/log")
async def log(visit: Visit) -> Shown:
    visit.require(REGISTER)
    values = {"day": (await visit.today()).isoformat(), "drawn": LIKELY}
    return await _page(visit, values, {})


@pages.post("/privacy-desk/log")
async def sampled(visit: Visit) -> Shown:
    """The looks of one day that were drawn, and those that are odd."""
    values = read(fields_of(visit.contract, "SampleIn"), gathered(visit.form))
    told = await visit.call(Call("POST", SAMPLE, body=values))
    if told.status == HTTPStatus.BAD_REQUEST:
        return await _page(visit, values, faults_by_name(told))
    if not told.ok:
        raise RefusedError(told)
    return await _page(visit, {**values, "seed": told.json["seed"]}, {}, told.json)


async def _page(
    visit: Visit, values: Json, faults: dict[str, str], sample: Json | None = None
) -> Shown:
    choices = {"membershipId": await colleagues()(visit, {})}
    questions = Showing(values, faults, choices).asked(fields_of(visit.contract, "SampleIn"))
    shown: dict[str, Any] = {
        "asked": questions,
        "labels": labels_of(questions),
        "example": f"Bijvoorbeeld {typed_day(await visit.today())}",
        "faults": faults,
        "sample": sample,
        "samples": visit.may(f"POST {SAMPLE}"),
        **await _state_of_log(visit),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return Shown("privacy/log.html", status, **shown)


async def _state_of_log(visit: Visit) -> Json:
    """Whether it is what was signed; the public checkpoint and key, as anybody gets them."""
    note, key = [await _text(visit, name) for name in ("checkpoint", "verifier-key")]
    lines = (note or "").splitlines()
    size = lines[1] if len(lines) > 1 else None
    verified = await visit.maybe("/privacy-desk/access-log/verification")
    return {"checkpoint": note, "verifier": key, "size": size, "verified": verified}


async def _text(visit: Visit, name: str) -> str | None:
    told = await visit.call(Call("GET", f"/access-log/{name}", headers={"accept": "text/plain"}))
    return told.body.decode() if told.ok else None
