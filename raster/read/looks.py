"""What a raster says of itself, looked at once: to open a stack of a year takes as long as to read a window of a day.

Before a run its inputs are compared with its outputs, fingerprinted, aligned and dated, by parts of the house that do
not know of each other. What they need of a file is kept here as long as the file does not change.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Callable, Mapping, Optional, Sequence

from osgeo import gdal

from ..grid.texts import as_text, description_of, metadata_of, projection_of, unit_of
from .bands import data_bands
from .kept import Kept

# Files of which the looks are kept: those of some decades, a file per overpass and year.
MAX_KEPT = 256

# The only other file that may belong to a raster whose look is kept.
SIDECAR = ".aux.xml"


@dataclass(frozen=True)
class Look:
    """What an open raster says of itself.

    Attributes
    ----------
    files : tuple of str
        The files that belong to it.
    virtual : str
        GDAL's description of a virtual raster in XML; empty for any other.
    width, height : int
        Columns and rows.
    geotransform : tuple of 6 floats, optional
        None if it is not georeferenced.
    crs_wkt : str
        The CRS; empty where it has none.
    blocks : tuple of (int, int)
        Columns and rows of the blocks of each band.
    descriptions, units : tuple of str
        Of the bands that hold data.
    metadata : mapping
        Of the raster as a whole.
    """

    files: tuple[str, ...]
    virtual: str
    width: int
    height: int
    geotransform: Optional[tuple[float, ...]]
    crs_wkt: str
    blocks: tuple[tuple[int, int], ...]
    descriptions: tuple[str, ...]
    units: tuple[str, ...]
    metadata: Mapping[str, str]

    @classmethod
    def of(cls, dataset: gdal.Dataset) -> Look:
        """Look at an open raster."""
        geotransform = dataset.GetGeoTransform(can_return_null=True)
        bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
        of_data = [bands[number - 1] for number in (data_bands(dataset) if bands else ())]
        return cls(
            tuple(dataset.GetFileList() or ()),
            virtual_raster(dataset),
            dataset.RasterXSize,
            dataset.RasterYSize,
            None if geotransform is None else tuple(geotransform),
            projection_of(dataset),
            tuple(tuple(band.GetBlockSize()) for band in bands),
            tuple(description_of(band) for band in of_data),
            tuple(unit_of(band) for band in of_data),
            metadata_of(dataset),
        )


def virtual_raster(dataset: Optional[gdal.Dataset]) -> str:
    """Return GDAL's description of a virtual raster in XML; empty for any other."""
    if dataset is None or dataset.GetDriver().ShortName != "VRT":
        return ""
    return "".join(map(as_text, dataset.GetMetadata("xml:VRT") or ()))


_KEPT = Kept()


def look_at(path: str, options: Sequence[str], opened: Callable[[], Optional[gdal.Dataset]]) -> Optional[Look]:
    """Return the look at a raster, which is opened only if its file is new or has changed.

    Parameters
    ----------
    path : str
        Anything that GDAL opens. Looks are kept of rasters of a single file with bands of its own: a virtual raster, a
        subdataset or a file in an archive changes with other files.
    options : sequence of str
        Open options of GDAL's driver.
    opened : callable
        Opens the raster; None where it cannot be opened.
    """
    key, state = (path, tuple(options)), _state(path)
    kept = _KEPT.get(key)
    if kept is not None and state is not None and kept[0] == state:
        return kept[1]
    dataset = opened()
    if dataset is None:
        return None
    look = Look.of(dataset)
    is_alone = set(look.files) <= {path, path + SIDECAR} and not look.virtual and bool(look.blocks)
    # Compared again, since the file may have been replaced meanwhile.
    if is_alone and state is not None and state == _state(path):
        _KEPT.put(key, (state, look), MAX_KEPT)
    return look


def _state(path: str) -> Optional[tuple[tuple[int, ...], ...]]:
    """Return what changes with a file and its sidecar; None where there is no such file."""
    return (_status(path), _status(path + SIDECAR)) if os.path.isfile(path) else None


def _status(path: str) -> tuple[int, ...]:
    try:
        status = os.stat(path)
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
