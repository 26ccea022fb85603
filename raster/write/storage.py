"""How numbers are stored in a file, and what the bands of a file hold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional, Sequence

import numpy as np
from osgeo import gdal, gdal_array

from ...core.classes import MapClass
from ...core.errors import InputError
from ...core.language import tr
from ..read.bands import StoredBand
from ..read.rasters import RasterSource


@dataclass(frozen=True)
class Storage:
    """How numbers are stored: the value is ``stored * scale + offset``.

    Attributes
    ----------
    data_type : int
        GDAL's code.
    nodata : float
        Stored where there is no value.
    scale, offset : float
        Factor and summand of a stored number.
    is_signed_byte : bool
        Whether bytes are signed; GDAL before 3.7 has no type for them.
    """

    data_type: int
    nodata: float
    scale: float = 1.0
    offset: float = 0.0
    is_signed_byte: bool = False

    @property
    def dtype(self) -> np.dtype:
        """Type of the stored numbers."""
        if self.is_signed_byte:
            return np.dtype(np.int8)
        return np.dtype(gdal_array.GDALTypeCodeToNumericTypeCode(self.data_type))

    def encode(self, values: np.ndarray) -> np.ndarray:
        """Return the stored form of numbers with NaN where there is none.

        Raises
        ------
        InputError
            If a value is too large for whole numbers of this type.
        """
        missing = np.isnan(values)
        kind = self.dtype
        stored = values
        if self.scale != 1.0 or self.offset != 0.0:
            stored = (values - self.offset) / self.scale
        if kind.kind == "f":
            return np.where(missing, kind.type(self.nodata), stored).astype(kind, copy=False)
        limits = np.iinfo(kind)
        stored = np.rint(np.where(missing, 0, stored))
        beyond = (stored > limits.max) | (stored < limits.min) | (~missing & (stored == self.nodata))
        if beyond.any():
            raise InputError(
                tr(
                    "The value {value:g} cannot be stored between {low:g} and {high:g}: check scale and "
                    "units of the inputs.",
                    value=values[beyond][0],
                    low=limits.min * self.scale + self.offset,
                    high=limits.max * self.scale + self.offset,
                )
            )
        return np.where(missing, self.nodata, stored).astype(kind)


def storage_of(source: RasterSource, dataset: Optional[gdal.Dataset] = None) -> Storage:
    """Return how a raster stores its numbers, so that another raster can hold the same numbers bit for bit.

    Parameters
    ----------
    source : RasterSource
        The band.
    dataset : gdal.Dataset, optional
        The file, if it is open: of many bands each would open it again.

    Raises
    ------
    InputError
        If it stores integers and has no nodata value.
    """
    dataset = source.dataset() if dataset is None else dataset
    stored = StoredBand(dataset, source.band, source.name, source.extra_nodata, tagged_nodata=source.tagged_nodata)
    nodata: Optional[float] = None if stored.missing is None else stored.missing.item()
    if stored.dtype.kind == "f":
        nodata = math.nan if nodata is None else nodata
    elif nodata is None:
        if stored.is_plain:
            raise InputError(
                tr(
                    "'{name}' has no nodata value, so its gaps cannot be distinguished from temperatures: assign the "
                    "value of its gaps as nodata.",
                    name=source.name,
                )
            )
        # Masks mark the gaps, and the output has none: use the end of the range that no temperature reaches.
        limits = np.iinfo(stored.dtype)
        nodata = limits.min if limits.min < 0 else limits.max
    return Storage(stored.band.DataType, nodata, stored.scale, stored.offset, stored.dtype == np.int8)


FLOATS = Storage(gdal.GDT_Float32, -9999.0)

COUNTS = Storage(gdal.GDT_Int16, -1)

CLASSES = Storage(gdal.GDT_Byte, 0)


@dataclass(frozen=True)
class Layer:
    """What the bands of an output hold.

    Attributes
    ----------
    names : sequence of str
        One per band.
    unit : str
        Of all bands; empty for classes and ratios.
    classes : sequence of MapClass
        For a map of classes, stored as bytes with nodata 0; empty for numbers.
    numbers : Storage
        How numbers are stored.
    """

    names: Sequence[str]
    unit: str = ""
    classes: Sequence[MapClass] = ()
    numbers: Storage = FLOATS

    @property
    def storage(self) -> Storage:
        """How the bands are stored."""
        return CLASSES if self.classes else self.numbers
