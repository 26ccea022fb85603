"""The one place that opens rasters, and that turns GDAL's error messages into sentences."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional, Sequence, TypeVar, Union

import numpy as np
from osgeo import gdal, ogr, osr

from ...core.errors import InputError, UnreadableError
from ...core.language import later, tr
from .window import Window

# Characters after which a message of GDAL is cut: it is part of a sentence.
MAX_MESSAGE = 300

# GDAL opens a file that ends before one of its tags without the tag, be it nodata value, scale or CRS, and only warns.
CUT_OFF = "IO error during reading of"

NO_REASON = later("GDAL gives no reason")

# Newer releases quote a CRS as PROJJSON or WKT, over many lines; this finds its name.
IS_CRS = re.compile(r"\{|[A-Z]+\[")
NAME_IN_CRS = re.compile(r'"name": "([^"]*)"|\["([^"]*)"')


Result = TypeVar("Result")


class Messages:
    """GDAL's error messages during some work: what it reports, and what it raises where its exceptions are on.

    Attributes
    ----------
    is_cut_off : bool
        Whether one says that a file ends before its tags do.
    """

    def __init__(self) -> None:
        self._any = False
        self._first = self._last = ""
        self.is_cut_off = False

    def __bool__(self) -> bool:
        """Whether there is any message."""
        return self._any

    def add(self, message: Union[str, Exception]) -> None:
        """Add a message, which may be empty."""
        self._any = True
        self.is_cut_off = self.is_cut_off or CUT_OFF in str(message)
        self._last = str(message).strip() or self._last
        self._first = self._first or self._last

    def attempt(self, call: Callable[..., Result], *args: Any, **keywords: Any) -> Optional[Result]:
        """Call GDAL and return its result; None where it raises an exception, which is added."""
        try:
            return call(*args, **keywords)
        except RuntimeError as error:
            self.add(error)
            return None
        except SystemError:
            # The bindings cannot decode a message that quotes a damaged file.
            self.add(tr("it holds text that is not UTF-8"))
            return None

    @property
    def reason(self) -> str:
        """The last message, which says what failed in the end, as one plain line."""
        return plain_line(self._last) or tr(NO_REASON)

    @property
    def first_reason(self) -> str:
        """The first message, where those that follow are noise."""
        return plain_line(self._first) or tr(NO_REASON)


def plain_line(text: str) -> str:
    """Return a message of GDAL as one line that fits into a sentence.

    Newer releases append possible causes, one per line, and quote CRSs with their whole definition.
    """
    before, *quoted = text.split("`")
    text = "".join([before, *map(_with_the_name_of_a_crs, quoted)]).partition("\nMay be caused by:")[0]
    line = " ".join(text.replace("[...]", "").split())
    return line if len(line) <= MAX_MESSAGE else f"{line[:MAX_MESSAGE].rstrip()}…"


def _with_the_name_of_a_crs(quoted: str) -> str:
    """Return the text after a backquote with the definition of a CRS replaced by its name."""
    end = max(quoted.rfind("}'"), quoted.rfind("]'"))
    if end < 0 or not IS_CRS.match(quoted):
        return f"`{quoted}"
    name = NAME_IN_CRS.search(quoted, 0, end)
    return f"`{name[1] or name[2] if name else 'a CRS'}{quoted[end + 1 :]}"


@contextmanager
def gdal_messages(expected: str = "") -> Iterator[Messages]:
    """Collect GDAL's error messages in this thread instead of letting it print them.

    Works whether or not another plugin has switched GDAL's exceptions on, a setting that the
    whole process shares and that is not ours to change. A message that contains the `expected` text is ignored.
    """
    messages = Messages()

    def collect(severity: int, _code: int, text: str) -> None:
        if (severity >= gdal.CE_Failure or CUT_OFF in text) and not (expected and expected in text):
            messages.add(text)

    gdal.PushErrorHandler(collect)
    try:
        yield messages
    finally:
        gdal.PopErrorHandler()


def attempt(call: Callable[..., Result], *args: Any, **keywords: Any) -> tuple[Optional[Result], Messages]:
    """Call GDAL and return its result, None where it raises an exception, and its error messages."""
    with gdal_messages() as messages:
        return messages.attempt(call, *args, **keywords), messages


def open_container(path: str, name: str, options: Sequence[str] = ()) -> gdal.Dataset:
    """Open a raster, or a file of several rasters, for reading.

    Parameters
    ----------
    path : str
        Anything that GDAL opens.
    name : str
        Name known to the user, for messages.
    options : sequence of str
        Open options of GDAL's driver, ``NAME=VALUE``.

    Raises
    ------
    InputError
        If GDAL cannot open it, or can do so only in part.
    """
    dataset, messages = attempt(_opened, path, options)
    if dataset is None or messages.is_cut_off:
        raise InputError(
            tr(
                "Raster '{name}' cannot be opened ({reason}): check that the file exists and is whole.",
                name=name,
                reason=messages.reason,
            )
        )
    return dataset


def _opened(path: str, options: Sequence[str]) -> Optional[gdal.Dataset]:
    flags = gdal.OF_RASTER | gdal.OF_READONLY | gdal.OF_VERBOSE_ERROR
    dataset = gdal.OpenEx(path, flags, open_options=list(options))
    if dataset is not None:
        # Where GDAL's exceptions are on, a damaged CRS raises one when the position is first asked for.
        dataset.GetGeoTransform()
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
            tr(
                "'{name}' is a container with {n_getsubdatasets} subdatasets and no band of its own: choose one "
                "of its subdatasets.",
                name=name,
                n_getsubdatasets=len(dataset.GetSubDatasets()),
            )
        )
    return dataset


def text_in_hdf5(path: str, array: str) -> str:
    """Return a text that an HDF5 file holds as an array without dimensions; empty if it holds none of that name."""
    flags = gdal.OF_MULTIDIM_RASTER | gdal.OF_READONLY
    with gdal_messages() as messages:
        dataset = messages.attempt(gdal.OpenEx, path, flags, allowed_drivers=["HDF5"])
        found = dataset and messages.attempt(dataset.GetRootGroup().OpenMDArrayFromFullname, array)
        text = found and messages.attempt(found.Read)
    return str(text[0]) if text else ""


def read_band(band: gdal.Band, window: Window, name: str) -> np.ndarray:
    """Read a window of one band as an array of the band's own type.

    Raises
    ------
    UnreadableError
        If bytes are missing, as in a truncated file.
    """
    values, messages = attempt(band.ReadAsArray, window.column, window.row, window.width, window.height)
    if values is None or messages:
        rows = tr("rows {row} to {height}", row=window.row, height=window.row + window.height - 1)
        raise UnreadableError(name, tr("cannot be read at {rows} ({reason})", rows=rows, reason=messages.reason))
    return values


def layers_in_memory() -> gdal.Dataset | ogr.DataSource:
    """Return an empty dataset of layers in memory, whose driver has another name from GDAL 3.11 on."""
    driver = gdal.GetDriverByName("MEM")
    if driver.GetMetadataItem(gdal.DCAP_VECTOR):
        return driver.Create("", 0, 0, 0, gdal.GDT_Unknown)
    return ogr.GetDriverByName("Memory").CreateDataSource("")


def transformation(source_wkt: str, target_wkt: str, name: str) -> osr.CoordinateTransformation:
    """Return the transformation from one CRS to another, x before y in both.

    Raises
    ------
    InputError
        If there is none, as from a local CRS that is not tied to the Earth.
    """
    source, target = spatial_reference(source_wkt), spatial_reference(target_wkt)
    way, messages = attempt(osr.CoordinateTransformation, source, target)
    # Where GDAL's exceptions are off, a failed transformation is an object without content.
    if way is None or getattr(way, "this", None) is None:
        raise InputError(
            tr(
                "The CRS of '{name}' cannot be transformed to that of the first input ({reason}): assign the "
                "right CRS to it.",
                name=name,
                reason=messages.reason,
            )
        )
    return way


def transform_points(way: osr.CoordinateTransformation, points: np.ndarray) -> np.ndarray:
    """Return points in another CRS, shape (n, 2), NaN where they have no place there.

    Where GDAL's exceptions are on, one such point keeps all from being transformed: their halves are tried.
    """
    found, _ = attempt(way.TransformPoints, points.tolist())
    if found is None and len(points) > 1:
        middle = len(points) // 2
        return np.concatenate([transform_points(way, points[:middle]), transform_points(way, points[middle:])])
    placed = np.full((len(points), 2), np.nan) if not found else np.array(found)[:, :2]
    placed[~np.isfinite(placed).all(axis=1)] = np.nan
    return placed


def wkt_of(definition: str) -> str:
    """Return the WKT of a CRS that an authority's code or a PROJ text defines; empty where GDAL knows none."""
    reference = osr.SpatialReference()
    code, _ = attempt(reference.SetFromUserInput, definition)
    return reference.ExportToWkt() if code == 0 else ""


def wkt_of_usgs(projection: int, parameters: Sequence[float]) -> str:
    """Return the WKT of a projection of the General Cartographic Transformation Package; empty if GDAL knows none."""
    reference = osr.SpatialReference()
    # The size of the Earth is among the parameters where the number of the datum is negative.
    code, _ = attempt(reference.ImportFromUSGS, projection, 0, tuple(parameters), -1)
    return reference.ExportToWkt() if code == 0 else ""


def spatial_reference(wkt: str) -> osr.SpatialReference:
    """Return the CRS of a WKT text with x before y, as rasters and QGIS have it."""
    reference = osr.SpatialReference()
    reference.ImportFromWkt(wkt)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference
