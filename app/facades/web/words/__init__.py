"""The Dutch words of the pages: names of fields, values and acts, and what to do at a refusal."""

from app.facades.web.words.reading import Act, act, fault, hint, label, refusal, value, values

__all__ = ["Act", "act", "fault", "hint", "label", "refusal", "value", "values"]
