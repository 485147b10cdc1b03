"""What a viewer may not see is absent, and its absence is no fault of the answer."""

import pytest

from app.access.disclosure import Disclosed
from app.main import routers


def schemas() -> list[type[Disclosed]]:
    list(routers())
    found, waiting = [], list(Disclosed.__subclasses__())
    while waiting:
        schema = waiting.pop()
        waiting += schema.__subclasses__()
        found.append(schema)
    return sorted(found, key=lambda schema: schema.__name__)


@pytest.mark.parametrize("schema", schemas(), ids=lambda schema: schema.__name__)
def test_a_field_of_another_category_than_its_record_may_be_absent(
    schema: type[Disclosed],
) -> None:
    gate = schema.categories.get("id", next(iter(schema.categories.values())))
    needed = {
        name
        for name, category in schema.categories.items()
        if category is not gate and schema.model_fields[name].is_required()
    }
    contract = schema.model_json_schema(by_alias=False)
    assert needed == set()
    assert {schema.categories.get(name, gate) for name in contract.get("required", ())} <= {gate}
