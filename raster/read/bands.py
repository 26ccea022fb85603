"""The one place that decides which bands of a raster hold data, and which of their cells have no value.

A cell has no value where a nodata value is stored, where a mask or an alpha band says so, and where its value is in
a range that the user has declared as nodata. GDAL considers one of these at a time; here they all count.
"""

from __future__ import annotations

import re
from typing import Optional, Sequence

import numpy as np
from osgeo import gdal, gdal_array

from ...core.errors import InputError
from ...core.language import tr
from ...core.packed import NONE_BEYOND, Beyond, Packed
from ..grid.gdal_io import read_band
from ..grid.texts import description_of
from ..grid.window import Window

# No quantity here comes near this magnitude: larger values are untagged fill values.
UNTAGGED_FILL = 1e10

# How GDAL before 3.7 marks signed bytes; later releases have a type for them, and warn of questions for the mark.
PIXEL_TYPE, SIGNED_BYTE = "PIXELTYPE", "SIGNEDBYTE"


def alpha_band(dataset: gdal.Dataset) -> Optional[gdal.Band]:
    """Return the alpha band, which is 0 where the other bands have no value; None where there is none.

    It is the last band. GDAL writes any four bands of bytes as red, green, blue and alpha: a band whose description
    contains a date, a year or another number is still data.
    """
    band = dataset.GetRasterBand(dataset.RasterCount)
    is_alpha = dataset.RasterCount > 1 and band.GetColorInterpretation() == gdal.GCI_AlphaBand
    return band if is_alpha and not re.search(r"\d", description_of(band)) else None


def data_bands(dataset: gdal.Dataset) -> range:
    """Return the numbers of the bands that hold data, counted from 1: all but an alpha band."""
    return _data_bands(dataset, alpha_band(dataset))


def _data_bands(dataset: gdal.Dataset, alpha: Optional[gdal.Band]) -> range:
    return range(1, dataset.RasterCount + (1 if alpha is None else 0))


class StoredBand:
    """A band of an open raster: the stored numbers, and where there is no value.

    Parameters
    ----------
    dataset : gdal.Dataset
        The open raster.
    number : int
        Band number, counted from 1.
    name : str
        Name of the raster, known to the user.
    extra_nodata : sequence of (float, float)
        Closed ranges of values, scale and offset applied, that mean that there is no value.
    possible : (float, float), optional
        Limits of possible values, scale and offset applied: others are untagged fill values and count as missing.
    tagged_nodata : bool
        Whether the nodata value of the band means that there is no value.

    Attributes
    ----------
    dataset : gdal.Dataset
        Kept, since its bands are valid only as long.
    scale, offset : float
        The values are ``scale * stored + offset``.
    missing : number of the stored type, optional
        The stored nodata value of the band.
    is_plain : bool
        Whether nothing but `missing`, `possible` and NaN marks cells without a value.

    Raises
    ------
    InputError
        If there is no such band of data, or it holds complex numbers.
    """

    def __init__(
        self,
        dataset: gdal.Dataset,
        number: int,
        name: str,
        extra_nodata: Sequence[tuple[float, float]] = (),
        possible: Optional[tuple[float, float]] = None,
        tagged_nodata: bool = True,
    ) -> None:
        self.name = name
        self.dataset = dataset
        self._possible = possible
        # What `floats` has removed; it may read a cell more than once.
        self.beyond = NONE_BEYOND
        self._alpha = alpha_band(dataset)
        bands = _data_bands(dataset, self._alpha)
        if number not in bands:
            raise InputError(
                tr(
                    "Raster '{name}' has {n_bands} bands and band {number} was requested: choose one of them.",
                    name=name,
                    n_bands=len(bands),
                    number=number,
                )
                if self._alpha is None
                else tr(
                    "Raster '{name}' has {n_bands} bands beside its alpha band and band {number} was requested: choose "
                    "one of them.",
                    name=name,
                    n_bands=len(bands),
                    number=number,
                )
            )
        self.band = dataset.GetRasterBand(number)
        if gdal.DataTypeIsComplex(self.band.DataType):
            raise InputError(
                tr(
                    "Raster '{name}' holds complex numbers: export their amplitude, or another real quantity, first.",
                    name=name,
                )
            )
        self.scale = self.band.GetScale() or 1.0
        self.offset = self.band.GetOffset() or 0.0
        self.dtype = stored_type(self.band)
        self.missing = _stored_nodata(self.band, self.dtype) if tagged_nodata else None
        flags = self.band.GetMaskFlags()
        # The bits describe one mask: that of a nodata value alone is `missing`, that of an alpha band is `_alpha`.
        has_mask = flags != gdal.GMF_NODATA and not flags & (gdal.GMF_ALL_VALID | gdal.GMF_ALPHA)
        self._mask = self.band.GetMaskBand() if has_mask else None
        self._extra = tuple(extra_nodata)
        self.is_plain = self._alpha is None and self._mask is None and not self._extra

    def read(self, window: Window) -> np.ndarray:
        """Return the stored numbers of a window, in their own type."""
        stored = read_band(self.band, window, self.name)
        return stored.view(np.int8) if self.dtype == np.int8 else stored

    def hidden(self, stored: np.ndarray, window: Window) -> np.ndarray:
        """Return where mask, alpha band or further nodata ranges mark cells of a window as missing."""
        hidden = np.zeros(window.shape, bool)
        for band in (self._alpha, self._mask):
            if band is not None:
                hidden |= read_band(band, window, self.name) == 0
        if self._extra:
            values = stored * self.scale + self.offset
            # Include both ends as rounded to float32.
            slack = np.finfo(np.float32).eps if stored.dtype == np.float32 else 4 * np.finfo(float).eps
            for low, high in self._extra:
                hidden |= (values >= low - slack * abs(low)) & (values <= high + slack * abs(high))
        return hidden

    def is_missing(self, stored: np.ndarray, window: Window) -> np.ndarray:
        """Return where a window has no value, for any reason given by the file or the user."""
        missing = Packed(stored, missing=self.missing).is_missing
        return missing if self.is_plain else missing | self.hidden(stored, window)

    def packed(self, window: Window) -> Packed:
        """Return the numbers as stored, or decoded where more than one stored number means that there is no value.

        Numbers as large as an untagged fill value are missing, as are those that are not `possible`, which are counted.
        """
        packed = Packed(self.read(window), self.scale, self.offset, self.missing)
        # Small integers cannot be that large; most stacks store such.
        is_small = packed.stored.dtype.itemsize <= 2 and packed.stored.dtype.kind in "iu"
        if is_small and self.is_plain:
            return packed if self._possible is None else packed.within(*self._possible)
        values = packed.values()
        if not is_small:
            np.copyto(values, np.nan, where=~is_possible(packed.stored))
        if not self.is_plain:
            np.copyto(values, np.nan, where=self.hidden(packed.stored, window))
        return Packed(values, counted=self._take_out_impossible(values))

    def _take_out_impossible(self, values: np.ndarray, scale: float = 1.0, offset: float = 0.0) -> Beyond:
        """Set impossible values to NaN in place, and count them; the values are ``scale * values + offset``."""
        if self._possible is None:
            return NONE_BEYOND
        low, high = sorted((limit - offset) / scale for limit in self._possible)
        outside = (values < low) | (values > high)
        cells = int(np.count_nonzero(outside))
        if not cells:
            return NONE_BEYOND
        beyond = Beyond(cells, float(values[outside][0]) * scale + offset)
        values[outside] = np.nan
        return beyond

    @property
    def no_float(self) -> np.number:
        """NaN of the type that `floats` returns."""
        return np.float64(np.nan) if self.dtype == np.float64 else np.float32(np.nan)

    def floats(self, window: Window) -> np.ndarray:
        """Return the stored numbers as floats, scale and offset not applied, NaN where there is no value."""
        stored = self.read(window)
        missing = self.is_missing(stored, window)
        missing |= ~is_possible(stored)
        values = stored.astype(self.no_float.dtype)
        values[missing] = np.nan
        self.beyond |= self._take_out_impossible(values, self.scale, self.offset)
        return values

    def flush(self) -> None:
        """Release the blocks that GDAL has cached."""
        for band in (self.band, self._alpha, self._mask):
            if band is not None:
                band.FlushCache()


def is_possible(stored: np.ndarray) -> np.ndarray:
    """Return where numbers are smaller in magnitude than an untagged fill value, and not NaN."""
    return (stored < UNTAGGED_FILL) & (stored > -UNTAGGED_FILL)


def stored_type(band: gdal.Band) -> np.dtype:
    """Return the type of the stored numbers of a band; bytes may be signed."""
    may_be_marked = band.DataType == gdal.GDT_Byte and not hasattr(gdal, "GDT_Int8")
    if may_be_marked and band.GetMetadataItem(PIXEL_TYPE, "IMAGE_STRUCTURE") == SIGNED_BYTE:
        return np.dtype(np.int8)
    return np.dtype(gdal_array.GDALTypeCodeToNumericTypeCode(band.DataType))


def _stored_nodata(band: gdal.Band, kind: np.dtype) -> Optional[np.number]:
    """Return the stored nodata value; None without one, and where the type cannot hold it, as bytes -9999."""
    nodata = band.GetNoDataValue()
    if nodata is None or not np.isfinite(nodata):
        return None
    if kind.kind in "iu":
        limits = np.iinfo(kind)
        if kind == np.int8 and 128 <= nodata <= 255:
            # The tag may give the unsigned byte.
            nodata -= 256
        if nodata != int(nodata) or not limits.min <= nodata <= limits.max:
            return None
        return kind.type(int(nodata))
    return kind.type(nodata)
