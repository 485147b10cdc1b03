"""The AuthZEN endpoints and their discovery document; outside the versioned API."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from app.access.acts import searches
from app.access.login import claims_of
from app.access.vocabulary import Category
from app.facades.authzen import evaluating
from app.facades.authzen.evaluating import Asking
from app.facades.authzen.names import (
    EvaluationIn,
    EvaluationOut,
    EvaluationsIn,
    EvaluationsOut,
)
from app.platform.http.routing import Router

ASKS = searches(Category.EXISTENCE, Category.CONSENT)
EVALUATION, EVALUATIONS = "/access/v1/evaluation", "/access/v1/evaluations"


async def _asking(request: Request) -> Asking:
    return request, await claims_of(request)


Caller = Annotated[Asking, Depends(_asking)]


def authzen_routes() -> APIRouter:
    """Everything under `/access/v1`, and where to find it; to be included once."""
    router = APIRouter()
    router.include_router(_decisions())
    router.include_router(_document())
    return router


def _decisions() -> Router:
    router = Router(tags=["authzen"])

    @router.post(EVALUATION, act=ASKS, reads=True)
    async def evaluate(body: EvaluationIn, asking: Caller) -> EvaluationOut:
        """May this subject do this with this kind of data? (AuthZEN 1.0)."""
        return await evaluating.one(asking, body)

    @router.post(EVALUATIONS, act=ASKS, reads=True)
    async def evaluate_many(body: EvaluationsIn, asking: Caller) -> EvaluationsOut | EvaluationOut:
        """The same for many questions at once, or until one answer settles it."""
        top = evaluating.single(body)
        return await (evaluating.many(asking, body) if top is None else evaluating.one(asking, top))

    return router


def _document() -> Router:
    router = Router(prefix="/.well-known", tags=["authzen"])

    @router.get("/authzen-configuration", public=True, any_accept=True)
    async def read_authzen(request: Request) -> Response:
        """Where decisions are asked (AuthZEN 1.0, section 9)."""
        return JSONResponse(_configuration(request.app.state.services.issuer.url))

    return router


def _configuration(url: str) -> dict[str, Any]:
    return {
        "policy_decision_point": url,
        "access_evaluation_endpoint": f"{url}{EVALUATION}",
        "access_evaluations_endpoint": f"{url}{EVALUATIONS}",
    }
