"""Consent over HTTP."""

from app.domain.consent.routes import (
    asking,
    blocks,
    consents,
    incapacities,
    oversight,
    persons,
    restricting,
    substitutions,
    texts,
)

routers = [
    consents.of_client,
    consents.anywhere,
    asking.router,
    blocks.router,
    persons.router,
    persons.links,
    incapacities.router,
    restricting.router,
    oversight.router,
    texts.router,
    substitutions.router,
]
