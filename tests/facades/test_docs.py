"""The API reference: complete, escaped, and made of nothing but text and one stylesheet."""

from collections.abc import AsyncIterator
from copy import deepcopy
from html.parser import HTMLParser
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Query
from pydantic import BaseModel, Field

from app.facades.docs.routes import docs_router

VOID = {"meta", "link"}


class Plan(BaseModel):
    """What a client wants to do."""

    goal: str = Field(
        description="In the client's <own> words.",
        examples=["a morning's work"],
        json_schema_extra={"x-trede-category": "action_plan"},
    )
    phases: list[str] | None = None

    model_config = {"json_schema_extra": {"examples": [{"goal": "Two mornings a week."}]}}


class Page(HTMLParser):
    """What stands on the page: open elements, texts, ids, links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _api() -> FastAPI:
    api = FastAPI(title="Things & co", docs_url=None, servers=[{"url": "https://example.org/v1"}])

    @api.post(
        "/plans/{planId}",
        operation_id="writePlan",
        summary="Write a plan",
        tags=["plans"],
        openapi_extra={"x-trede-act": ["coach", "clinician"]},
    )
    async def write(planId: UUID, body: Plan, dryRun: Annotated[bool, Query()] = False) -> Plan:  # noqa: N803
        """Keeps `goal` as it is.

        <script>alert(1)</script>
        """
        return Plan(goal=f"{planId} {dryRun} {body.goal}")

    @api.get("/keys", operation_id="readKeys", summary="Read keys", tags=["keys"])
    async def keys() -> None: ...

    def document() -> dict[str, Any]:
        """With what FastAPI cannot write: an own server of a path, an answer that many share."""
        made = deepcopy(api.openapi())
        made["paths"]["/keys"]["servers"] = [{"url": "/"}]
        made["components"]["responses"] = {"Gone": {"description": "Gone. See `errors`."}}
        for item in made["paths"].values():
            for operation in (each for each in item.values() if isinstance(each, dict)):
                operation["responses"]["410"] = {"$ref": "#/components/responses/Gone"}
        return made

    api.include_router(docs_router(document))
    return api


@pytest.fixture(name="http")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(_api())
    async with httpx.AsyncClient(transport=transport, base_url="http://here.test") as http:
        yield http


@pytest.fixture(name="page")
async def read_page(http: httpx.AsyncClient) -> Page:
    page = Page()
    page.feed((await http.get("/docs")).text)
    return page


async def test_the_page_forbids_scripts_inline_styles_and_other_hosts(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.get("/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "style-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "script-src" not in answer.headers["content-security-policy"]


async def test_the_page_needs_nothing_but_its_own_stylesheet(
    http: httpx.AsyncClient, page: Page
) -> None:
    assert not {"script", "style", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not {"style", "src", "onclick"} & {name for _, given in page.tags for name in given}
    styles = [given["href"] for tag, given in page.tags if tag == "link"]
    assert styles == ["/docs/page.css"]
    answer = await http.get("/docs/page.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert "@import" not in answer.text
    assert "url(" not in answer.text


async def test_every_link_leads_somewhere(page: Page) -> None:
    ids = {given["id"] for _, given in page.tags if "id" in given}
    links = {given["href"] or "" for tag, given in page.tags if tag == "a"}
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert {link for link in links if not link.startswith("#")} == {"/v1/openapi.json"}
    assert page.open == []


async def test_an_operation_tells_how_who_and_what(page: Page) -> None:
    for words in (
        "POST /v1/plans/{planId} Write a plan",
        "act: coach, clinician",
        "dryRun",
        "category: action_plan",
        "list of string or null",
        '"a morning\'s work"',
    ):
        assert words in page.text


async def test_the_body_of_an_operation_shows_its_example_in_its_place(page: Page) -> None:
    body = page.text.partition("Request body")[2].partition("Responses")[0]
    assert "Two mornings a week." in body


async def test_an_operation_with_a_server_of_its_own_is_shown_at_that_address(page: Page) -> None:
    assert "GET /keys Read keys" in page.text


async def test_a_refusal_that_operations_share_is_told_once_and_linked(page: Page) -> None:
    links = [given for tag, given in page.tags if tag == "a" and "response-Gone" in str(given)]
    assert [link["title"] for link in links] == ["Gone. See `errors`."] * 2
    assert page.text.count("Gone. See errors.") == 1


async def test_text_of_the_document_is_never_taken_for_markup(page: Page) -> None:
    assert "<script>alert(1)</script>" in page.text
    assert "In the client's <own> words." in page.text
    assert "Things & co" in page.text
