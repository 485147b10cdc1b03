"""How long who keeps what, and from when on; pure data. Terms are a conservative reading.

Source: the table of terms of the domain reference (E6). `term` without years is kept as long as
the purpose needs it. Per organisation that answers for the record and per category, never per
trajectory: one trajectory holds records of several controllers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from app.access.vocabulary import Category, OrganisationKind


class Begins(StrEnum):
    """What the term is counted from."""

    LAST_CHANGE = "last_change"
    END_OF_ASSIGNMENT = "end_of_assignment"
    END_OF_EMPLOYMENT = "end_of_employment"
    WRITING = "writing"
    END_OF_PURPOSE = "end_of_purpose"


class RetentionClass(StrEnum):
    """A file with one term."""

    TREATMENT_FILE = "treatment_file"
    ASSESSMENT = "assessment"
    MUNICIPAL_FILE = "municipal_file"
    SOCIAL_SUPPORT_FILE = "social_support_file"
    REINTEGRATION_FILE = "reintegration_file"
    EMPLOYER_FILE = "employer_file"
    INSURER_FILE = "insurer_file"
    PLATFORM_FILE = "platform_file"
    ACCESS_LOG = "access_log"


@dataclass(frozen=True)
class Term:
    """So many years from then on; None: as long as the purpose needs it."""

    years: int | None
    begins: Begins
    source: str


TERMS: Mapping[RetentionClass, Term] = MappingProxyType(
    {
        RetentionClass.TREATMENT_FILE: Term(20, Begins.LAST_CHANGE, "BW 7:454(3)"),
        RetentionClass.ASSESSMENT: Term(None, Begins.END_OF_PURPOSE, "BW 7:464(2)(a)"),
        RetentionClass.MUNICIPAL_FILE: Term(
            10, Begins.END_OF_ASSIGNMENT, "selection list of the municipality; sources differ"
        ),
        RetentionClass.SOCIAL_SUPPORT_FILE: Term(15, Begins.LAST_CHANGE, "Wmo 2015, 5.3.4"),
        RetentionClass.REINTEGRATION_FILE: Term(
            2, Begins.END_OF_ASSIGNMENT, "contract; AVG 5(1)(e)"
        ),
        RetentionClass.EMPLOYER_FILE: Term(
            2, Begins.END_OF_EMPLOYMENT, "AP, policy rules on sick employees, ch. 6"
        ),
        RetentionClass.INSURER_FILE: Term(None, Begins.END_OF_PURPOSE, "AVG 5(1)(e)"),
        RetentionClass.PLATFORM_FILE: Term(None, Begins.END_OF_PURPOSE, "AVG 5(1)(e)"),
        RetentionClass.ACCESS_LOG: Term(5, Begins.WRITING, "NEN 7513; Stcrt. 2019, 38007"),
    }
)
_FILES: Mapping[OrganisationKind, RetentionClass] = MappingProxyType(
    {
        OrganisationKind.GGZ_PROVIDER: RetentionClass.TREATMENT_FILE,
        OrganisationKind.UWV: RetentionClass.ASSESSMENT,
        OrganisationKind.MUNICIPALITY: RetentionClass.MUNICIPAL_FILE,
        OrganisationKind.REINTEGRATION_COMPANY: RetentionClass.REINTEGRATION_FILE,
        OrganisationKind.EMPLOYER: RetentionClass.EMPLOYER_FILE,
        OrganisationKind.SOCIAL_PROVIDER: RetentionClass.SOCIAL_SUPPORT_FILE,
        OrganisationKind.HEALTH_INSURER: RetentionClass.INSURER_FILE,
        OrganisationKind.PLATFORM: RetentionClass.PLATFORM_FILE,
    }
)


def class_of(kind: OrganisationKind, category: Category) -> RetentionClass:
    """The file this record of this organisation belongs to; a consent proof keeps file term."""
    return RetentionClass.ACCESS_LOG if category is Category.ACCESS_LOG else _FILES[kind]


def ends(term: Term, begun: date) -> date | None:
    """The first day on which it is no longer kept; on 29 February the day after.

    None where no number of years says so.
    """
    if term.years is None:
        return None
    year = begun.year + term.years
    try:
        return begun.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
