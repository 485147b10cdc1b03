"""What is told at or about a workplace tells nothing of care; a coarse net, held out at entry."""

import re

from app.domain.trajectory.rules.medical import looks_medical

_CARE = re.compile(
    r"\b(ggz|psychiat\w*|psycholo\w*|behandel\w*|cli[eë]nt\w*|kliniek\w*|therap\w*"
    r"|ips|wgb|oad|fact-team|hoofdzaak werk|sterk door werk|individuele plaatsing)\b"
)


def tells_of_care(text: str | None) -> bool:
    """Whether a text names a disorder, a treatment, an institution of care or a programme of it."""
    return text is not None and (looks_medical(text) or bool(_CARE.search(text.casefold())))
