"""Support: public provisions, support at work, the register, and work that is returned to."""

from app.access.versions import versions
from app.domain.placement.tables import (
    PublicProvision,
    RetainedJob,
    TargetGroupStatus,
    WorkSupport,
)

PROVISIONS = versions(PublicProvision)
SUPPORTS = versions(WorkSupport)
STATUSES = versions(TargetGroupStatus)
RETAINED = versions(RetainedJob)
