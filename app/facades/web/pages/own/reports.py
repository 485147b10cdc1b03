"""Reports that the client reads before anyone else, and may say something about."""

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, add_form
from app.facades.web.pages.own.whose import chosen, own, trajectories
from app.facades.web.site import Pages
from app.facades.web.telling import record, standing
from app.facades.web.visits import Visit

pages = Pages()
REPORT = "/trajectories/{trajectory_id}/progress-reports/{report_id}"
READING = f"POST {REPORT}/readings"


@pages.get("/my-reports")
async def mine(visit: Visit) -> Shown:
    whose, found = own(visit), await trajectories(visit)
    lists = await visit.lists(*(f"/trajectories/{each['id']}/progress-reports" for each in found))
    lines = [
        {**report, "trajectoryId": of["id"]}
        for of, reports in zip(found, lists, strict=True)
        for report in standing(reports)
    ]
    newest = sorted(lines, key=lambda each: str(each["recordedAt"]), reverse=True)
    return Shown("own/reports.html", whose=whose, reports=sorted(newest, key=_was_read))


def _was_read(report: Json) -> bool:
    return report["releasedAt"] is not None


@pages.get("/my-reports/{trajectory_id}/{report_id}")
async def report(visit: Visit, trajectory_id: str, report_id: str) -> Shown:
    """The whole report above the button, so that nobody says to have read what was not shown."""
    whose = own(visit)
    await chosen(visit)
    told = await visit.told(REPORT.format(trajectory_id=trajectory_id, report_id=report_id))
    return Shown(
        "own/report.html",
        whose=whose,
        report=record(visit.contract, "ReportOut", told.json),
        at=f"/my-reports/{trajectory_id}/{report_id}",
        match=told.etag,
        readable=visit.may(READING) and not _was_read(told.json),
    )


add_form(
    pages,
    "/my-reports/{trajectory_id}/{report_id}/reading",
    Form(READING, then="/my-reports", back=About(None, "/my-reports", "Verslagen")),
)
