"""The one place that opens rasters, and that turns GDAL's complaints into sentences."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Iterator, Sequence

import numpy as np
from osgeo import gdal, osr

from ..core.errors import InputError

if TYPE_CHECKING:
    from .grid import Window


@contextmanager
def gdal_messages() -> Iterator[list[str]]:
    """Collect what GDAL complains about in this thread, instead of letting it print.

    Works whether or not another plugin has switched GDAL's exceptions on, a setting that the
    whole process shares and that is not ours to change.
    """
    messages: list[str] = []

    def collect(severity: int, _code: int, text: str) -> None:
        if severity >= gdal.CE_Failure:
            messages.append(text.strip())

    gdal.PushErrorHandler(collect)
    try:
        yield messages
    finally:
        gdal.PopErrorHandler()


def open_container(path: str, name: str, options: Sequence[str] = ()) -> gdal.Dataset:
    """Open a raster, or a file of several rasters, for reading.

    Parameters
    ----------
    path : str
        Anything that GDAL opens.
    name : str
        How the user knows it; used in messages.
    options : sequence of str
        Open options of GDAL's driver, ``NAME=VALUE``.

    Raises
    ------
    InputError
        If GDAL cannot open it.
    """
    with gdal_messages() as messages:
        try:
            flags = gdal.OF_RASTER | gdal.OF_READONLY | gdal.OF_VERBOSE_ERROR
            dataset = gdal.OpenEx(path, flags, open_options=list(options))
        except RuntimeError as error:
            messages.append(str(error))
            dataset = None
    if dataset is None:
        reason = messages[-1] if messages else "GDAL gives no reason"
        raise InputError(f"Raster '{name}' cannot be opened ({reason}): check that the file exists and is whole.")
    return dataset


def open_raster(path: str, name: str, options: Sequence[str] = ()) -> gdal.Dataset:
    """Open a raster for reading, as `open_container` does.

    Raises
    ------
    InputError
        If GDAL cannot open it, or it holds no band of its own.
    """
    dataset = open_container(path, name, options)
    if dataset.RasterCount == 0:
        raise InputError(
            f"'{name}' is a container with {len(dataset.GetSubDatasets())} subdatasets and no band of its own: "
            "choose one of its subdatasets."
        )
    return dataset


def read_band(band: gdal.Band, window: Window, name: str) -> np.ndarray:
    """Read a window of one band as an array of the band's own type.

    Raises
    ------
    InputError
        If the bytes are not there, as in a file that was cut off.
    """
    with gdal_messages() as messages:
        try:
            values = band.ReadAsArray(window.column, window.row, window.width, window.height)
        except RuntimeError as error:
            messages.append(str(error))
            values = None
    if values is None or messages:
        reason = messages[-1] if messages else "GDAL gives no reason"
        raise InputError(
            f"Raster '{name}' cannot be read at rows {window.row} to {window.row + window.height - 1} ({reason}): "
            "the file seems damaged or cut off, get it again."
        )
    return values


def transformation(source_wkt: str, target_wkt: str, name: str) -> osr.CoordinateTransformation:
    """Give the way from one CRS to another, x before y in both.

    Raises
    ------
    InputError
        If there is none, as from a local CRS that is tied to no place on Earth.
    """
    with gdal_messages() as messages:
        try:
            way = osr.CoordinateTransformation(spatial_reference(source_wkt), spatial_reference(target_wkt))
        except RuntimeError as error:
            messages.append(str(error))
            way = None
    # Where GDAL's exceptions are off, a failure is an object without content.
    if way is None or getattr(way, "this", None) is None:
        reason = messages[-1] if messages else "GDAL gives no reason"
        raise InputError(
            f"The CRS of '{name}' cannot be brought to that of the first input ({reason}): assign the right CRS to it."
        )
    return way


def spatial_reference(wkt: str) -> osr.SpatialReference:
    """Give the CRS of a WKT text with x before y, as rasters and QGIS have it."""
    reference = osr.SpatialReference()
    reference.ImportFromWkt(wkt)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference
