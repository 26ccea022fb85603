"""JSON from untrusted files: read in time and memory linear in its length, or refused by a `ValueError`."""

from __future__ import annotations

import json
from typing import Any

from .language import tr

# Nothing that is read here is nested this deep; deeper nesting could exhaust the stack of recursive code.
MAX_DEPTH = 40
# A double has 309 digits before the point. Python takes quadratic time to read long integers.
MAX_DIGITS = 1000


def parse_json(text: str) -> Any:
    """Return the value of a JSON text.

    Raises
    ------
    ValueError
        If it is no JSON, is nested more than `MAX_DEPTH` deep, or has integers of more than `MAX_DIGITS` digits.
    """
    try:
        value = json.loads(text, parse_int=_whole_number)
    except RecursionError:
        raise ValueError(tr("it is nested more than {depth} deep", depth=MAX_DEPTH)) from None
    layer = [value]
    for _ in range(MAX_DEPTH):
        layer = [
            part
            for one in layer
            if isinstance(one, (dict, list))
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        if not layer:
            return value
    raise ValueError(tr("it is nested more than {depth} deep", depth=MAX_DEPTH))


def parse_object(text: str) -> dict[str, Any]:
    """Return the object of a JSON text; an empty one if it is anything else, or no JSON."""
    try:
        value = parse_json(text)
    except ValueError:
        return {}
    return value if is_object(value) else {}


def is_object(value: Any) -> bool:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(tr("it holds a number of {count} digits", count=len(digits)))
    return int(digits)
