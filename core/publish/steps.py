"""The steps of the processing that led to a product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Mapping

from ..language import Say, english, tr

# Temporary files of QGIS have the names of the outputs that they are.
TEMPORARY = re.compile(r"temporary .*|[A-Z][A-Z0-9_]*\.[a-z0-9]+")


@dataclass(frozen=True)
class Step:
    """A step of the processing: the files that it made, and by which algorithm, software and parameters."""

    result: str
    algorithm: str
    software: str
    parameters: Mapping[str, str]

    @property
    def name(self) -> str:
        """The id of the algorithm, without the provider's."""
        return self.algorithm.rpartition(":")[2]

    def result_in_words(self, say: Say = tr) -> str:
        """Return the files that the step made, as far as they have names of their own."""
        named = [name for name in self.result.split(", ") if not TEMPORARY.fullmatch(name)]
        return ", ".join(named) or say("Intermediate result")

    def sentence(self) -> str:
        """Return the step as a sentence."""
        settings = ", ".join(f"{name}={value_in_words(value, english)}" for name, value in self.parameters.items())
        made = f"made by {self.algorithm} ({self.software})"
        return f"{self.result_in_words(english)}: {made} with {settings or 'its defaults'}."


def value_in_words(value: str, say: Say = tr) -> str:
    """Return the value of a parameter for readers: a temporary file of QGIS is the result of an earlier step."""
    parts = value.split(", ")
    return ", ".join(say("result of an earlier step") if TEMPORARY.fullmatch(part) else part for part in parts)


def public_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return parameters without the folders of the machine that they were used on."""
    return {name: _without_folders(value) for name, value in parameters.items()}


def _without_folders(value: str) -> str:
    """Return a list of values with paths cut to file names; a path begins with a slash, a drive or a dot."""
    return re.sub(r"(?:(?<=, )|^)(?:/|[A-Za-z]:[/\\]|\.{1,2}/)(?:[^,]*[/\\])?", "", value)
