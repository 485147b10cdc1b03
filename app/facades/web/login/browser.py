"""What this browser carries for us: its session, and for a few minutes the login that it began."""

import re
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from app.facades.web.login.guard import SESSION_COOKIE
from app.platform.http.reading import StrictRequest
from app.platform.security.openid import Begun

LOGIN_COOKIE = "__Host-login"
LOGIN_SECONDS = 600
HOME = "/"
FORM_BYTES = 16 * 1024
MOST_FIELDS = 20
LONGEST_PATH = 2000
_COOKIE: dict[str, Any] = {"secure": True, "httponly": True, "samesite": "lax", "path": "/"}
"""`Lax`: whoever comes back from the provider comes from another site."""
LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f]*")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A login that this browser began, and where it wanted to go."""

    begun: Begun
    destination: str


def destination(wanted: str | None) -> str:
    """A page of ours; the beginning for whatever is none, or would lead elsewhere."""
    if wanted is None or len(wanted) > LONGEST_PATH or not LOCAL.fullmatch(wanted):
        return HOME
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else wanted


async def fields_of(request: Request) -> dict[str, str]:
    """What a small form of ours sent; the last of a name counts. Raises Problem."""
    raw = await StrictRequest(request.scope, request.receive).bounded(FORM_BYTES)
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return dict(pairs)


def carry_session(answer: Response, token: str) -> None:
    """From now on this browser is that session, until it is closed."""
    answer.set_cookie(SESSION_COOKIE, token, **_COOKIE)


def drop_session(answer: Response) -> None:
    answer.delete_cookie(SESSION_COOKIE, **_COOKIE)


def carry_login(request: Request, answer: Response, begun: Begun, onward: str) -> None:
    """For as long as somebody may take at the provider."""
    said = _signer(request).dumps([asdict(begun), onward])
    answer.set_cookie(LOGIN_COOKIE, said, max_age=LOGIN_SECONDS, **_COOKIE)


def carried_login(request: Request) -> Remembered | None:
    """The login that this very browser began, when that is not too long ago."""
    said = request.cookies.get(LOGIN_COOKIE, "")
    try:
        begun, onward = _signer(request).loads(said, max_age=LOGIN_SECONDS)
    except BadData:
        return None
    return Remembered(Begun(**begun), destination(onward))


def drop_login(answer: Response) -> None:
    """It counts once, however it ended."""
    answer.delete_cookie(LOGIN_COOKIE, **_COOKIE)


def _signer(request: Request) -> URLSafeTimedSerializer:
    key: bytes = request.app.state.login_key
    return URLSafeTimedSerializer(key, salt="login", signer_kwargs={"digest_method": sha256})
