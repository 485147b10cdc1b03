"""Every read of an application; its papers come in the same statement."""

from app.access.lists import list_of
from app.access.rows import shown
from app.domain.application.tables import Application, ApplicationPaper

_PAPERS = list_of(
    ApplicationPaper,
    (
        "id",
        "kind",
        "dated_on",
        "outcome",
        "reason",
        "starts_on",
        "funded_until",
        "author_role",
        "recorded_at",
    ),
    ApplicationPaper.application_id == Application.id,
)
APPLICATIONS = shown(Application, *Application.__table__.c, _PAPERS.label("papers"))
