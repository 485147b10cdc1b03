"""The coach's contacts: kinds, ways, places, and what each kind may say; pure."""

from enum import StrEnum

from app.access.vocabulary import Role
from app.domain.trajectory.rules.milestones import Milestone


class ContactKind(StrEnum):
    CLIENT_CONTACT = "client_contact"
    OUTREACH = "outreach"
    FOLLOW_ALONG = "follow_along"
    MOTIVATIONAL_TALK = "motivational_talk"
    TEAM_MEETING = "team_meeting"
    DISCLOSURE_TALK = "disclosure_talk"
    EMPLOYER_VISIT = "employer_visit"
    INTRODUCTION_TALK = "introduction_talk"


class ContactMode(StrEnum):
    FACE_TO_FACE = "face_to_face"
    VIDEO = "video"
    TELEPHONE = "telephone"
    MESSAGE = "message"


class ContactPlace(StrEnum):
    """Coarse on purpose: an address would tell more than a log needs."""

    COACH_OFFICE = "coach_office"
    CARE_LOCATION = "care_location"
    CLIENT_HOME = "client_home"
    WORKPLACE = "workplace"
    COMMUNITY = "community"
    REMOTE = "remote"


MILESTONES = {
    ContactKind.OUTREACH: Milestone.OUTREACH,
    ContactKind.DISCLOSURE_TALK: Milestone.DISCLOSURE_TALK,
    ContactKind.EMPLOYER_VISIT: Milestone.EMPLOYER_CONTACT,
}
"""Contacts that the process counts; outreach must have been tried before "no contact"."""

STEPS = {
    ContactKind.MOTIVATIONAL_TALK: Milestone.MOTIVATIONAL_TALK,
    ContactKind.FOLLOW_ALONG: Milestone.FOLLOW_ALONG,
    ContactKind.INTRODUCTION_TALK: Milestone.INTRODUCTION_TALK,
}
"""Contacts that are a step in some processes, and a line of the log in all."""

WITH_CLIENT = frozenset(
    {ContactKind.CLIENT_CONTACT, ContactKind.FOLLOW_ALONG, ContactKind.MOTIVATIONAL_TALK}
    | {ContactKind.INTRODUCTION_TALK}
)
"""Contacts whose bare day is also written as [status]: the client was really seen or spoken."""

WITHOUT_NOTE = frozenset({ContactKind.DISCLOSURE_TALK})
"""Of a talk about disclosure the coach keeps the day only; its content is the client's."""

KNOWS_THE_DAY = sorted(
    {
        Role.CLIENT,
        Role.REPRESENTATIVE,
        Role.IPS_COACH,
        Role.REINTEGRATION_COACH,
        Role.LABOUR_EXPERT,
        Role.MUNICIPAL_CASE_MANAGER,
        Role.SUPERVISOR,
        Role.PRIVACY_DESK,
    }
)
"""Who may know on which day there was contact, as far as they see [status] at all."""
