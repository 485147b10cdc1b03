"""From questions of AuthZEN to the operation of our API, and its answers back; nothing is decided.

A client system asks about a colleague as that colleague, as it may with every other operation;
everybody else asks as who they are. Whom a caller may not act for, or ask about, is a bare no.
"""

from collections.abc import Sequence
from http import HTTPStatus
from itertools import groupby
from typing import Any

from starlette.requests import Request

from app.access.viewers import is_machine
from app.facades.authzen.names import (
    ContextOut,
    EvaluationIn,
    EvaluationOut,
    EvaluationsIn,
    EvaluationsOut,
    PartialIn,
    not_understood,
    question_of,
)
from app.facades.operations import Call, Json, carried_out, worn
from app.platform.http.handlers import of_status
from app.platform.http.problems import BadRequest, Fault
from app.platform.security.tokens import Claims

OPERATION = "/access-decisions/_evaluate"
SHORT_OF_ALL = {"deny_on_first_deny": False, "permit_on_first_permit": True}
"""The decision after which nothing more is asked."""
NO = EvaluationOut(decision=False)
Asking = tuple[Request, Claims]


async def one(asking: Asking, asked: EvaluationIn) -> EvaluationOut:
    """The answer to one question."""
    [found] = await _answered(asking, [asked])
    return found


async def many(asking: Asking, body: EvaluationsIn) -> EvaluationsOut:
    """The answers in order, up to and with the one that ends it. Raises BadRequest."""
    semantic = body.options.evaluations_semantic
    if semantic not in {"execute_all", *SHORT_OF_ALL}:
        raise BadRequest(errors=[_unknown("#/options/evaluations_semantic")])
    asked = _each(body)
    if semantic == "execute_all":
        return EvaluationsOut(evaluations=await _answered(asking, asked))
    found: list[EvaluationOut] = []
    for each in asked:  # what comes after the end is not looked at, and is on no log
        [answer] = await _answered(asking, [each])
        found.append(answer)
        if answer.decision is SHORT_OF_ALL[semantic]:
            break
    return EvaluationsOut(evaluations=found)


def single(body: EvaluationsIn) -> EvaluationIn | None:
    """The top as a question of its own, where there are no others."""
    return None if body.evaluations else _whole(body, PartialIn(), "#")


def _each(body: EvaluationsIn) -> list[EvaluationIn]:
    return [
        _whole(body, each, f"#/evaluations/{at}") for at, each in enumerate(body.evaluations or ())
    ]


def _whole(top: PartialIn, own: PartialIn, place: str) -> EvaluationIn:
    """A question with what stands at the top where it says nothing itself. Raises BadRequest."""
    parts: dict[str, Any] = {
        name: getattr(own, name) or getattr(top, name) for name in ("subject", "action", "resource")
    }
    lacking = [name for name, part in parts.items() if part is None]
    if lacking:
        text = "This is required, here or at the top."
        faults = [Fault("body", f"{place}/{name}", "required", text) for name in lacking]
        raise BadRequest(errors=faults)
    return EvaluationIn(**parts, context=own.context or top.context)


def _unknown(pointer: str) -> Fault:
    return Fault("body", pointer, "not_allowed_value", "The contract does not know this value.")


async def _answered(asking: Asking, asked: Sequence[EvaluationIn]) -> list[EvaluationOut]:
    """One call of the operation for each subject as whom is asked."""
    found = [_unasked(each) for each in asked]
    known = [
        (at, each.subject.id, question)
        for at, each in enumerate(asked)
        if found[at] is NO and (question := question_of(each))
    ]
    by_hat = sorted(known, key=lambda one: _hat(asking, one[1]))
    for hat, group in groupby(by_hat, key=lambda one: _hat(asking, one[1])):
        parts = list(group)
        answers = await _asked_as(asking, hat, [question for _, _, question in parts])
        for (at, _, _), answer in zip(parts, answers, strict=True):
            found[at] = answer
    return found


def _unasked(asked: EvaluationIn) -> EvaluationOut:
    """A no; a word that the contract does not know is named, for it tells nothing of anybody."""
    reason = not_understood(asked)
    return EvaluationOut(decision=False, context=ContextOut(reason=reason)) if reason else NO


def _hat(asking: Asking, subject: str) -> str:
    """The hat that the caller puts on to ask about this subject; empty for its own."""
    request, claims = asking
    own = "on-behalf-of" in request.headers or claims.membership is not None
    return "" if own or not is_machine(claims) or subject == claims.subject else subject


async def _asked_as(asking: Asking, hat: str, questions: list[Json]) -> list[EvaluationOut]:
    request, claims = asking
    headers = worn(request)
    if hat:
        headers["on-behalf-of"] = hat
    told = await carried_out(
        request, claims, Call("POST", OPERATION, body={"questions": questions}, headers=headers)
    )
    if told.ok:
        return [_told(answer) for answer in told.json["answers"]]
    if hat and told.status in {HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST}:
        return [NO] * len(questions)  # this hat is not the caller's to wear, or is none
    refusal = of_status(told.status)
    refusal.headers |= told.hints
    raise refusal


def _told(answer: Json) -> EvaluationOut:
    """The reason of a yes, and of a no to all of it where a part opens."""
    if not answer["bases"]:
        return EvaluationOut(decision=answer["allowed"])
    limited = {"limits": answer["limits"]} if answer["limits"] else {}
    context = ContextOut(reason=" ".join(answer["bases"]), **limited)
    return EvaluationOut(decision=answer["allowed"], context=context)
