"""What everyone may read, also who cannot log in."""

import pytest

from tests.build.stage import Stage


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/about/accessibility", "Toegankelijkheid"), ("/about/privacy", "Privacy")],
)
async def test_everyone_may_read_how_accessible_the_pages_are_and_what_happens_to_data(
    stage: Stage, address: str, heading: str
) -> None:
    answer = await stage.http.get(address)
    assert answer.status_code == 200
    assert f"<h1>{heading}</h1>" in answer.text
    assert f'href="{address}"' in (await stage.http.get("/login")).text
