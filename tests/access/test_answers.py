"""Nothing about a client goes out without a category: such a response cannot even be written."""

from typing import Annotated
from uuid import UUID

import pytest

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category


def test_a_response_with_a_field_of_no_category_does_not_exist() -> None:
    with pytest.raises(TypeError, match=r"LeakOut\.told has no category"):

        class LeakOut(Disclosed):
            id: Annotated[UUID, Category.EXISTENCE]
            told: str
            withheld: list[str]
