"""The parts of the OpenAPI document that all operations share."""

from typing import Any

from app.platform.http import problems
from app.platform.http.problems import Problem
from app.platform.http.schemas import UUID_TEXT

Json = dict[str, Any]
_UUID = f"^{UUID_TEXT.pattern}$"
"""In a header a UUID is text: generated clients would send an object of theirs (`format`)."""


def ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


HEADERS: Json = {
    "ApiVersion": {
        "description": "Full version of the API that answered.",
        "schema": {"type": "string", "examples": ["1.0.0"]},
    },
    "ETag": {
        "description": "Names this version of what you may see; send it back in `If-Match`.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "Where the new resource is.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "RequestId": {
        "description": "The `X-Request-Id` of the request, or a new one.",
        "schema": {"type": "string"},
    },
    "RetryAfter": {
        "description": "Seconds to wait.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "WwwAuthenticate": {
        "description": "How to authenticate, RFC 6750.",
        "schema": {"type": "string"},
    },
}

EVERY_ANSWER: Json = {
    "API-Version": ref("headers", "ApiVersion"),
    "X-Request-Id": ref("headers", "RequestId"),
}

PARAMETERS: Json = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "A UUID of your own. The same key with the same request is carried out "
        "once and answered alike; with another request it is refused with 409.",
        "schema": {"type": "string", "pattern": _UUID},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The `ETag` of the version that you read.",
        "schema": {"type": "string"},
    },
    "OnBehalfOf": {
        "name": "On-Behalf-Of",
        "in": "header",
        "required": False,
        "description": "The membership of the colleague that a client system acts for (see "
        "`/v1/practitioners`), or which of your own memberships or links you use when there are "
        "several (see `/v1/me`).",
        "schema": {"type": "string", "pattern": _UUID},
    },
    "PurposeOfUse": {
        "name": "Purpose-Of-Use",
        "in": "header",
        "required": False,
        "description": "Narrows the purposes of your token to this one of "
        "`/v1/reference/purposes`. It must fit your role; without it your role's own holds.",
        "schema": {"type": "string", "pattern": "^[a-z][a-z_]*$"},
    },
    "RequestId": {
        "name": "X-Request-Id",
        "in": "header",
        "required": False,
        "description": "Your id of this request; it comes back in the answer.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
    },
}

SECURITY: Json = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token, RFC 6750 and RFC 9068: of a person from the OpenID "
        "provider of the installation, of a client system from `/oauth2/token`.",
    }
}

_FAULT: Json = {
    "type": "object",
    "description": "One thing that is wrong with the request; the value sent is never repeated.",
    "required": ["in", "pointer", "code", "detail"],
    "properties": {
        "in": {"type": "string", "enum": ["body", "query", "path", "header"]},
        "pointer": {"type": "string", "description": "JSON pointer or name, after `#/`."},
        "code": {"type": "string", "description": "Stable; made for programs."},
        "detail": {"type": "string", "description": "For people; may change."},
    },
    "example": {
        "in": "body",
        "pointer": "#/startDate",
        "code": "required",
        "detail": "This is required.",
    },
}

_PROBLEM: Json = {
    "type": "object",
    "description": "Problem details, RFC 9457.",
    "required": ["type", "title", "status", "detail", "instance", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri", "description": "`urn:uuid:` and an id."},
        "errors": {"type": "array", "items": ref("schemas", "Fault")},
    },
}

SCHEMAS: Json = {"Fault": _FAULT, "Problem": _PROBLEM}

KINDS: tuple[type[Problem], ...] = (
    problems.BadRequest,
    problems.Unauthorized,
    problems.NotAllowed,
    problems.NotFound,
    problems.NotAcceptable,
    problems.RequestTimeout,
    problems.Conflict,
    problems.PreconditionFailed,
    problems.TooLarge,
    problems.UnsupportedMedia,
    problems.PreconditionRequired,
    problems.TooManyRequests,
    problems.Problem,
    problems.Unavailable,
)
REFUSALS = {kind.status: "InternalError" if kind is Problem else kind.__name__ for kind in KINDS}
_EXTRA: dict[int, Json] = {
    401: {"WWW-Authenticate": ref("headers", "WwwAuthenticate")},
    429: {"Retry-After": ref("headers", "RetryAfter")},
    503: {"Retry-After": ref("headers", "RetryAfter")},
}


def responses() -> Json:
    """One shared response for each problem, with an example."""
    return {REFUSALS[kind.status]: _response(kind) for kind in sorted(KINDS, key=_status)}


def _status(kind: type[Problem]) -> int:
    return kind.status


def _response(kind: type[Problem]) -> Json:
    example = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.text,
        "instance": "urn:uuid:3f0c5d0e-8a53-4f0a-9a33-0d9a6b1f6f5e",
        "errors": [_FAULT["example"]] if kind is problems.BadRequest else [],
    }
    content = {"schema": ref("schemas", "Problem"), "example": example}
    return {
        "description": f"{kind.title}. {kind.text}",
        "headers": {**EVERY_ANSWER, **_EXTRA.get(kind.status, {})},
        "content": {"application/problem+json": content},
    }
