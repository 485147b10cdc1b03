"""Wall 3, the only way out: a row becomes a response field by field, and a line on the log."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import ConfigDict
from sqlalchemy import Row, RowMapping

from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Verb, categories_in
from app.platform.http.problems import NotFound
from app.platform.http.schemas import Out


class Disclosed(Out):
    """A response about a client; every field carries a category, or the class does not exist.

    `class MeasurementOut(Disclosed, category=Category.LADDER)` gives all fields that category;
    `Annotated[str, Category.LADDER_NOTES]` gives one field its own.
    """

    model_config = ConfigDict(from_attributes=True, validate_by_name=True, validate_by_alias=True)
    categories: ClassVar[dict[str, Category]] = {}
    facets: ClassVar[list[tuple[int, str]]] = []
    resource: ClassVar[str] = ""

    def __init_subclass__(cls, category: Category | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._default = category  # type: ignore[attr-defined]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        default = getattr(cls, "_default", None)
        found: dict[str, Category] = {}
        for name, info in cls.model_fields.items():
            own = next((mark for mark in info.metadata if isinstance(mark, Category)), default)
            if own is None and name != "withheld":
                message = f"{cls.__name__}.{name} has no category"
                raise TypeError(message)
            if own is not None and name != "withheld":
                found[name] = own
        cls.categories = found
        cls.facets = sorted(((c.bit, _camel(c)) for c in set(found.values())), key=lambda f: f[1])
        cls.resource = cls.resource or cls.__name__.removesuffix("Out")
        cls._may_lack(found.get("id", default))

    @classmethod
    def _may_lack(cls, gate: Category | None) -> None:
        """Whoever finds the record at all sees its id; a field of another category may be absent.

        By a factory, so that the contract names it as not required and tells of no default.
        """
        others = [
            info
            for name, info in cls.model_fields.items()
            if info.is_required() and cls.categories.get(name, gate) is not gate
        ]
        for info in others:
            info.default_factory = _absent
        if others:
            cls.model_rebuild(force=True)


def _absent() -> None:
    """Nothing is sent for it; see `withheld`."""


Schema = TypeVar("Schema", bound=Disclosed)


def disclose(
    session: Session,
    schema: type[Schema],
    row: Row[Any] | None,
    *,
    verb: Verb = Verb.READ,
    listed: bool = False,
    **computed: Any,
) -> Schema:
    """What this viewer may see of this row; NotFound when there is no such row for them.

    `computed` gives values that are not columns; they pass the same category check.
    """
    if row is None:
        raise NotFound
    session.seen(_entry(schema, row, verb, listed=listed))
    return preview(schema, row, **computed)


def preview(schema: type[Schema], row: Row[Any], **computed: Any) -> Schema:
    """The same cut without a log line, for If-Match and for what is rendered anew."""
    values = _allowed(schema, row.mask, row._mapping, computed)
    if "withheld" in schema.model_fields:
        values["withheld"] = [name for bit, name in schema.facets if not row.mask & bit]
    return schema.model_validate(values)


def _allowed(
    schema: type[Disclosed], mask: int, row: RowMapping, computed: Mapping[str, Any]
) -> dict[str, Any]:
    values = {**row, **computed}
    return {
        name: values[name]
        for name, category in schema.categories.items()
        if mask & category.bit and name in values
    }


def _entry(schema: type[Disclosed], row: Any, verb: Verb, *, listed: bool) -> Entry:
    touched = sum(bit for bit, _ in schema.facets)
    return Entry(
        client_id=row.client_id,
        trajectory_id=row._mapping.get("trajectory_id"),
        resource=schema.resource,
        record_id=row._mapping.get("id"),
        verb=verb,
        shown=touched & row.mask,
        withheld=touched & ~row.mask,
        grounds=tuple(set(row.grounds or ())),
        listed=listed,
    )


def _camel(category: Category) -> str:
    head, *rest = category.value.split("_")
    return head + "".join(word.capitalize() for word in rest)


def withheld_for(mask: int, category: Category) -> list[str]:
    """The names a list gives of what its viewer may not see, by rule and never by content."""
    return [] if category in categories_in(mask) else [_camel(category)]
