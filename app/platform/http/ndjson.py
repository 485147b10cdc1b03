"""JSON by the line: what a long answer is sent as, piece after piece."""

import json
from typing import Any

MEDIA = "application/x-ndjson"


def line(value: Any) -> bytes:
    """Without spaces, and with letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
