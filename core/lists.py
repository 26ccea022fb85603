"""Lists in the texts that users write, also with the separators of Chinese keyboards."""

from __future__ import annotations

import re


def at_commas(text: str) -> tuple[str, ...]:
    """Return the parts of a text between commas, without empty ones."""
    return _parts("[,，、]", text)


def at_semicolons(text: str) -> tuple[str, ...]:
    """Return the parts of a text between semicolons, without empty ones."""
    return _parts("[;；]", text)


def _parts(separators: str, text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(separators, text) if part.strip())
