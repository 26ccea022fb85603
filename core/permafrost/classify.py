"""The permafrost map: permafrost, seasonally frozen ground, glaciers and lakes."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..classes import GLACIER, LAKE, OUTSIDE, PERMAFROST, SEASONAL_FROST

# A cell is what covers at least half of it.
HALF = 0.5


def classify(
    ttop: np.ndarray,
    threshold: float = 0.0,
    glaciers: Optional[np.ndarray] = None,
    lakes: Optional[np.ndarray] = None,
    mask: Optional[np.ndarray] = None,
) -> np.ndarray:
    """Give the class of each cell.

    Parameters
    ----------
    ttop : array
        degC, NaN where it is not known.
    threshold : float
        Permafrost is at this temperature and below, degC.
    glaciers, lakes, mask : array, optional
        Shares of the cell that are glacier, lake, or inside the basin, 0 to 1.

    Returns
    -------
    array of uint8
        Values of ``core.classes.PERMAFROST_MAP``; 0 outside the mask and where nothing is known.
        Lakes lie over glaciers, glaciers over ground.
    """
    classes = np.full(ttop.shape, OUTSIDE, np.uint8)
    classes[ttop > threshold] = SEASONAL_FROST.value
    classes[ttop <= threshold] = PERMAFROST.value
    if glaciers is not None:
        classes[glaciers >= HALF] = GLACIER.value
    if lakes is not None:
        classes[lakes >= HALF] = LAKE.value
    if mask is not None:
        classes[mask < HALF] = OUTSIDE
    return classes
