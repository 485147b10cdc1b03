"""The scan of the form that was signed on paper: put beside the consent, and taken out again."""

from base64 import b64decode, b64encode
from http import HTTPStatus

from starlette.responses import Response

from app.facades.operations import RefusedError
from app.facades.web.answers import Onward, Shown, problem_of
from app.facades.web.pages.consents.standing import shares, told
from app.facades.web.pages.consents.whom import whom
from app.facades.web.rendering import local_day
from app.facades.web.site import Pages
from app.facades.web.visits import NOT_ALLOWED, Visit
from app.facades.web.words import reading as words

pages = Pages()
LIST = "/consents/{consent_id}/scans"
NO_FILE = "Kies een bestand: een pdf of een foto (jpg of png)."
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@pages.get(f"{LIST}/new")
async def new(visit: Visit, consent_id: str) -> Shown:
    return await _form(visit, consent_id)


@pages.post(f"{LIST}/new", upload=True)
async def add(visit: Visit, consent_id: str) -> Shown | Onward:
    file = visit.uploads.get("file")
    if file is None or not file.content or file.media not in ENDINGS:
        return await _form(visit, consent_id, NO_FILE)
    body = {"mediaType": file.media, "content": b64encode(file.content).decode()}
    sent = await visit.sent("POST", LIST.format(consent_id=consent_id), body)
    if sent.ok:
        return Onward(f"/consents/{consent_id}", "De scan is bewaard bij de toestemming.")
    if sent.status != HTTPStatus.BAD_REQUEST:
        raise RefusedError(sent)
    fault = problem_of(sent).get("errors", [{}])[0]
    return await _form(visit, consent_id, words.fault(fault["code"], fault.get("detail")))


@pages.get(f"{LIST}/{{scan_id}}")
async def scan(visit: Visit, consent_id: str, scan_id: str) -> Response:
    """As a file to keep: it is never shown within a page of ours."""
    found = await visit.see(f"{LIST.format(consent_id=consent_id)}/{scan_id}")
    media = found["mediaType"]
    name = f"toestemming-{local_day(found['recordedAt'])}.{ENDINGS[media]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(b64decode(found["content"]), media_type=media, headers=headers)


async def _form(visit: Visit, consent_id: str, fault: str | None = None) -> Shown:
    found = await visit.see(f"/consents/{consent_id}")
    of = await whom(visit, found["clientId"])
    if not shares(of, found, visit):
        raise RefusedError(NOT_ALLOWED)
    (one,) = await told(visit, of, [found])
    return Shown(
        "consents/scan_new.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        of=of,
        one=one,
        faults={"file": fault} if fault else {},
    )
