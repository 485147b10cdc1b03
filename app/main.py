"""Puts everything together; the only file that knows all routers."""

import importlib
import importlib.util
import logging
import pkgutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request
from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from app import domain
from app.access import refusals
from app.access.services import Services
from app.domain.event.actions.running import told
from app.facades.authzen.routes import authzen_routes
from app.facades.bulk.exports import export_routes
from app.facades.bulk.importing import importing
from app.facades.docs.routes import docs_router
from app.facades.fhir import outcomes
from app.facades.fhir.names import PREFIX as FHIR
from app.facades.fhir.routes import fhir_routes
from app.facades.oauth.routes import oauth_routes
from app.facades.web.login.routes import DOORS
from app.facades.web.serving import KEEPABLE, make_pages_ready, serve_pages
from app.housekeeping import kept, log_told
from app.platform.db import Engine, engine
from app.platform.http.conventions import bare_app, install
from app.platform.http.exchange import exchange_of
from app.platform.http.limits import Limiter
from app.platform.http.openapi import document
from app.platform.http.problems import Problem
from app.platform.http.routing import undeclared, without_replay
from app.platform.security.demo_issuer import DemoIssuer
from app.platform.security.demo_routes import demo_routes
from app.platform.security.drafts import Drafts
from app.platform.settings import Settings
from app.wiring import (
    Logins,
    collector_of,
    login_of,
    proxy_of,
    secrets_of,
    services_of,
    sessions_of,
)

VERSION = "0.1.0"
PREFIX = "/v1"
CONTACT = {
    "name": "Trede integrators",
    "url": "https://trede.example/integrators",
    "email": "integrators@trede.example",
}
log = logging.getLogger("trede")


class UndeclaredRouteError(Exception):
    """A route that does not say what it does with which data is never served."""


def create_app(settings: Settings, logins: Logins, demo: DemoIssuer | None = None) -> FastAPI:
    """The whole application on one database. Raises UndeclaredRouteError."""
    secrets = secrets_of(settings)
    app = bare_app(title="Trede", version=VERSION, description=_DESCRIPTION)
    app.contact = CONTACT
    install(
        app,
        etag_key=secrets.etag_key,
        body_key=secrets.idempotency_key,
        own_policy=("/",),
        keepable=KEEPABLE,
        dialects={FHIR: outcomes.refusing},
        unauthenticated=Limiter(settings.requests_per_second, settings.burst),
        proxy=proxy_of(settings),
    )
    worker = engine(logins.worker, pool_size=2)
    app.state.services = services_of(settings, logins, secrets, demo)
    app.state.settings, app.state.demo = settings, demo is not None
    app.state.login, app.state.login_key = login_of(settings, demo), secrets.login_key
    app.state.sessions, app.state.drafts = sessions_of(settings, secrets), Drafts(secrets.draft_key)
    app.state.on_refusal.append(record_refusal)
    for router in routers():
        app.include_router(router, prefix=PREFIX)
    app.include_router(export_routes(), prefix=PREFIX)
    app.include_router(oauth_routes())
    app.include_router(authzen_routes())
    app.include_router(fhir_routes())
    app.include_router(_probes())
    app.include_router(docs_router(lambda: document(app)))
    if demo is not None:
        app.include_router(demo_routes(demo))
    serve_pages(app, secrets.page_key, DOORS)
    _refuse_the_undeclared(app)
    courier = engine(logins.worker, pool_size=4)
    app.router.lifespan_context = _lifespan(app.state.services, worker, courier, settings)
    return app


_DESCRIPTION = """\
Case management for work-reintegration trajectories of people in Dutch mental-health care. \
Each party sees only what the client allowed or the law requires; what is withheld by rule \
is named in `withheld`, and every look stands on a log that the client can read.

A client system is registered by an administrator of its organisation at `POST /v1/machines`, \
which gives its `client_id`; it signs an assertion with its own key, gets a token of five minutes \
at `POST /oauth2/token`, and acts for a colleague by `On-Behalf-Of`: the id of a membership, as \
`GET /v1/practitioners` lists them. `GET /v1/me` tells who you are to us.

A change needs the `ETag` of what you read in `If-Match` wherever that header is listed. Send \
an `Idempotency-Key` with every `POST` that lists it, and the same again after a lost answer.

A refusal is a problem of RFC 9457. 400 names every fault in `errors`, 403 is an act that your \
role or scope does not have, and 404 is the same for what is unknown and for what is hidden.

Who may call what stands with each operation: at most these roles. Whose records a role \
reaches follows from its work and from consents. `GET /v1/reference/matrix` has role by category, \
`/v1/reference/roles`, `/v1/reference/categories` and `/v1/reference/purposes` what they are \
called, and `/v1/reference/glossary` each term in Dutch.
"""


def routers() -> Iterator[APIRouter]:
    """The routers of every noun, in the order of their names."""
    for noun in pkgutil.iter_modules(domain.__path__):
        name = f"{domain.__name__}.{noun.name}.routes"
        if importlib.util.find_spec(name) is None:
            continue
        module = importlib.import_module(name)
        yield from getattr(module, "routers", None) or [module.router]


async def record_refusal(request: Request, problem: Problem) -> None:
    """Every 403 and 404 of a known caller stands on the record, with the id that was asked."""
    viewer = getattr(request.state, "viewer", None)
    if viewer is None:
        return
    asked = [_uuid(value) for value in request.path_params.values()]
    services: Services = request.app.state.services
    await refusals.write(
        services.engines.reader,
        viewer,
        exchange_of(request),
        problem.status,
        asked_id=next((value for value in reversed(asked) if value is not None), None),
    )


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _probes() -> APIRouter:
    """`/health`: the process runs; `/ready`: it can serve. Neither tells more than that."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health")
    async def health() -> Response:
        return JSONResponse({"status": "ok"})

    @router.get("/ready")
    async def ready(request: Request) -> Response:
        try:
            async with request.app.state.services.engines.reader.begin() as db:
                await db.execute(text("SELECT moment()"))
        except Exception as error:  # noqa: BLE001 - whatever is wrong, we are not ready
            log.warning("not ready: %s", type(error).__name__)
            return JSONResponse({"status": "unavailable"}, 503)
        return JSONResponse({"status": "ok"})

    return router


def _refuse_the_undeclared(app: FastAPI) -> None:
    outside = ("/health", "/ready", "/docs", "/demo-issuer", "/oauth2", "/.well-known")
    found = [name for name in undeclared(app) if not name.split(" ")[1].startswith(outside)]
    lost = [name for name in without_replay(app) if not name.split(" ")[1].startswith(FHIR)]
    found += [f"{name} (no replay)" for name in lost]  # FHIR hands the key on
    if found:
        raise UndeclaredRouteError(", ".join(found))


def _lifespan(
    services: Services, worker: Engine, courier: Engine, settings: Settings
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        make_pages_ready(app)
        writer = services.engines.writer
        seconds, ledger = settings.attribution_seconds, services.ledger
        async with (
            kept(worker, writer, seconds, services.log_key, ledger),
            told(services, courier, settings.event_seconds),
            log_told(worker, seconds, services.telling, collector_of(settings, app.version)),
            importing(app, worker, seconds),
        ):
            yield
        await services.engines.dispose()

    return lifespan
