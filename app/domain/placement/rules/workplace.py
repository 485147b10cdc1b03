"""What a workplace reads tells nothing of care; a coarse net over free text, held out at entry."""

import re

from app.domain.trajectory.rules.medical import looks_medical

_CARE = re.compile(
    r"\b(ggz|psychiat\w*|psycholo\w*|behandel\w*|cli[eë]nt\w*|kliniek\w*|therap\w*)\b"
)


def tells_of_care(text: str | None) -> bool:
    """Whether a text names a disorder, a treatment or an institution of mental-health care."""
    return text is not None and (looks_medical(text) or bool(_CARE.search(text.casefold())))
