"""What waits for you."""

from app.access.acts import reads
from app.access.session import Reading
from app.access.vocabulary import Category
from app.domain.reporting.actions.tasks import waiting
from app.domain.reporting.schemas.tasks import TasksOut
from app.platform.http.routing import Router

tasks = Router(prefix="/tasks", tags=["tasks"])
WAITS = (
    Category.EXISTENCE,
    Category.STATUS,
    Category.CONSENT,
    Category.PROGRESS_REPORT,
)


@tasks.get("", act=reads(*WAITS))
async def list_tasks(session: Reading) -> TasksOut:
    """What waits for you, what has a date first; derived from what you may see."""
    return await waiting(session)
