"""The records under a trajectory: a list of each kind, a form to add one, and what may follow."""

from app.facades.web.kinds import add_kind
from app.facades.web.pages.trajectories import choices
from app.facades.web.pages.trajectories.kinds import KINDS
from app.facades.web.site import Pages

pages = Pages()
for _kind in KINDS:
    add_kind(pages, _kind, choices.OF)
