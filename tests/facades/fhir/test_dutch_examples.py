"""Resources as Dutch care systems write them: kept, or refused by the name of an element."""

import pytest

from app.facades.fhir import xml
from app.facades.fhir.resources import TYPES
from tests.build.stage import Stage
from tests.facades.fhir.asking import XML, ask
from tests.outside import outside

EXAMPLES = {path.stem: path.read_bytes() for path in sorted(outside("fhir-examples").glob("*.xml"))}


@pytest.mark.parametrize("example", EXAMPLES)
async def test_what_a_dutch_system_sends_is_kept_or_refused_by_name(
    stage: Stage, example: str
) -> None:
    raw = EXAMPLES[example]
    kind = xml.type_of(xml.tree(raw))
    answer = await ask(stage, "clinician", kind, "POST", raw, content_type=XML, accept=XML)
    if answer.status_code == 201:
        return
    assert b"OperationOutcome" in answer.content
    if kind not in TYPES:
        assert answer.status_code == 404
    elif TYPES[kind].create is None:
        assert answer.status_code == 405
    else:
        assert answer.status_code in {400, 422}
        assert f'<expression value="{kind}.'.encode() in answer.content
