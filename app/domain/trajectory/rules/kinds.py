"""What a trajectory can be, who pays, and how long it lasts (source: domain, part B and A6)."""

from enum import StrEnum

from app.access.vocabulary import OrganisationKind


class Kind(StrEnum):
    WGB = "wgb"
    IPS = "ips"
    OAD = "oad"
    GREEN_ACTIVATION = "green_activation"
    GREEN_JOB = "green_job"
    GREEN_RECOVERY = "green_recovery"


OFFERED = frozenset(Kind)
"""Kinds whose process is written down; which of them a provider offers says `practice.csv`."""


ONE_AT_A_TIME = frozenset({Kind.WGB})
"""Kinds of which a client has one open course at a provider: one start conversation, one clock, one
goal after a year. Pause, crisis and another funder go on within it; the next follows its end."""


class Variant(StrEnum):
    """Who sits in the seat of the responsible body; unknown until a referral is accepted."""

    UWV = "uwv"
    MUNICIPAL = "municipal"


class LegalFrame(StrEnum):
    WIA = "wia"
    WAO = "wao"
    WAJONG = "wajong"
    ZIEKTEWET = "ziektewet"
    WW = "ww"
    PARTICIPATIEWET = "participatiewet"


class Funding(StrEnum):
    UWV = "uwv"
    PARTICIPATIEWET = "participatiewet"
    ZVW = "zvw"
    WMO = "wmo"
    WLZ = "wlz"
    GENERAL = "general"


class ClockBasis(StrEnum):
    """From which day the months count; follows from the kind when the trajectory is made."""

    START_CONVERSATION = "start_conversation"
    PROGRAM_ENTRY = "program_entry"
    ACTIVATION = "activation"
    CONTRACT = "contract"
    FIRST_PHASE = "first_phase"


SHORT, LONG = 12, 18
DURATIONS = (SHORT, LONG)

_VARIANTS = {
    OrganisationKind.UWV: Variant.UWV,
    OrganisationKind.MUNICIPALITY: Variant.MUNICIPAL,
}


def variant_of(authority: str | None) -> Variant | None:
    """The variant that follows from the kind of the responsible body, if there is one."""
    return None if authority is None else _VARIANTS.get(OrganisationKind(authority))
