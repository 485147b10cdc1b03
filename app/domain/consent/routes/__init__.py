"""Consent over HTTP."""

from app.domain.consent.routes import (
    asking,
    blocks,
    consents,
    deciding,
    discussing,
    incapacities,
    oversight,
    persons,
    proofs,
    restricting,
    scans,
    substitutions,
    texts,
)

routers = [
    consents.of_client,
    consents.anywhere,
    scans.router,
    asking.router,
    blocks.router,
    persons.router,
    persons.links,
    incapacities.router,
    restricting.router,
    discussing.router,
    oversight.router,
    deciding.router,
    proofs.of_client,
    proofs.anywhere,
    texts.router,
    substitutions.router,
]
