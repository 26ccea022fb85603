"""Maps and references of any coding as permafrost, no permafrost, or not compared."""

from __future__ import annotations

from typing import Collection, Iterable, Mapping, Sequence

import numpy as np

from ..errors import InputError
from ..language import later, tr
from ..lists import at_commas

# Indices in the confusion matrices of permafrost maps.
PERMAFROST, OTHER, NOT_COMPARED = 0, 1, -1
LABELS = (later("permafrost"), later("no permafrost"))

# How users write the values of a boolean field, which holds no texts; the default 1 means true.
TRUE = frozenset({"1", "true", "yes", "t", "y"})
FALSE = frozenset({"0", "false", "no", "f", "n"})

# Classes that stand for no value in rasters that have lost their nodata tag. 0 does so beside 2, seasonally frozen
# ground; in maps of 0 and 1 it is ground without permafrost.
FILL_CLASSES = (255, -128, -9999, -32768, 32767, 65535, 2147483647)
OUTSIDE, SEASONAL_FROST = 0, 2

# Glaciers and lakes in the maps of this plugin.
OWN_EXCLUDED = ("3", "4")

# Characters of a user's text that an error quotes.
MAX_TEXT = 60

# Values that an error lists.
MAX_SHOWN = 8


def listed_values(text: str, found: Iterable[object] = ()) -> tuple[str, ...]:
    """Return the values in a list separated by commas: ``"1, 2"`` or ``"continuous, discontinuous"``.

    A text that is one of the values `found` is that value, whatever commas it has: ``"permafrost, continuous"``.
    """
    whole = text.strip()
    return (whole,) if any(_same(value, whole) for value in set(found)) else at_commas(text)


def listed_classes(text: str, parameter: str) -> tuple[int, ...]:
    """Return the classes in a list separated by commas.

    Raises
    ------
    InputError
        If one of them is not a whole number.
    """
    try:
        return tuple(int(value) for value in listed_values(text))
    except ValueError:
        raise InputError(
            tr(
                "{parameter} is '{classes}', which is not a list of classes: give whole numbers separated by commas.",
                parameter=parameter,
                classes=shown(text),
            )
        ) from None


def binary(classes: np.ndarray, permafrost: Collection[int], excluded: Collection[int], no_class: int) -> np.ndarray:
    """Return `PERMAFROST`, `OTHER` or `NOT_COMPARED` for each cell, int8.

    Parameters
    ----------
    classes : array of int
        Classes of a map.
    permafrost, excluded : collections of int
        Classes that are permafrost, and classes that are not compared (glaciers, lakes).
    no_class : int
        The value of cells without a class.
    """
    indices = np.full(classes.shape, OTHER, np.int8)
    indices[np.isin(classes, list(permafrost))] = PERMAFROST
    indices[np.isin(classes, [no_class, *excluded])] = NOT_COMPARED
    return indices


def binary_value(value: object, permafrost: Collection[str], excluded: Collection[str]) -> int:
    """Return the same as `binary` for the value of an attribute, which may be a number, a text or missing."""
    if is_missing(value):
        return NOT_COMPARED
    if any(_same(value, other) for other in excluded):
        return NOT_COMPARED
    return PERMAFROST if any(_same(value, other) for other in permafrost) else OTHER


def fill_classes(classes: Collection[int]) -> list[int]:
    """Return those of the classes of a map that seem to stand for no value."""
    outside = [OUTSIDE] if {OUTSIDE, SEASONAL_FROST} <= set(classes) else []
    return outside + [value for value in FILL_CLASSES if value in classes]


def cells_of_other(classes: np.ndarray, is_other: np.ndarray) -> dict[int, int]:
    """Count the cells that are compared as ground without permafrost by those classes that matter to `fill_classes`.

    Parameters
    ----------
    classes : array of int
        Classes of a map.
    is_other : array of bool
        Which cells are compared as such ground.
    """
    other = classes[is_other]
    if not other.size or (other.min() > OUTSIDE and other.max() < min(value for value in FILL_CLASSES if value > 0)):
        return {}
    cells = {value: int(np.count_nonzero(other == value)) for value in (OUTSIDE, SEASONAL_FROST, *FILL_CLASSES)}
    return {value: number for value, number in cells.items() if number}


def fill_notes(cells: Mapping[int, int], name: str) -> list[str]:
    """Return a sentence about each class of a map that is compared and seems to stand for no value.

    Parameters
    ----------
    cells : mapping
        As returned by `cells_of_other`.
    name : str
        Name of the map.
    """
    return [
        tr(
            "{cells} cells of '{name}' hold {value}, which seems to stand for no value, and count as ground without "
            "permafrost: tag {value} as nodata, or exclude it.",
            cells=cells[value],
            name=name,
            value=value,
        )
        for value in fill_classes(cells)
    ]


def require_found(
    asked: Collection[object],
    found: Collection[object],
    parameter: str,
    where: str,
    excluded: Collection[object] = (),
) -> None:
    """Raise an `InputError` where none of the values that mean permafrost occurs.

    Where permafrost is coded as 1 and all values are 0, 2 or false, seasonally frozen ground, its absence may be right.

    Parameters
    ----------
    asked : collection
        Values that mean permafrost, as numbers or texts.
    found : collection
        Values that occur; None and empty texts are ignored.
    parameter : str
        The parameter that lists them, for the error.
    where : str
        What holds the values: "field 'state' of 'survey'".
    excluded : collection
        Values that are not compared.

    Raises
    ------
    InputError
        Naming the values that occur.
    """
    texts = [str(value) for value in asked]
    left_out = [*map(str, excluded), *OWN_EXCLUDED]
    found = [value for value in _distinct(found) if not any(_same(value, other) for other in map(str, excluded))]
    if not found or any(_same(value, text) for value in found for text in texts):
        return
    compared = [value for value in found if not any(_same(value, other) for other in left_out)]
    ours = any(_same(1, text) for text in texts)
    if ours and len(compared) <= 1 and all(_same(value, "0") or _same(value, "2") for value in compared):
        return
    raise InputError(
        tr(
            "{parameter} is '{texts}', which is not among the values of {where} ({listed}): set it to the "
            "values that mean permafrost.",
            parameter=parameter,
            texts=shown(", ".join(texts)),
            where=where,
            listed=listed(found),
        )
    )


def shown(text: str) -> str:
    """Return the beginning of a user's text, for an error."""
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}..."


def listed(values: Sequence[object]) -> str:
    """Return sorted values as a list in words: the first `MAX_SHOWN` and the last."""
    shown = ", ".join(f"'{value}'" for value in values[:MAX_SHOWN])
    more = len(values) - MAX_SHOWN
    return (
        tr("{shown} and {more} others up to '{values}'", shown=shown, more=more, values=values[-1])
        if more > 0
        else shown
    )


def _distinct(values: Iterable[object]) -> list[object]:
    """Return the distinct values: numbers sorted, then all others sorted as texts; missing values are dropped."""

    def place(value: object) -> tuple:
        return (0, value, "") if isinstance(value, (int, float)) else (1, 0, str(value))

    return sorted({value for value in values if not is_missing(value)}, key=place)


def is_missing(value: object) -> bool:
    """Return whether an attribute is empty."""
    return value is None or value != value or str(value).strip() in ("", "NULL")


def _same(value: object, text: str) -> bool:
    if isinstance(value, bool) and text.casefold() in TRUE | FALSE:
        return value == (text.casefold() in TRUE)
    try:
        return float(str(value)) == float(text)
    except ValueError:
        return str(value).strip().casefold() == text.casefold()


def agreement(map_indices: np.ndarray, reference_indices: np.ndarray) -> np.ndarray:
    """Return the value of `core.classes.AGREEMENT` for each cell, uint8; 0 where nothing is compared."""
    compared = (map_indices >= 0) & (reference_indices >= 0)
    return np.where(compared, 1 + 2 * map_indices + reference_indices, 0).astype(np.uint8)
