"""Free text that others can read says in the contract that medical content has no place there."""

from typing import Any

import pytest

from app.domain.assessment.schemas.advice import WorkAdviceIn
from app.domain.assessment.schemas.capacity import WorkCapacityIn
from app.domain.assessment.schemas.history import WorkHistoryIn
from app.domain.assessment.schemas.plans import ActionPlanIn, StatementIn
from app.domain.treatment.schemas.early_warning import WorkExcerpt
from app.domain.treatment.schemas.treatment_plans import WorkGoalIn
from app.domain.treatment.schemas.work_questions import WorkQuestionIn
from app.domain.wellbeing.schemas import LifeEventIn
from app.platform.http.schemas import In

PRIVATE = {"Call"}
"""Names and numbers to call."""


def free_texts(schema: Any, path: str = "") -> dict[str, str]:
    """Every place for free text in a JSON schema, with its description."""
    found: dict[str, str] = {}
    if isinstance(schema, list):
        for part in schema:
            found |= free_texts(part, path)
    elif isinstance(schema, dict):
        if schema.get("type") == "string" and "maxLength" in schema:
            found[path] = schema.get("description", "")
        for key, part in schema.items():
            if key not in {"examples", *PRIVATE}:
                found |= free_texts(part, f"{path}/{key}")
    return found


@pytest.mark.parametrize(
    "body",
    [
        WorkAdviceIn,
        WorkCapacityIn,
        WorkHistoryIn,
        ActionPlanIn,
        StatementIn,
        WorkExcerpt,
        WorkGoalIn,
        WorkQuestionIn,
        LifeEventIn,
    ],
)
def test_free_text_that_others_read_warns_against_medical_content(body: type[In]) -> None:
    texts = free_texts(body.model_json_schema())
    assert texts
    assert [path for path, told in texts.items() if "does not belong here" not in told] == []
