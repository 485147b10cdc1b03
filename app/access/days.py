"""Days that a record speaks of, checked against the day it is recorded."""

from datetime import date

from pydantic.alias_generators import to_camel

from app.access.session import Session
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Fault


def require_past(session: Session, **days: date | None) -> None:
    """What happened lies not in the future. Raises BadRequest that names every wrong field."""
    today = day_of(session.viewer.moment)
    faults = [
        Fault("body", f"#/{to_camel(name)}", "in_the_future", "This day has yet to come.")
        for name, day in days.items()
        if day is not None and day > today
    ]
    if faults:
        raise BadRequest(errors=faults)
