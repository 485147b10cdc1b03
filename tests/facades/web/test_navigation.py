"""Where one stands in the menu."""

import re

from tests.facades.web.logging_in import Browser


async def test_one_place_of_the_menu_is_marked_also_where_one_lies_within_another(
    browser: Browser,
) -> None:
    await browser.log_in("ggz_admin")
    page = (await browser.get("/organisation/members")).text
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', page) == ["/organisation/members"]
