"""Maps and references of any coding, brought to permafrost or not."""

from __future__ import annotations

from typing import Collection, Iterable, Sequence

import numpy as np

from ..errors import InputError

# Indices in the confusion matrices of permafrost maps.
PERMAFROST, OTHER, NOT_COMPARED = 0, 1, -1
LABELS = ("permafrost", "no permafrost")

# How a field of yes and no is asked for: it holds no texts, and 1 is its truth.
TRUE = frozenset({"1", "true", "yes", "t", "y"})
FALSE = frozenset({"0", "false", "no", "f", "n"})

# Glaciers and lakes in maps of our own.
OWN_EXCLUDED = ("3", "4")

# Characters of a text that an error shows.
SHOWN = 60

# Values that an error lists.
MAX_SHOWN = 8


def listed_values(text: str) -> tuple[str, ...]:
    """Give the values in a list separated by commas: ``"1, 2"`` or ``"continuous, discontinuous"``."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def listed_classes(text: str, parameter: str) -> tuple[int, ...]:
    """Give a list of whole numbers.

    Raises
    ------
    InputError
        If one of them is none.
    """
    try:
        return tuple(int(value) for value in listed_values(text))
    except ValueError:
        raise InputError(
            f"{parameter} is '{shown(text)}', and classes of a raster are whole numbers: give them separated by commas."
        ) from None


def binary(classes: np.ndarray, permafrost: Collection[int], excluded: Collection[int], no_class: int) -> np.ndarray:
    """Give `PERMAFROST`, `OTHER` or `NOT_COMPARED` for each cell, int8.

    Parameters
    ----------
    classes : array of int
        Classes of a map.
    permafrost, excluded : collections of int
        Classes that are permafrost, and classes that are not compared (glaciers, lakes).
    no_class : int
        The value of cells that have no class.
    """
    indices = np.full(classes.shape, OTHER, np.int8)
    indices[np.isin(classes, list(permafrost))] = PERMAFROST
    indices[np.isin(classes, [no_class, *excluded])] = NOT_COMPARED
    return indices


def binary_value(value: object, permafrost: Collection[str], excluded: Collection[str]) -> int:
    """Give the same for the value of an attribute, which may be a number, a text or missing."""
    if is_missing(value):
        return NOT_COMPARED
    if any(_same(value, other) for other in excluded):
        return NOT_COMPARED
    return PERMAFROST if any(_same(value, other) for other in permafrost) else OTHER


def require_found(
    asked: Collection[object],
    found: Collection[object],
    parameter: str,
    where: str,
    excluded: Collection[object] = (),
) -> None:
    """Refuse values for permafrost that do not occur where they are looked for.

    Where only seasonally frozen ground is coded, 0 or 2 or false, and permafrost would be 1, there may rightly be none.

    Parameters
    ----------
    asked : collection
        Values that are to be permafrost, as numbers or texts.
    found : collection
        Values that occur; None and empty texts count as nothing.
    parameter : str
        Which chooses them.
    where : str
        What holds the values: "field 'state' of 'survey'".
    excluded : collection
        Values that are left out.

    Raises
    ------
    InputError
        If none of them occurs, naming those that do.
    """
    asked = [str(value) for value in asked]
    left_out = [*map(str, excluded), *OWN_EXCLUDED]
    found = [value for value in _distinct(found) if not any(_same(value, other) for other in map(str, excluded))]
    if not found or any(_same(value, text) for value in found for text in asked):
        return
    compared = [value for value in found if not any(_same(value, other) for other in left_out)]
    ours = any(_same(1, text) for text in asked)
    if ours and len(compared) <= 1 and all(_same(value, "0") or _same(value, "2") for value in compared):
        return
    raise InputError(
        f"{parameter} is '{shown(', '.join(asked))}', which is not among the values of {where} ({listed(found)}): set "
        "it to those that mean permafrost."
    )


def shown(text: str) -> str:
    """Return the beginning of a text that a user gave, for a sentence."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def listed(values: Sequence[object]) -> str:
    """Return ascending values for a sentence, at most `MAX_SHOWN` and the last."""
    shown = ", ".join(f"'{value}'" for value in values[:MAX_SHOWN])
    more = len(values) - MAX_SHOWN
    return f"{shown} and {more} others up to '{values[-1]}'" if more > 0 else shown


def _distinct(values: Iterable[object]) -> list[object]:
    """Return each value once, numbers in their order before all else in that of its text, without what is missing."""

    def place(value: object) -> tuple:
        return (0, value, "") if isinstance(value, (int, float)) else (1, 0, str(value))

    return sorted({value for value in values if not is_missing(value)}, key=place)


def is_missing(value: object) -> bool:
    """Whether an attribute says nothing."""
    return value is None or value != value or str(value).strip() in ("", "NULL")


def _same(value: object, text: str) -> bool:
    if isinstance(value, bool) and text.casefold() in TRUE | FALSE:
        return value == (text.casefold() in TRUE)
    try:
        return float(str(value)) == float(text)
    except ValueError:
        return str(value).strip().casefold() == text.casefold()


def agreement(map_indices: np.ndarray, reference_indices: np.ndarray) -> np.ndarray:
    """Give the value of ``core.classes.AGREEMENT`` for each cell, uint8; 0 where nothing is compared."""
    compared = (map_indices >= 0) & (reference_indices >= 0)
    return np.where(compared, 1 + 2 * map_indices + reference_indices, 0).astype(np.uint8)
