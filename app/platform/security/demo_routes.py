"""The surface of the demo issuer: this machine only, outside the published contract."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.platform.security import demo_pages
from app.platform.security.demo_issuer import OUT_PATH, PREFIX, DemoIssuer
from app.platform.security.demo_login import RefusedGrantError, UnknownClientError
from app.platform.security.loopback import is_loopback

PROXY_WORDS = frozenset({"forwarded", "x-forwarded-for", "x-forwarded-host", "via"})
Purpose = Annotated[str | None, Form(pattern="^[a-z_]{1,64}$")]


def demo_routes(demo: DemoIssuer) -> APIRouter:
    """Everything below the prefix, to be included once."""
    router = APIRouter(
        prefix=PREFIX, include_in_schema=False, dependencies=[Depends(only_this_machine)]
    )
    _documents(router, demo)
    _tokens(router, demo)
    _pages(router, demo)
    return router


def _documents(router: APIRouter, demo: DemoIssuer) -> None:
    @router.get("/.well-known/openid-configuration")
    def metadata() -> dict[str, Any]:
        return demo.metadata()

    @router.get("/jwks")
    def jwks() -> dict[str, Any]:
        return demo.jwks()

    @router.get("/page.css")
    def styles() -> Response:
        return Response(demo_pages.STYLES, media_type="text/css")


def _tokens(router: APIRouter, demo: DemoIssuer) -> None:
    @router.post("/token")
    async def token(
        request: Request,
        persona: Annotated[str | None, Form(max_length=100)] = None,
        purpose_of_use: Purpose = None,
        grant_type: Annotated[str | None, Form()] = None,
    ) -> Response:
        """For a code as any provider would; for the name of a persona without more ado."""
        unstored = {"Cache-Control": "no-store"}
        if grant_type is None:
            return JSONResponse(demo.answer(persona, purpose_of_use), headers=unstored)
        form = {name: str(value) for name, value in (await request.form()).items()}
        try:
            return JSONResponse(demo.exchanged(form), headers=unstored)
        except RefusedGrantError as refused:
            return JSONResponse({"error": str(refused)}, 400, headers=unstored)


def _pages(router: APIRouter, demo: DemoIssuer) -> None:
    @router.get("/authorize")
    def ask(request: Request) -> Response:
        return _answered(demo, {**request.query_params, "persona": ""})

    @router.post("/authorize")
    async def choose(request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        return _answered(demo, form)

    @router.get("/logout")
    def leave(post_logout_redirect_uri: str | None = None) -> Response:
        home = f"{demo.home}{OUT_PATH}"
        onward = home if post_logout_redirect_uri == home else None
        return _shown(demo_pages.logged_out(PREFIX, onward))


def _answered(demo: DemoIssuer, asked: dict[str, str]) -> Response:
    """The page, or onward: with what is wrong, or with a code for whom was chosen."""
    try:
        fault = demo.login.fault(asked)
    except UnknownClientError:
        return _shown(demo_pages.unknown_client(PREFIX), 400)
    if fault is not None:
        return RedirectResponse(demo.login.refused(asked, fault), 303)
    if asked.get("persona") in demo.personas:
        return RedirectResponse(demo.login.chosen(asked, asked["persona"]), 303)
    return _shown(demo_pages.choosing(PREFIX, asked, demo.personas))


def _shown(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, {"Content-Security-Policy": demo_pages.POLICY})


def only_this_machine(request: Request) -> None:
    """404 for a caller elsewhere, behind a proxy, or using a foreign name for this machine.

    A name check stops a web page that lets its own name point here (DNS rebinding). What a proxy
    said is taken out of the request before it comes here; that it spoke is told in the state.
    """
    near = request.client is not None and is_loopback(request.client.host)
    proxied = getattr(request.state, "proxied", False) or PROXY_WORDS.intersection(request.headers)
    if proxied or not near or not is_loopback(request.url.hostname or ""):
        raise HTTPException(404)
