"""What holds for the assessment of a client on the way to work; pure."""

from enum import StrEnum

from app.access.vocabulary import Role


class EndReason(StrEnum):
    """Why a job ended; no reason of health, which is not asked here (gate 9)."""

    CONTRACT_ENDED = "contract_ended"
    BUSINESS_CLOSED = "business_closed"
    REORGANISATION = "reorganisation"
    BY_EMPLOYEE = "by_employee"
    BY_EMPLOYER = "by_employer"
    BY_MUTUAL_AGREEMENT = "by_mutual_agreement"
    OTHER_JOB = "other_job"
    STUDY = "study"
    MOVED = "moved"
    OTHER = "other"
    NOT_STATED = "not_stated"


class EducationLevel(StrEnum):
    """Dutch levels, without the name of a school type that no longer exists."""

    PRIMARY = "primary"
    PRACTICAL = "practical"
    VMBO = "vmbo"
    HAVO = "havo"
    VWO = "vwo"
    MBO_1 = "mbo_1"
    MBO_2 = "mbo_2"
    MBO_3 = "mbo_3"
    MBO_4 = "mbo_4"
    HBO = "hbo"
    WO = "wo"
    COURSE = "course"


class ChosenBy(StrEnum):
    """Whose choice a goal is: will, not must (domain A7)."""

    CLIENT = "client"
    TOGETHER = "together"
    OTHER = "other"


class Nights(StrEnum):
    """Whether work at night suits."""

    SUITABLE = "suitable"
    SOMETIMES = "sometimes"
    NOT_SUITABLE = "not_suitable"


class Owner(StrEnum):
    """Whose step it is."""

    CLIENT = "client"
    COACH = "coach"
    LABOUR_EXPERT = "labour_expert"
    CASE_MANAGER = "case_manager"
    CLINICIAN = "clinician"
    PSYCHOLOGIST = "psychologist"
    INSURANCE_PHYSICIAN = "insurance_physician"
    EMPLOYER = "employer"
    JOB_COACH = "job_coach"
    OTHER = "other"


class BenefitKind(StrEnum):
    """Dutch benefits by their codes (domain glossary)."""

    WIA = "wia"
    WAO = "wao"
    WAJONG = "wajong"
    WW = "ww"
    ZW = "zw"
    PW = "pw"


class Counsellor(StrEnum):
    """Who explained what working does to the benefit."""

    UWV = "uwv"
    MUNICIPALITY = "municipality"
    BENEFITS_COUNSELLOR = "benefits_counsellor"
    COACH = "coach"
    OTHER = "other"


class TravelsBy(StrEnum):
    """How someone gets to work."""

    FOOT = "foot"
    BIKE = "bike"
    PUBLIC_TRANSPORT = "public_transport"
    CAR = "car"


MAKES_PLANS = frozenset(
    {
        Role.CLINICIAN,
        Role.IPS_COACH,
        Role.REINTEGRATION_COACH,
        Role.LABOUR_EXPERT,
        Role.MUNICIPAL_CASE_MANAGER,
    }
)
"""The client agrees to a plan and adds a statement, but is not asked to write it."""

COACHES = frozenset({Role.IPS_COACH, Role.REINTEGRATION_COACH})
"""A plan of theirs refines what the responsible body began."""

SPEAKS_FOR_CLIENT = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
"""Release and agreement are the client's, or the representative's within the mandate (gate 15)."""
