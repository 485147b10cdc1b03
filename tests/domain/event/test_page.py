"""The program on the page for integrators that checks a signature takes ours, and no other."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.platform.security.webhooks import new_secret, signed_headers

PAGE = Path(__file__).parents[3] / "app" / "integrators" / "README.md"
BODY = b'{"id": "1"}'


@pytest.fixture
def is_from_trede() -> Callable[..., bool]:
    found = re.search(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    names: dict[str, Any] = {}
    exec(found[1], names)  # noqa: S102 - our own page
    check: Callable[..., bool] = names["is_from_trede"]
    return check


def test_what_we_sign_is_taken_also_while_two_secrets_count(
    is_from_trede: Callable[..., bool],
) -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers([old, new], "1", BODY)
    assert is_from_trede(old, headers, BODY)
    assert is_from_trede(new, headers, BODY)


def test_what_was_changed_signed_by_others_or_kept_is_not_taken(
    is_from_trede: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = new_secret()
    headers = signed_headers([secret], "1", BODY)
    assert not is_from_trede(secret, headers, BODY + b" ")
    assert not is_from_trede(secret, {**headers, "webhook-id": "2"}, BODY)
    assert not is_from_trede(new_secret(), headers, BODY)
    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    assert not is_from_trede(secret, headers, BODY)
