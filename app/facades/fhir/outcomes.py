"""Every refusal as an OperationOutcome, in the words of the API and without the value sent."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import names, wire
from app.facades.fhir.elements import Json, concept, filled
from app.platform.http.problems import Fault, Problem

CODES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    408: "timeout",
    409: "conflict",
    410: "deleted",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "processing",
    428: "required",
    429: "throttled",
    503: "transient",
}
"""The code of FHIR (issue-type) for a status; anything else is `exception`."""
FAULTS = {
    "required": "required",
    "unknown_parameter": "not-supported",
    "not_supported": "not-supported",
    "invalid_json": "structure",
    "invalid_xml": "structure",
    "too_deep": "structure",
    "not_found": "not-found",
    "not_allowed_value": "code-invalid",
    "wrong_combination": "invariant",
}
"""For the code of one fault; anything else is `value`."""
CONDITIONS = {412: "precondition_failed", 428: "precondition_required"}
"""The code of what is wrong with a condition as a whole: a client reads again, or says its tag."""


class Refused(Problem):
    """A refusal whose faults already stand at elements of FHIR."""

    def __init__(self, status: int, faults: Sequence[Fault], detail: str) -> None:
        super().__init__(detail, errors=faults)
        self.status = status  # type: ignore[misc]


def unsupported(*expressions: str) -> Refused:
    """What we cannot keep is named and refused, so that nothing is dropped in silence."""
    detail = "This element cannot be kept here."
    faults = [Fault("body", where, "not_supported", detail) for where in expressions]
    return Refused(422, faults, "Not all of this resource can be kept.")


def outcome(problem: Problem) -> Json:
    """One issue per fault, or one for the whole."""
    found = [_issue(problem, fault) for fault in problem.errors] or [_whole(problem)]
    return {"resourceType": "OperationOutcome", "issue": found}


def succeeded(text: str) -> Json:
    """For who prefers an outcome over the resource."""
    issue = {"severity": "information", "code": "informational", "diagnostics": text}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def refusing(request: Request, problem: Problem) -> Response:
    """The answer, in the format that was asked for as far as that can be told."""
    media = wire.wished(request)
    answer = wire.rendered(outcome(problem), media, problem.status)
    answer.headers.update(problem.headers)
    return answer


def _whole(problem: Problem) -> Json:
    own = CONDITIONS.get(problem.status)
    return filled(
        severity=_severity(problem),
        code=CODES.get(problem.status, "exception"),
        details=concept(names.own_system("fault"), own) if own else None,
        diagnostics=problem.detail,
    )


def _issue(problem: Problem, fault: Fault) -> Json:
    where = fault.pointer if fault.in_ == "body" else f"http.{fault.pointer.removeprefix('#/')}"
    return filled(
        severity=_severity(problem),
        code=FAULTS.get(fault.code, "value"),
        details=concept(names.own_system("fault"), fault.code),
        diagnostics=fault.detail,
        expression=[] if where in {"#", "http.#"} else [where],
    )


def _severity(problem: Problem) -> str:
    return "fatal" if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "error"


def located(problem: Problem, places: Mapping[str, str]) -> Problem:
    """The same, its faults in the body moved to the elements of FHIR that they came from."""
    problem.errors = [
        Fault("body", _place(fault, places), fault.code, fault.detail) for fault in problem.errors
    ]
    return problem


def _place(fault: Fault, places: Mapping[str, str]) -> str:
    at: Any = fault.pointer
    while at and at not in places:
        at = at.rpartition("/")[0]
    return places.get(at, "#")
