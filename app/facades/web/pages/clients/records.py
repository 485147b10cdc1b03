"""The records under a client: a list of each kind, a form to add one, and what may follow."""

from functools import partial

from app.facades.web.kinds import Choices, Kind, add_kind
from app.facades.web.pages.clients import choices
from app.facades.web.site import Pages
from app.facades.web.telling import holds

_kind = partial(Kind, "/clients/{client_id}")
KINDS = (
    _kind("treatment-plans", "plan_id", day="madeOn"),
    _kind("treatment-work-goals", "goal_id", addable=False),
    _kind("treatment-team", "member_id", {"ends": holds}),
    _kind("work-questions", "question_id", day="askedOn"),
    _kind("early-warning-plans", "plan_id", day="madeOn"),
    _kind("contact-preferences", "preference_id"),
    _kind("particulars", "particulars_id", addable=False),
    _kind("representatives", "person_id", {"ends": holds}),
    _kind("supporters", "person_id", {"ends": holds}),
    _kind("incapacities", "incapacity_id", {"ends": holds}),
    _kind("misplaced-records", "misplaced_id", addable=False),
)
"""Consents, blocks and restrictions have pages of their own."""
CHOICES: Choices = {"treatment-team": {"membershipId": choices.colleagues_in_care}}
pages = Pages()
for _each in KINDS:
    add_kind(pages, _each, CHOICES)
