"""What goes out about tasks; what kind of record waits decides the category."""

from typing import Literal
from uuid import UUID

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.reporting.rules.tasks import TaskKind
from app.platform.http.schemas import Day, Out


class ReferralTask(Disclosed, category=Category.EXISTENCE):
    """A referral waits in your inbox."""

    kind: Literal[TaskKind.REFERRAL_TO_DECIDE]
    id: UUID
    path: str
    since: Day


class ConsentTask(Disclosed, category=Category.CONSENT):
    """Someone asks for your consent; yes, no and later are all answers."""

    kind: Literal[TaskKind.CONSENT_TO_DECIDE]
    id: UUID
    path: str
    since: Day


class ReportTask(Disclosed, category=Category.PROGRESS_REPORT):
    """A report is yours to read before anyone else."""

    kind: Literal[TaskKind.REPORT_TO_READ]
    id: UUID
    trajectory_id: UUID
    path: str
    since: Day


class StatusTask(Disclosed, category=Category.STATUS):
    """An invitation, a question, a step, a review or a reminder; `what` names which."""

    kind: Literal[
        TaskKind.INVITATION_TO_ANSWER,
        TaskKind.QUESTION_TO_ANSWER,
        TaskKind.STEP_TO_TAKE,
        TaskKind.REVIEW_TO_HOLD,
        TaskKind.REMINDER,
    ]
    id: UUID
    trajectory_id: UUID
    path: str
    what: str | None = None
    since: Day | None = None
    due_on: Day | None = None


Task = ReferralTask | ConsentTask | ReportTask | StatusTask


class TasksOut(Out):
    """What has a date comes first, then what waits longest."""

    items: list[Task]
