"""Every part of the kit on one page, as a browser shows it: accessible, legible, usable."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.facades.web.browser.kit import AXE, CHROMIUM, FLAGS, RULES, needs_chromium
from tests.facades.web.style_server import page, served

pytestmark = [needs_chromium, pytest.mark.xdist_group("browser")]
WIDTHS = (1280, 390, 320)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    pages = {
        "/guide": page("style_guide.html"),
        "/nobody": page("style_guide.html", me=None, hat=None, nav=[], flash=None, demo=False),
        "/ending": page("style_guide.html", session_ends_in=60),
    }
    with served(pages) as found:
        yield found


@pytest.fixture
def tab(browser: Browser, site: tuple[str, list[tuple[str, str]]]) -> Iterator[Page]:
    """A fresh window; whatever the browser complains about fails the test."""
    context = browser.new_context(base_url=site[0], viewport={"width": 1280, "height": 900})
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    context.close()
    assert complaints == []


def _violations(tab: Page) -> list[Any]:
    tab.evaluate(AXE.read_text("utf-8"))
    told = tab.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in told["violations"]]


def _is_wider_than_its_window(tab: Page) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("path", ["/guide", "/nobody"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_is_accessible_and_fits_at_every_width(tab: Page, path: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(path)
    assert _violations(tab) == []
    assert not _is_wider_than_its_window(tab)


def test_opened_details_are_accessible_too(tab: Page) -> None:
    tab.goto("/guide")
    for summary in tab.locator("summary").all():
        summary.click()
    assert _violations(tab) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_text_of_twice_the_size_still_fits(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto("/guide")
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not _is_wider_than_its_window(tab)


def test_what_can_be_pressed_is_large_enough_for_a_thumb(tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 900})
    tab.goto("/guide")
    pressed = tab.locator(
        "button:visible, summary:visible, header a:visible, .choice:visible"
    ).all()
    sizes = [each.bounding_box() for each in pressed]
    assert len(sizes) > 20
    assert [size for size in sizes if size is None or size["height"] < 43.9] == []


def test_words_in_the_drawing_of_the_ladder_stand_out(tab: Page) -> None:
    """axe does not judge the colours of words inside a drawing."""
    tab.goto("/guide")
    colours = tab.evaluate(
        """() => [...document.querySelectorAll('.chart-wide text')].map((word) =>
             getComputedStyle(word).fill)"""
    )
    area = tab.locator(".chart-wide .chart-area").first.evaluate("(a) => getComputedStyle(a).fill")
    line = tab.locator(".chart-wide .chart-line").first.evaluate(
        "(a) => getComputedStyle(a).stroke"
    )
    assert min(_contrast(colour, "rgb(255, 255, 255)") for colour in colours) >= 4.5
    assert min(_contrast(colour, area) for colour in colours) >= 4.5
    assert _contrast(line, area) >= 3


def test_in_forced_colours_the_drawing_takes_the_colours_of_the_reader(tab: Page) -> None:
    tab.emulate_media(forced_colors="active", color_scheme="dark")
    tab.goto("/guide")
    words, ground = (
        tab.locator(".chart-wide text").first.evaluate("(a) => getComputedStyle(a).fill"),
        tab.locator(".card").first.evaluate("(a) => getComputedStyle(a).backgroundColor"),
    )
    assert _contrast(words, ground) >= 7


def test_focus_begins_at_what_is_wrong_and_each_fault_leads_to_its_field(tab: Page) -> None:
    tab.goto("/guide")
    expect(tab.locator("#errors-title")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("#name")).to_be_focused()
    expect(tab.locator("#name")).to_have_accessible_description(
        "Voor- en achternaam. Fout: Vul in met wie u sprak."
    )


def test_without_a_script_focus_begins_at_what_is_wrong_as_well(
    browser: Browser, site: Any
) -> None:
    context = browser.new_context(base_url=site[0], java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/guide")
    expect(tab.locator("#errors-title")).to_be_focused()
    expect(tab.locator("#session")).to_be_hidden()
    context.close()


def test_one_button_keeps_the_session_when_its_time_is_nearly_over(tab: Page, site: Any) -> None:
    tab.goto("/guide")
    expect(tab.locator("#session")).to_be_hidden()
    tab.goto("/ending")
    expect(tab.get_by_role("dialog", name="U wordt bijna uitgelogd")).to_be_visible()
    assert _violations(tab) == []
    tab.get_by_role("button", name="Ingelogd blijven").click()
    expect(tab.locator("#session")).to_be_hidden()
    assert ("/session/stays", "csrf=token") in site[1]


def test_on_paper_there_is_nothing_to_click(tab: Page) -> None:
    tab.goto("/guide")
    tab.emulate_media(media="print")
    expect(tab.get_by_role("heading", name="Sanne Voorbeeld")).to_be_visible()
    for hidden in ("header", "footer", ".acts", ".crumbs"):
        expect(tab.locator(hidden).first).to_be_hidden()


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
