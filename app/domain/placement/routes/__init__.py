"""Placements, adjustments at work and contacts over HTTP."""

from app.domain.placement.routes.contacts import contacts
from app.domain.placement.routes.placements import placements
from app.domain.placement.routes.workplace import workplace

routers = [placements, contacts, workplace]
