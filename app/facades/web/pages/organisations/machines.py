"""The client systems of an organisation: their keys, what they may do, and how they get a token."""

from app.facades.oauth.tokens import token_endpoint
from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
ONE = "/machines/{machine_id}"
AT = f"/organisation{ONE}"


@pages.get("/organisation/machines")
async def machines(visit: Visit) -> Shown:
    told = await visit.see("/machines", pageSize=50, cursor=visit.query.get("cursor"))
    lines = sorted(told["items"], key=lambda each: each.get("disabledAt") is not None)
    return Shown("organisations/machines.html", machines=lines, more=told.get("nextCursor"))


@pages.get(AT)
async def machine(visit: Visit, machine_id: str) -> Shown:
    found = await visit.see(f"/machines/{machine_id}")
    keys = (found.get("jwks") or {}).get("keys") or []
    return Shown(
        "organisations/machine.html",
        machine=found,
        keys=[each.get("kid") or each.get("kty") for each in keys],
        tokens=token_endpoint(visit.request.app.state.services),
    )


async def whose(visit: Visit, ids: Ids) -> About:
    """The client system that a form is about."""
    if "machine_id" not in ids:
        return About(None, "/organisation/machines", "Systemen")
    found = await visit.maybe(ONE.format(**ids)) or {}
    return About(found.get("name"), AT.format(**ids), "Systeem")


async def _present(visit: Visit, ids: Ids) -> Json:
    """How it signs and where its keys are; new keys are asked anew."""
    found = await visit.see(ONE.format(**ids))
    return {"algorithms": found["algorithms"], "jwksUrl": found.get("jwksUrl")}


async def _likely(_: Visit, __: Ids) -> Json:
    return {"algorithms": ["ES384"], "scope": ["trede.read"]}


add_form(
    pages,
    "/organisation/machines/new",
    Form(
        "POST /machines",
        then="/organisation/machines/{id}",
        begins=_likely,
        order=("name", "scope", "jwks", "jwksUrl", "algorithms", "profile", "certificateBound"),
        note="organisations/keys.html",
        whose=whose,
    ),
)
add_form(
    pages,
    f"{AT}/keys",
    Form(
        f"PATCH {ONE}",
        then=AT,
        begins=_present,
        order=("jwks", "jwksUrl", "algorithms"),
        note="organisations/keys.html",
        whose=whose,
    ),
)
add_form(
    pages,
    f"{AT}/ends",
    Form(f"POST {ONE}/ends", then=AT, note="organisations/disabling.html", whose=whose),
)
