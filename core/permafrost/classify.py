"""The permafrost map: permafrost, seasonally frozen ground, glaciers and lakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Mapping, Optional

import numpy as np

from ..classes import GLACIER, LAKE, OUTSIDE, PERMAFROST, SEASONAL_FROST
from ..language import later, tr

# A cell belongs to what covers at least this share of it.
HALF = 0.5


def classify(
    ttop: np.ndarray,
    threshold: float = 0.0,
    glaciers: Optional[np.ndarray] = None,
    lakes: Optional[np.ndarray] = None,
    basin: Optional[np.ndarray] = None,
) -> np.ndarray:
    """Return the class of each cell.

    Parameters
    ----------
    ttop : array
        degC, NaN where missing.
    threshold : float
        Cells at or below this temperature are permafrost, degC.
    glaciers, lakes, basin : array, optional
        Shares of each cell that are glacier, lake, or inside the basin, 0 to 1.

    Returns
    -------
    array of uint8
        Values of ``core.classes.PERMAFROST_MAP``; 0 outside the basin and where nothing is known.
        Lakes take precedence over glaciers, and glaciers over ground.
    """
    classes = np.full(ttop.shape, OUTSIDE, np.uint8)
    classes[ttop > threshold] = SEASONAL_FROST.value
    classes[ttop <= threshold] = PERMAFROST.value
    if glaciers is not None:
        classes[glaciers >= HALF] = GLACIER.value
    if lakes is not None:
        classes[lakes >= HALF] = LAKE.value
    if basin is not None:
        classes[basin < HALF] = OUTSIDE
    return classes


@dataclass(frozen=True)
class CoverAreas:
    """Areas that glaciers, lakes and the basin cover, by fractions of cells.

    Attributes
    ----------
    km2 : mapping of str to float
        By ``glaciers``, ``lakes`` and ``basin``, as far as they were used; glaciers and lakes inside the basin.
    warnings : tuple of str
        What may be wrong with the areas, a sentence each.
    """

    km2: Mapping[str, float]
    warnings: tuple[str, ...] = ()

    def sentences(self, in_words: Callable[[float], str]) -> list[str]:
        """Return a sentence about each area, which `in_words` turns into a text with its unit."""
        sentences = {
            "glaciers": later("Glaciers cover {area}, computed from fractions of cells."),
            "lakes": later("Lakes cover {area}, computed from fractions of cells."),
            "basin": later("The basin covers {area}, computed from fractions of cells."),
        }
        return [tr(sentences[name], area=in_words(km2)) for name, km2 in self.km2.items()]
