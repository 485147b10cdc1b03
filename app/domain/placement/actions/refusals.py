"""Why a record cannot be written like this, in the words of the contract."""

from collections.abc import Iterable

from app.domain.placement.rules.placements import Wrong
from app.platform.http.problems import BadRequest, Fault


def refuse_faults(found: Iterable[Wrong]) -> None:
    """Raises BadRequest with all of them, if there are any."""
    faults = [Fault("body", pointer, code, text) for pointer, code, text in found]
    if faults:
        raise BadRequest(errors=faults)
