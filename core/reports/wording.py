"""Names of layers in the sentences of reports."""

from __future__ import annotations

import re
from typing import Iterable, Sequence

from ..language import tr

# What the steps before name the stacks of an overpass.
STACK = re.compile(r"(?:filled_)?(terra|aqua)_(day|night)(?:_(\d{4}))?", re.IGNORECASE)

# Names of layers that QGIS made of temporary files: those of the outputs that they are.
OF_OUTPUT = re.compile(r"(?:temporary )?[A-Z][A-Z0-9_]*(?:\.[a-z0-9]+)?")

# What layers of the sample basin say of themselves in their metadata, which stay English.
OF_SAMPLE_BASIN = re.compile(r"(.+) of the sample basin")

SATELLITES = {"terra": "Terra", "aqua": "Aqua"}


def layer_in_words(name: str, otherwise: str) -> str:
    """Return a layer for a sentence: its name in quotes, or what it is where its name says nothing to a reader.

    Parameters
    ----------
    name : str
        Name of the layer or file.
    otherwise : str
        What it is, for a temporary file.
    """
    stack = STACK.fullmatch(name)
    if stack:
        satellite, time, year = SATELLITES[stack.group(1).lower()], stack.group(2).lower(), stack.group(3)
        said = tr("{satellite} by day", satellite=satellite)
        if time == "night":
            said = tr("{satellite} by night", satellite=satellite)
        return f"{said}, {year}" if year else said
    return otherwise if OF_OUTPUT.fullmatch(name) else tr("'{name}'", name=name)


def clauses(texts: Iterable[str]) -> str:
    """Return texts one after the other, separated by semicolons."""
    return tr("; ").join(texts)


def simulated_in_words(names: str) -> str:
    """Return what is simulated, as metadata list it, for a sentence."""
    said = []
    for name in names.split(", "):
        of_basin = OF_SAMPLE_BASIN.fullmatch(name)
        said.append(tr("{layer} of the sample basin", layer=tr(of_basin.group(1))) if of_basin else name)
    return tr(", ").join(said)


def sentence_case(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def predictors_in_words(names: Sequence[str]) -> str:
    """Return the predictors of a GST model for a sentence: the overpasses in brackets, then others by their names."""
    lst = ", ".join(layer_in_words(name, name) for name in names if STACK.fullmatch(name))
    others = [tr("elevation") if name == "elevation" else name for name in names if not STACK.fullmatch(name)]
    return ", ".join([*([tr("land surface temperature ({overpasses})", overpasses=lst)] if lst else []), *others])
