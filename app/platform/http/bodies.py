"""Bodies and parameters are read strictly by their types; a lax type is refused at start-up."""

import functools
import inspect
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Body
from fastapi.routing import APIRoute
from pydantic import (
    BeforeValidator,
    Discriminator,
    GetCoreSchemaHandler,
    PlainValidator,
    TypeAdapter,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from app.platform.http.schemas import In, Spelled
from app.platform.http.strict_json import Document

Endpoint = Callable[..., Awaitable[Any]]
# Pydantic reads these out of text more freely than a contract should: ` 1`, `1_0`, `on`.
LAX = frozenset({int, float, bool, date, datetime, time, UUID})
MANY = frozenset({list, set, tuple, frozenset})


class StrictBody:
    """Validates the bytes of the document as JSON, instead of what was made of them."""

    def __init__(self, body: Any) -> None:
        self._body = body

    @functools.cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self._body)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._validate, handler(source))

    def _validate(self, value: Any, validate: Callable[[Any], Any]) -> Any:
        if isinstance(value, Document):
            return self._adapter.validate_json(value.raw, strict=True, by_alias=True, by_name=False)
        return validate(value)


def with_strict_body(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose argument of type `In` (or a union of them) is read by StrictBody."""
    signature = inspect.signature(endpoint)
    hints = get_type_hints(inspect.unwrap(endpoint), include_extras=True)
    parameters = [
        parameter.replace(annotation=_strict(hints.get(name, parameter.annotation)))
        for name, parameter in signature.parameters.items()
    ]
    result = hints.get("return", signature.return_annotation)
    result = None if result is type(None) else result  # as FastAPI reads an answer without body
    changed = signature.replace(parameters=parameters, return_annotation=result)
    endpoint.__signature__ = changed  # type: ignore[attr-defined]
    return endpoint


def _strict(annotation: Any) -> Any:
    if not is_body(annotation):
        return annotation
    body, *metadata = get_args(annotation) if _is_annotated(annotation) else (annotation,)
    # A discriminator belongs to the union, so it must come before what wraps the union.
    kinds = [m.discriminator for m in metadata if isinstance(m, FieldInfo) and m.discriminator]
    kind = [k if isinstance(k, Discriminator) else Discriminator(k) for k in kinds]
    told = [m for m in metadata if isinstance(m, Body) or not isinstance(m, FieldInfo)]
    return Annotated[(body, *kind, *told, StrictBody(annotation))]


def is_body(annotation: Any) -> bool:
    """Whether it is `In`, or a union of nothing but those."""
    if _is_annotated(annotation):
        return is_body(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        members = [arg for arg in get_args(annotation) if arg is not type(None)]
        return bool(members) and all(map(is_body, members))
    return isinstance(annotation, type) and issubclass(annotation, In)


def check_parameters(route: APIRoute, *, forms: bool) -> None:
    """Raises TypeError when a route would read its input loosely."""
    for field in get_flat_params(route.dependant):
        info = field.field_info
        if _lax(Annotated[(info.annotation, *info.metadata, None)]):
            raise TypeError(f"{route.path}: `{field.alias}` needs a strict type of `schemas`")
    for field in route.dependant.body_params:
        strict = any(isinstance(m, StrictBody) for m in field.field_info.metadata)
        if not forms and not strict:
            raise TypeError(f"{route.path}: the body `{field.name}` must be an `In`")
    if not forms and len(route.dependant.body_params) > 1:
        raise TypeError(f"{route.path}: one body, one schema")


def _lax(annotation: Any) -> bool:
    if _is_annotated(annotation):
        inner, *metadata = get_args(annotation)
        read = any(isinstance(m, BeforeValidator | PlainValidator | Spelled) for m in metadata)
        return not read and _lax(inner)
    if get_origin(annotation) is not None:
        return any(map(_lax, get_args(annotation)))
    return annotation in LAX


def takes_many(info: FieldInfo) -> bool:
    """Whether a parameter may be repeated because its type is a list."""
    kinds = (info.annotation, *get_args(info.annotation))
    return any((get_origin(kind) or kind) in MANY for kind in kinds)


def _is_annotated(annotation: Any) -> bool:
    return get_origin(annotation) is Annotated
