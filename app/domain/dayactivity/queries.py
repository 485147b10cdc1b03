"""Every read of day activity and green contracts; each statement decides for itself."""

from app.access.versions import versions
from app.domain.dayactivity.tables import DayActivity, GreenContract

DAY_ACTIVITIES = versions(DayActivity)
GREEN_CONTRACTS = versions(GreenContract)
