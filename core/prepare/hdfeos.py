"""Reads where the cells of a granule are, from the description that HDF-EOS adds to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional

# Numbers of projections in the General Cartographic Transformation Package, by their names in HDF-EOS. The granules of
# VIIRS have the sinusoidal one.
PROJECTIONS = {"GCTP_SNSOID": 16}

_NUMBER = r"\s*([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*"


@dataclass(frozen=True)
class Structure:
    """Where the cells of a granule are.

    Attributes
    ----------
    geotransform : tuple of 6 floats
        As in GDAL.
    projection : int
        Number of the projection in the General Cartographic Transformation Package.
    parameters : tuple of 15 floats
        Parameters of the projection in the order of that package; the first is the radius of the sphere in metres.
    """

    geotransform: tuple[float, float, float, float, float, float]
    projection: int
    parameters: tuple[float, ...]


def grid_of_structure(text: str, width: int, height: int) -> Optional[Structure]:
    """Return where the cells of the first grid in a granule are.

    Parameters
    ----------
    text : str
        The data set ``HDFEOS INFORMATION/StructMetadata.0``.
    width, height : int
        Number of columns and of rows of a layer.

    Returns
    -------
    Structure or None
        None if the text does not say it, or the projection is not one of `PROJECTIONS`.
    """
    corners = [
        re.search(rf"\b{name}=\({_NUMBER},{_NUMBER}\)", text) for name in ("UpperLeftPointMtrs", "LowerRightMtrs")
    ]
    projection = re.search(r"\bProjection=(?:HE5_)?(\w+)", text)
    parameters = re.search(rf"\bProjParams=\(({_NUMBER}(?:,{_NUMBER})*)\)", text)
    origin = re.search(r"\bGridOrigin=(\w+)", text)
    if corners[0] is None or corners[1] is None or projection is None or parameters is None:
        return None
    if projection[1] not in PROJECTIONS or (origin is not None and not origin[1].endswith("_UL")):
        return None
    left, top = (float(number) for number in corners[0].groups())
    right, bottom = (float(number) for number in corners[1].groups())
    if not (right > left and top > bottom):
        return None
    numbers = [float(number) for number in parameters[1].split(",")][:15]
    return Structure(
        (left, (right - left) / width, 0.0, top, 0.0, (bottom - top) / height),
        PROJECTIONS[projection[1]],
        (*numbers, *[0.0] * (15 - len(numbers))),
    )
