"""Schemas' base classes and the types of values: strict coming in, uniform going out."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Annotated, Any, LiteralString, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.platform.http.strict_json import Document

NIL = UUID(int=0)
OURS = {"ours": True}  # tells our errors from Pydantic's, which may have the same code
YEARS = range(1800, 3000)  # no sum of days or offset can leave what Python and SQL can hold
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DAY_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT_TEXT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|\+[0-9]{2}:[0-9]{2}|-(?!00:00)[0-9]{2}:[0-9]{2})"
)
CLOCK_TEXT = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
WHOLE_TEXT = re.compile(r"0|[1-9][0-9]{0,17}")
# Marks that turn the direction of text can make a sentence read as another one.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class In(BaseModel):
    """What a caller sends: no unknown field, no guessing of types."""

    model_config = ConfigDict(
        extra="forbid",
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=True,  # for our own code; a document is read by alias only
        allow_inf_nan=False,
        frozen=True,
    )

    @classmethod
    def read(cls, document: Document) -> Self:
        """Validates the bytes themselves, strictly as JSON. Raises pydantic.ValidationError."""
        return cls.model_validate_json(document.raw, strict=True, by_alias=True, by_name=False)


class Out(BaseModel):
    """What an answer holds: a field that was not set is absent."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
        allow_inf_nan=False,
    )


def refuse(code: LiteralString, text: LiteralString) -> PydanticCustomError:
    """An error for a validator to raise; both words are fixed, so no value can slip in."""
    return PydanticCustomError(code, text, OURS)


def _id(value: object) -> UUID:
    """Malformed is absent: the nil UUID names nothing, and takes the same way to the same 404."""
    if isinstance(value, str):
        return UUID(value) if UUID_TEXT.fullmatch(value) else NIL
    return value if isinstance(value, UUID) else NIL


def _day(value: object) -> date:
    if isinstance(value, str) and DAY_TEXT.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise refuse("wrong_format", "This day does not exist.") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise refuse("wrong_format", "Must be a day, written as YYYY-MM-DD.")
    if value.year not in YEARS:
        raise refuse("out_of_range", "The year must lie between 1800 and 2999.")
    return value


def _moment(value: object) -> datetime:
    if isinstance(value, str) and MOMENT_TEXT.fullmatch(value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise refuse("wrong_format", "This moment does not exist.") from None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise refuse("wrong_format", "Must be a date-time with an offset, RFC 3339.")
    if value.year not in YEARS:
        raise refuse("out_of_range", "The year must lie between 1800 and 2999.")
    return value.astimezone(UTC)


def _clock_time(value: object) -> time:
    if isinstance(value, str) and CLOCK_TEXT.fullmatch(value):
        try:
            value = time.fromisoformat(value)
        except ValueError:
            raise refuse("wrong_format", "This time of day does not exist.") from None
    if not isinstance(value, time) or value.tzinfo is not None:
        raise refuse("wrong_format", "Must be a time of day, written as HH:MM.")
    return value


def _text(value: str, *, longest: int, lines: bool) -> str:
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
    if not value:
        raise refuse("too_short", "The text must not be empty.")
    if len(value) > longest:
        found = {"longest": longest, **OURS}
        raise PydanticCustomError("too_long", "At most {longest} characters.", found)
    allowed = "\n\t" if lines else ""
    if not value.isprintable() and any(_unwanted(char, allowed) for char in value):
        raise refuse("control_character", "The text holds a control character.")
    return value


def _unwanted(char: str, allowed: str) -> bool:
    return char in TURNING or (unicodedata.category(char) in {"Cc", "Cs"} and char not in allowed)


def _whole(value: object) -> object:
    """Query and path only: `+1`, ` 1` and `1_0` are not numbers here."""
    if isinstance(value, str) and not WHOLE_TEXT.fullmatch(value):
        raise refuse("wrong_type", "Must be a whole number.")
    return value


def _flag(value: object) -> object:
    if isinstance(value, str) and value not in {"true", "false"}:
        raise refuse("wrong_type", "Must be true or false.")
    return value


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


class Spelled:
    """A value in one spelling: read by `read`, described as a string of this format.

    Pydantic's PlainValidator would also write the value back through a function, slower.
    """

    def __init__(self, read: Callable[[object], Any], json_format: str) -> None:
        self._read = read
        self._schema: JsonSchemaValue = {"type": "string", "format": json_format}

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: Any) -> JsonSchemaValue:
        return dict(self._schema)


def _texts(longest: int, *, lines: bool) -> tuple[Callable[[str], str], dict[str, Any]]:
    schema = {"type": "string", "minLength": 1, "maxLength": longest}
    return partial(_text, longest=longest, lines=lines), schema


_LONG, _LONG_SCHEMA = _texts(4000, lines=True)
_SHORT, _SHORT_SCHEMA = _texts(200, lines=False)

Id = Annotated[UUID, Spelled(_id, "uuid")]
Day = Annotated[date, Spelled(_day, "date")]
Moment = Annotated[datetime, Spelled(_moment, "date-time"), PlainSerializer(_utc, when_used="json")]
ClockTime = Annotated[time, Spelled(_clock_time, "time-local")]
Text = Annotated[str, AfterValidator(_LONG), WithJsonSchema(_LONG_SCHEMA)]
ShortText = Annotated[str, AfterValidator(_SHORT), WithJsonSchema(_SHORT_SCHEMA)]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
