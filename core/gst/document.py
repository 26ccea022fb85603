"""JSON objects whose entries are checked as they are read."""

from __future__ import annotations

import json
import math
from typing import Any, Sequence

from ..errors import InputError
from ..language import tr

# Numbers in a document are smaller than this.
MAX_NUMBER = 1e300

# Characters of a value that are quoted in a message.
MAX_QUOTED = 40


class Document:
    """A JSON object and its place in the file, for sentences about what is wrong in it.

    All methods that read an entry raise an `InputError` if it is absent or is not what is expected.
    """

    def __init__(self, value: Any, name: str, place: str = "") -> None:
        self.value, self.name, self.place = value, name, place
        if not isinstance(value, dict):
            raise self.wrong("", tr("an object"))

    def wrong(self, key: str, expected: str) -> InputError:
        """Return the error for an entry."""
        value = quoted(self.value[key] if key else self.value)
        return InputError(
            tr(
                "{name} has {value} as {place_of}, not {expected}: fit the model again.",
                name=self.name,
                value=value,
                place_of=self._place_of(key),
                expected=expected,
            )
        )

    def entry(self, key: str) -> Any:
        """Return an entry."""
        if key not in self.value:
            raise InputError(
                tr("{name} has no {place_of}: fit the model again.", name=self.name, place_of=self._place_of(key))
            )
        return self.value[key]

    def inner(self, key: str) -> Document:
        """Return an object."""
        return Document(self.entry(key), self.name, self._place_of(key))

    def each(self, key: str) -> list[tuple[str, Document]]:
        """Return the objects in an object with their keys."""
        inner = self.inner(key)
        return [(inner_key, inner.inner(inner_key)) for inner_key in inner.value]

    def number(self, key: str, low: float = -MAX_NUMBER, high: float = MAX_NUMBER, undefined: bool = False) -> float:
        """Return a number between limits; NaN for null where it may be undefined."""
        value = self.entry(key)
        if value is None and undefined:
            return math.nan
        if not is_number(value) or not low <= value <= high:
            between = (
                ""
                if (low, high) == (-MAX_NUMBER, MAX_NUMBER)
                else tr(" between {low:g} and {high:g}", low=low, high=high)
            )
            raise self.wrong(key, tr("a number{between}", between=between))
        return float(value)

    def count(self, key: str, high: float = MAX_NUMBER) -> int:
        """Return a whole number, 0 or more."""
        value = self.entry(key)
        if not is_number(value) or value != int(value) or not 0 <= value <= high:
            raise self.wrong(
                key, tr("a whole number") + ("" if high == MAX_NUMBER else tr(" from 0 to {high:g}", high=high))
            )
        return int(value)

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of different texts."""
        value = self.entry(key)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, tr("a list of names"))
        if len(set(value)) < len(value) or not value:
            raise self.wrong(key, tr("a list of different names"))
        return tuple(value)

    def numbers(self, key: str, limits: Sequence[tuple[float, float]]) -> tuple[float, ...]:
        """Return a list of numbers, each between its limits."""
        value = self.entry(key)
        if not isinstance(value, list) or len(value) != len(limits) or not all(map(is_number, value)):
            raise self.wrong(key, tr("a list of {n_limits} numbers", n_limits=len(limits)))
        for number, (low, high) in zip(value, limits):
            if not low <= number <= high:
                raise self.wrong(
                    key,
                    tr(
                        "a list with a number between {low:g} and {high:g} in place of {number:g}",
                        number=number,
                        low=low,
                        high=high,
                    ),
                )
        return tuple(float(number) for number in value)

    def token(self, key: str, tokens: Sequence[str]) -> str:
        """Return one of several texts."""
        if self.entry(key) not in tokens:
            raise self.wrong(key, tr("one of {tokens}", tokens=", ".join(tokens)))
        return self.value[key]

    def _place_of(self, key: str) -> str:
        return f"{self.place}.{key}".strip(".")


def quoted(value: Any) -> str:
    """Return a JSON value as text, shortened to fit into a sentence."""
    text = json.dumps(value)
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


def is_number(value: Any) -> bool:
    """Return whether a JSON value is a number of acceptable size."""
    # A comparison, since a JSON integer may be too large for a float.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < MAX_NUMBER
