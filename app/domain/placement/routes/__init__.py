"""Placements, adjustments and support at work, and contacts over HTTP."""

from app.domain.placement.routes.contacts import contacts
from app.domain.placement.routes.placements import placements
from app.domain.placement.routes.search import search
from app.domain.placement.routes.supports import supports
from app.domain.placement.routes.workplace import workplace

routers = [placements, contacts, search, supports, workplace]
