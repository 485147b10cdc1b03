"""Tables of two facts that open data against the rule: a broken glass, an incapacity."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord
from app.access.vocabulary import Category, Role
from app.platform.clock import moment
from app.platform.db import Base


class BreakGlass(ClientRecord, Base):
    """A clinician opened what an emergency needs; for a short time, with a reason, to be reviewed.

    Written by the compiler only, whose row policy holds the whole rule: the matrix gives nobody a
    right to do this. The client and the desk see it; whoever broke it sees it while it lasts.
    """

    __tablename__ = "break_glass"
    __category__ = Category.CONSENT
    __open__ = ("reason",)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    desk_inbox_id: Mapped[UUID] = mapped_column(ForeignKey("inbox.id"))
    reason: Mapped[str]
    explanation: Mapped[str] = sealed()
    valid_from: Mapped[datetime] = mapped_column(server_default=moment())
    valid_until: Mapped[datetime]


class Incapacity(ClientRecord, Base):
    """A clinician found that the client cannot weigh one decision, for a time (WGBO 465).

    Never about the person as a whole: it names the decision and the data that it takes.
    """

    __tablename__ = "incapacity"
    __category__ = Category.MEDICAL
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset({Role.CLINICIAN})
    decision: Mapped[str] = sealed()
    finding: Mapped[str] = sealed()
    covers: Mapped[int]
    valid_from: Mapped[datetime] = mapped_column(server_default=moment())
    valid_until: Mapped[datetime]
