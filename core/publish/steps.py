"""The steps of the processing that led to a product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Mapping


@dataclass(frozen=True)
class Step:
    """A step of the processing: the files that it made, and by which algorithm, software and parameters."""

    result: str
    algorithm: str
    software: str
    parameters: Mapping[str, str]

    def sentence(self) -> str:
        """Return the step as a sentence."""
        settings = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        made = f"made by {self.algorithm} ({self.software})"
        return f"{self.result}: {made} with {settings or 'its defaults'}."


def public_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return parameters without the folders of the machine that they were used on."""
    return {name: _without_folders(value) for name, value in parameters.items()}


def _without_folders(value: str) -> str:
    """Return a list of values with paths cut to file names; a path begins with a slash, a drive or a dot."""
    return re.sub(r"(?:(?<=, )|^)(?:/|[A-Za-z]:[/\\]|\.{1,2}/)(?:[^,]*[/\\])?", "", value)
