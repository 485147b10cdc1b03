"""What is kept of one employer: its places and people, contacts, notes and workplace scans."""

from functools import partial

from app.facades.web.forms.pages import Ids
from app.facades.web.forms.showing import Options
from app.facades.web.kinds import Choices, Kind, add_kind, is_open
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
EMPLOYER = "/employers/{employer_id}"
_kind = partial(Kind, EMPLOYER, quick=True)
_said = is_open("withdrawnOn")
ABOUT_NOBODY = "employers/about_nobody.html"
KINDS = (
    _kind("contacts", "contact_id", {"withdrawals": _said}, day="happenedOn", note=ABOUT_NOBODY),
    _kind("people", "person_id", {"ends": is_open("leftOn")}),
    _kind("sites", "site_id", {"ends": is_open("closedOn")}),
    _kind("notes", "note_id", {"withdrawals": _said}, note=ABOUT_NOBODY),
    _kind(
        "workplace-scans",
        "scan_id",
        {"withdrawals": _said},
        day="scannedOn",
        note="employers/scanning.html",
    ),
)


async def sites(visit: Visit, ids: Ids) -> Options:
    """The places of this employer that are still there."""
    found = await visit.every(f"{EMPLOYER.format(**ids)}/sites")
    return [
        (each["id"], f"{each['name']}, {each['town']}")
        for each in found
        if each.get("closedOn") is None
    ]


CHOICES: Choices = {name: {"siteId": sites} for name in ("people", "contacts", "workplace-scans")}
for _each in KINDS:
    add_kind(pages, _each, CHOICES)
