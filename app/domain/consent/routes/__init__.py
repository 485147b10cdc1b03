"""Consent over HTTP."""

from app.domain.consent.routes import (
    asking,
    blocks,
    consents,
    incapacities,
    oversight,
    persons,
    proofs,
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
    oversight.router,
    proofs.of_client,
    proofs.anywhere,
    texts.router,
    substitutions.router,
]
