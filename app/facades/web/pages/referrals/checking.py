"""Whether a referral is about the person whose BSN one holds: yes or no, asked by POST alone.

The number is put into the operation and nowhere else: no address, no draft, no message keeps it.
"""

from http import HTTPStatus

from app.facades.operations import Call, RefusedError
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.forms.showing import faults_by_name
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
CHECK = "/referrals/{referral_id}/bsn-checks"


@pages.get(CHECK)
async def asked(visit: Visit, referral_id: str) -> Shown:
    return await _page(visit, referral_id)


@pages.post(CHECK)
async def check(visit: Visit, referral_id: str) -> Shown:
    path, body = CHECK.format(referral_id=referral_id), {"bsn": visit.field("bsn")}
    told = await visit.call(Call("POST", path, body=body))
    if told.ok:
        return await _page(visit, referral_id, matches=told.json["matches"])
    if told.status != HTTPStatus.BAD_REQUEST:
        raise RefusedError(told)
    faults = faults_by_name(told)
    return await _page(visit, referral_id, faults=faults)


async def _page(
    visit: Visit,
    referral_id: str,
    *,
    matches: bool | None = None,
    faults: dict[str, str] | None = None,
) -> Shown:
    visit.require(f"POST {CHECK}")
    told = await visit.see(f"/referrals/{referral_id}")
    return Shown(
        "referrals/checking.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        referral=told,
        name=client_name(told),
        matches=matches,
        faults=faults or {},
    )
