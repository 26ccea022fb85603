"""The permafrost map: permafrost, seasonally frozen ground, glaciers and lakes."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..classes import GLACIER, LAKE, OUTSIDE, PERMAFROST, SEASONAL_FROST
from ..errors import InputError

# A cell is what covers at least half of it.
HALF = 0.5

# No ground on Earth has a mean annual temperature this far from 0 degC.
FARTHEST_FROM_ZERO = 60.0


def require_celsius(ttop: np.ndarray, name: str) -> None:
    """Raise an `InputError` unless an array can hold mean annual ground temperatures in degC.

    Parameters
    ----------
    ttop : array
        NaN is ignored.
    name : str
        How the user knows the layer.
    """
    wrong = np.abs(ttop) > FARTHEST_FROM_ZERO
    if wrong.any():
        raise InputError(
            f"Layer '{name}' holds {ttop[wrong][0]:.6g}, and mean annual ground temperatures lie between "
            f"-{FARTHEST_FROM_ZERO:g} and {FARTHEST_FROM_ZERO:g} degC: subtract 273.15 from kelvin, or tag the fill "
            "value as nodata."
        )


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
