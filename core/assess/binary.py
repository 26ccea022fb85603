"""Maps and references of any coding, brought to permafrost or not."""

from __future__ import annotations

from typing import Collection

import numpy as np

from ..errors import InputError

# Indices in the confusion matrices of permafrost maps.
PERMAFROST, OTHER, NOT_COMPARED = 0, 1, -1
LABELS = ("permafrost", "no permafrost")


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
            f"{parameter} is '{text}', and classes of a raster are whole numbers: give them separated by commas."
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
    if value is None or str(value).strip() in ("", "NULL"):
        return NOT_COMPARED
    if any(_same(value, other) for other in excluded):
        return NOT_COMPARED
    return PERMAFROST if any(_same(value, other) for other in permafrost) else OTHER


def _same(value: object, text: str) -> bool:
    try:
        return float(str(value)) == float(text)
    except ValueError:
        return str(value).strip().casefold() == text.casefold()


def agreement(map_indices: np.ndarray, reference_indices: np.ndarray) -> np.ndarray:
    """Give the value of ``core.classes.AGREEMENT`` for each cell, uint8; 0 where nothing is compared."""
    compared = (map_indices >= 0) & (reference_indices >= 0)
    return np.where(compared, 1 + 2 * map_indices + reference_indices, 0).astype(np.uint8)
