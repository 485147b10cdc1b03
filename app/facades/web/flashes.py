"""What was done, told once on the next page; signed, so that no link makes a page say something."""

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from app.facades.web.visits import Visit

COOKIE = "__Host-done"
SECONDS = 60


def kept(visit: Visit, answer: Response, words: str | None) -> Response:
    """Puts the words on the way to the next page."""
    if words is not None:
        said = _signer(visit).dumps([_mark(visit), words])
        answer.set_cookie(COOKIE, said, max_age=SECONDS, secure=True, httponly=True, samesite="lax")
    return answer


def of(visit: Visit) -> str | None:
    """The words for this session; whatever else stands in the cookie is nothing."""
    said = visit.request.cookies.get(COOKIE, "")
    try:
        session, words = _signer(visit).loads(said, max_age=SECONDS)
    except (BadSignature, ValueError):
        return None
    return str(words) if session == _mark(visit) else None


def told(visit: Visit, answer: Response) -> Response:
    """After it was shown it is gone."""
    if COOKIE in visit.request.cookies:
        answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")
    return answer


def _mark(visit: Visit) -> str:
    """Names the session without giving it away."""
    return visit.session.csrf[:12]


def _signer(visit: Visit) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(visit.request.app.state.web_key, salt="done")
