"""Templates to HTML, with the words and dates of the Netherlands."""

from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, select_autoescape

from app.domain.reference.rules import labels
from app.facades.web import files
from app.facades.web.drawing import charts
from app.facades.web.words import reading as words
from app.platform.clock import AMSTERDAM

TEMPLATES = Path(__file__).with_name("templates")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing comes from elsewhere, and nothing of what people wrote can run."""
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
SHORT_MONTHS = "jan feb mrt apr mei juni juli aug sep okt nov dec".split()  # noqa: SIM905
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]


@cache
def environment() -> Environment:
    """The templates of the house; everything that is put into them is escaped."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        auto_reload=False,  # no look at the file for each part of each page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "day": day,
        "short_day": short_day,
        "typed_day": typed_day,
        "weekday": weekday,
        "moment": moment,
        "clock_time": clock_time,
        "number": number,
        "yes_no": yes_no,
        "lowered": words.lowered,
    }
    found.globals |= {
        "asset": files.address,
        "new_key": new_key,
        "label": words.label,
        "word": words.value,
        "term_source": words.source,
        "act": words.act,
        "coded": coded,
        "rungs": words.values("rung"),
        "charts": charts,
    }
    return found


def rendered(template: str, **values: Any) -> str:
    """A template with these values."""
    return environment().get_template(template).render(**values)


def new_key() -> str:
    """For one form: what is sent twice by mistake is carried out once."""
    return str(uuid4())


def coded(name: str, code: str) -> str:
    """A code of the reference in Dutch, by the name of its list. Raises KeyError."""
    return labels()[name, code].dutch


def day(value: str | date | datetime) -> str:
    """`3 november 2026`."""
    found = local_day(value)
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def short_day(value: str | date | datetime) -> str:
    """`3 nov 2026`, for lists; months of four letters or fewer stay whole."""
    found = local_day(value)
    return f"{found.day} {SHORT_MONTHS[found.month - 1]} {found.year}"


def typed_day(value: str | date | datetime) -> str:
    """`03-11-2026`, as a date is typed."""
    return local_day(value).strftime("%d-%m-%Y")


def weekday(value: str | date | datetime) -> str:
    """`dinsdag`."""
    return WEEKDAYS[local_day(value).weekday()]


def moment(value: str | datetime) -> str:
    """`3 november 2026 om 14.30 uur`, in Dutch time."""
    found = local(value)
    return f"{day(found)} om {found:%H.%M} uur"


def clock_time(value: str | datetime | time) -> str:
    """`14.30 uur`, in Dutch time where the value has a date."""
    if isinstance(value, str) and "T" not in value:
        value = time.fromisoformat(value)
    found = value if isinstance(value, time) else local(value)
    return f"{found:%H.%M} uur"


def local(value: str | datetime) -> datetime:
    """A moment in Dutch time."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(AMSTERDAM)


def local_day(value: str | date | datetime) -> date:
    """The Dutch day of a moment, or the day itself."""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        return local(value).date()
    return date.fromisoformat(value) if isinstance(value, str) else value


def number(value: float) -> str:
    """`1,5`: a Dutch comma, and no zeros behind it that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def yes_no(value: bool) -> str:  # noqa: FBT001 - it is the value that is told
    """`ja` or `nee`."""
    return "ja" if value else "nee"
