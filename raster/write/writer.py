"""The one place that writes rasters: whole or not at all, with nodata, units, names and where they come from."""

from __future__ import annotations

import json
import math
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Iterator, Mapping, Optional, Sequence

import numpy as np
from osgeo import gdal, gdal_array

from ...core.about import NAME, VERSION
from ...core.classes import MapClass
from ...core.errors import InputError, OutputError
from ...core.files import whole_file
from ..grid.gdal_io import Messages, gdal_messages
from ..grid.grid import Grid
from ..grid.window import TILE, Window
from ..read.bands import PIXEL_TYPE, SIGNED_BYTE, StoredBand
from ..read.sources import RasterSource
from ..run.blocks import Running

# The metadata item that follows simulated data through every step.
SIMULATED = "PERMAFROST_SIMULATED"

# A file of more tiles leaves out those without any value. GDAL would fill all that are absent when the file is closed,
# also when the run was cancelled: millions of them take minutes, in which nobody can stop it.
MAX_FILLED_TILES = 100_000


@dataclass(frozen=True)
class Provenance:
    """Where a result comes from; written into its metadata.

    Attributes
    ----------
    algorithm : str
        Its id.
    parameters : mapping
        As texts; inputs by their paths.
    simulated : str
        What in it is simulated and not observed; empty where nothing is.
    """

    algorithm: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    simulated: str = ""

    def items(self) -> dict[str, str]:
        """Give the metadata items of a file."""
        items = {
            "PERMAFROST_SOFTWARE": f"{NAME} {VERSION}",
            "PERMAFROST_ALGORITHM": self.algorithm,
            "PERMAFROST_PARAMETERS": json.dumps(dict(self.parameters), ensure_ascii=False),
        }
        return {**items, SIMULATED: self.simulated} if self.simulated else items


@dataclass(frozen=True)
class Storage:
    """How numbers are stored: stored x scale + offset is the value.

    Attributes
    ----------
    data_type : int
        GDAL's code.
    nodata : float
        Stored where there is no value.
    scale, offset : float
        Value of one stored unit, and of a stored 0.
    is_signed_byte : bool
        Whether bytes have a sign; a GDAL before 3.7 has no type for them.
    """

    data_type: int
    nodata: float
    scale: float = 1.0
    offset: float = 0.0
    is_signed_byte: bool = False

    @property
    def dtype(self) -> np.dtype:
        """Type of what is stored."""
        if self.is_signed_byte:
            return np.dtype(np.int8)
        return np.dtype(gdal_array.GDALTypeCodeToNumericTypeCode(self.data_type))

    def encode(self, values: np.ndarray) -> np.ndarray:
        """Give what is stored for numbers with NaN where there is none.

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
                f"The value {values[beyond][0]:g} cannot be stored between {limits.min * self.scale + self.offset:g} "
                f"and {limits.max * self.scale + self.offset:g}: check scale and units of the inputs."
            )
        return np.where(missing, self.nodata, stored).astype(kind)


def storage_of(source: RasterSource) -> Storage:
    """Give how a raster stores its numbers, so that another one can hold the same ones bit for bit.

    Raises
    ------
    InputError
        If it has whole numbers and no value that says that there is none.
    """
    dataset = source.dataset()
    stored = StoredBand(dataset, source.band, source.name, source.extra_nodata, tagged_nodata=source.tagged_nodata)
    nodata: Optional[float] = None if stored.missing is None else stored.missing.item()
    if stored.dtype.kind == "f":
        nodata = math.nan if nodata is None else nodata
    elif nodata is None:
        if stored.is_plain:
            raise InputError(
                f"'{source.name}' has no nodata value, so that its gaps cannot be told from temperatures: assign the "
                "value of its gaps as nodata."
            )
        # Masks tell the gaps, and what is written has none: the end of the range that no temperature reaches.
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


class NoWriter:
    """Stands in for an output that nobody wants; counts what is valid all the same."""

    def __init__(self) -> None:
        self.valid_cells = 0

    def annotate(self, _items: Mapping[str, str]) -> None:
        """Ignore."""

    def tag(self, _number: int, _like: StoredBand) -> None:
        """Ignore."""

    def write_stored(self, _window: Window, _stored: np.ndarray, _band: int = 1) -> None:
        """Ignore."""

    def write(self, _window: Window, values: np.ndarray, _band: int = 1) -> None:
        """Count."""
        self.valid_cells += int(np.count_nonzero(~np.isnan(values) if values.dtype.kind == "f" else values))


class RasterWriter(NoWriter):
    """An output under way; made by `raster_output`."""

    def __init__(self, dataset: gdal.Dataset, layer: Layer, path: str, messages: Messages) -> None:
        super().__init__()
        self._dataset = dataset
        self._layer = layer
        self._path = path
        self._messages = messages

    def write(self, window: Window, values: np.ndarray, band: int = 1) -> None:
        """Write a window of a band: numbers with NaN where there is none, or bytes of classes.

        Raises
        ------
        OutputError
            If the disk does not take it.
        """
        super().write(window, values, band)
        self.write_stored(window, values if self._layer.classes else self._layer.storage.encode(values), band)

    def write_stored(self, window: Window, stored: np.ndarray, band: int = 1) -> None:
        """Write a window of a band as it is stored; such cells are not counted.

        Raises
        ------
        OutputError
            If the disk does not take it.
        """
        target = self._dataset.GetRasterBand(band)
        try:
            target.WriteArray(stored, window.column, window.row)
            target.FlushCache()
        except RuntimeError as error:
            self._messages.add(error)
        _require_written(self._path, self._messages)

    def tag(self, number: int, like: StoredBand) -> None:
        """Give a band the unit, scale and offset of another one."""
        band = self._dataset.GetRasterBand(number)
        band.SetUnitType(like.band.GetUnitType() or "")
        if (like.scale, like.offset) != (1.0, 0.0):
            band.SetScale(like.scale)
            band.SetOffset(like.offset)

    def annotate(self, items: Mapping[str, str]) -> None:
        """Add metadata items that are known only when the values are."""
        for name, value in items.items():
            self._dataset.SetMetadataItem(name, value)

    def close(self) -> None:
        """Close the file; what GDAL has to say about it is among the messages."""
        try:
            self._dataset.FlushCache()
        except RuntimeError as error:
            self._messages.add(error)
        self._dataset = None


@contextmanager
def raster_output(
    path: Optional[str],
    grid: Grid,
    layer: Layer,
    provenance: Provenance,
    running: Running,
    empty: str = "",
) -> Iterator[NoWriter]:
    """Write a GeoTIFF, which appears under its name when the block has ended well.

    Parameters
    ----------
    path : str, optional
        Final name; None where nobody wants the file.
    grid : Grid
        Cells of the output.
    layer : Layer
        What its bands hold.
    provenance : Provenance
        Written into the metadata.
    running : Running
        Its number of threads compresses.
    empty : str
        The sentence with which an output without any valid cell is refused; empty to accept it.

    Raises
    ------
    OutputError
        If the file cannot be written, as on a full disk.
    InputError
        If no cell is valid and `empty` says so.
    """
    if path is None:
        counter = NoWriter()
        yield counter
        _require_cells(counter, empty)
        return
    with whole_file(path) as temporary, gdal_messages() as messages:
        dataset = _create(str(temporary), grid, layer, running, messages)
        _require_written(path, messages, dataset is not None)
        _describe(dataset, grid, layer, provenance)
        writer = RasterWriter(dataset, layer, path, messages)
        try:
            yield writer
            _require_cells(writer, empty)
        finally:
            # Closing writes the last bytes, and is where a full disk shows at the latest.
            writer.close()
            del dataset
        _require_written(path, messages)


def _require_cells(writer: NoWriter, empty: str) -> None:
    if empty and writer.valid_cells == 0:
        raise InputError(empty)


def creation_options(data_type: int, running: Running, grid: Grid, bands: int) -> list[str]:
    """Return the options of every GeoTIFF of ours: tiled, compressed without loss, as large as it gets."""
    tiles = math.ceil(grid.width / TILE) * math.ceil(grid.height / TILE) * bands
    predictor = 3 if data_type in (gdal.GDT_Float32, gdal.GDT_Float64) else 2 if data_type != gdal.GDT_Byte else 1
    return [
        "TILED=YES",
        f"BLOCKXSIZE={TILE}",
        f"BLOCKYSIZE={TILE}",
        "COMPRESS=DEFLATE",
        "ZLEVEL=1",
        f"PREDICTOR={predictor}",
        "BIGTIFF=IF_SAFER",
        "INTERLEAVE=BAND",
        f"NUM_THREADS={running.workers}",
        *(["SPARSE_OK=TRUE"] if tiles > MAX_FILLED_TILES else []),
    ]


def _create(path: str, grid: Grid, layer: Layer, running: Running, messages: Messages) -> gdal.Dataset:
    data_type, bands = layer.storage.data_type, len(layer.names)
    options = creation_options(data_type, running, grid, bands)
    if data_type == gdal.GDT_Byte:
        # Else GDAL takes the fourth of four bands of bytes for an alpha band.
        options.append("PHOTOMETRIC=MINISBLACK")
        if layer.storage.is_signed_byte:
            options.append(f"{PIXEL_TYPE}={SIGNED_BYTE}")
    try:
        return gdal.GetDriverByName("GTiff").Create(path, grid.width, grid.height, bands, data_type, options)
    except RuntimeError as error:
        messages.add(error)
        return None


def _describe(dataset: gdal.Dataset, grid: Grid, layer: Layer, provenance: Provenance) -> None:
    dataset.SetGeoTransform(grid.geotransform)
    dataset.SetProjection(grid.crs_wkt)
    dataset.SetMetadata(provenance.items())
    for number, name in enumerate(layer.names, start=1):
        band = dataset.GetRasterBand(number)
        band.SetDescription(name)
        band.SetNoDataValue(layer.storage.nodata)
        if layer.storage.scale != 1.0 or layer.storage.offset != 0.0:
            band.SetScale(layer.storage.scale)
            band.SetOffset(layer.storage.offset)
        if layer.unit:
            band.SetUnitType(layer.unit)
        if layer.classes:
            # A GeoTIFF of several bands takes no colour table.
            if len(layer.names) == 1:
                band.SetColorTable(_colour_table(layer.classes))
            band.SetDefaultRAT(_attribute_table(layer.classes))


def _colour_table(classes: Sequence[MapClass]) -> gdal.ColorTable:
    table = gdal.ColorTable()
    for entry in classes:
        table.SetColorEntry(entry.value, (*entry.rgb, 255))
    return table


def _attribute_table(classes: Sequence[MapClass]) -> gdal.RasterAttributeTable:
    table = gdal.RasterAttributeTable()
    table.CreateColumn("Value", gdal.GFT_Integer, gdal.GFU_MinMax)
    table.CreateColumn("Class", gdal.GFT_String, gdal.GFU_Name)
    for column, (name, usage) in enumerate([("Red", gdal.GFU_Red), ("Green", gdal.GFU_Green), ("Blue", gdal.GFU_Blue)]):
        table.CreateColumn(name, gdal.GFT_Integer, usage)
        for row, entry in enumerate(classes):
            table.SetValueAsInt(row, column + 2, entry.rgb[column])
    for row, entry in enumerate(classes):
        table.SetValueAsInt(row, 0, entry.value)
        table.SetValueAsString(row, 1, entry.name)
    return table


def simulated(source: RasterSource) -> str:
    """Say what in a raster is simulated; empty where nothing says so."""
    return source.dataset().GetMetadataItem(SIMULATED) or ""


def unit_of(source: RasterSource) -> str:
    """Give the unit of a raster; empty where it says none."""
    dataset = source.dataset()
    return dataset.GetRasterBand(source.band).GetUnitType() or ""


def band_name(source: RasterSource) -> str:
    """Give the name of the band of a raster, or of the raster where it has none."""
    dataset = source.dataset()
    return dataset.GetRasterBand(source.band).GetDescription() or source.name


def class_names(source: RasterSource) -> dict[int, str]:
    """Give the names of the classes of a raster by value, from its attribute table; empty without one."""
    # Bands and tables live only as long as their dataset does.
    dataset = source.dataset()
    table = dataset.GetRasterBand(source.band).GetDefaultRAT()
    if table is None:
        return {}
    value, name = table.GetColOfUsage(gdal.GFU_MinMax), table.GetColOfUsage(gdal.GFU_Name)
    if value < 0 or name < 0:
        return {}
    return {table.GetValueAsInt(row, value): table.GetValueAsString(row, name) for row in range(table.GetRowCount())}


def map_classes(source: RasterSource) -> tuple[MapClass, ...]:
    """Give the classes of a raster with their colours, from its attribute table; empty where it has none of ours."""
    dataset = source.dataset()
    table = dataset.GetRasterBand(source.band).GetDefaultRAT()
    usages = (gdal.GFU_MinMax, gdal.GFU_Name, gdal.GFU_Red, gdal.GFU_Green, gdal.GFU_Blue)
    columns = [table.GetColOfUsage(usage) for usage in usages] if table is not None else [-1]
    if min(columns) < 0:
        return ()
    value, name, *rgb = columns
    return tuple(
        MapClass(
            table.GetValueAsInt(row, value),
            table.GetValueAsString(row, name),
            "#" + "".join(f"{table.GetValueAsInt(row, column):02x}" for column in rgb),
        )
        for row in range(table.GetRowCount())
    )


def _require_written(path: str, messages: Messages, written: bool = True) -> None:
    if messages or not written:
        raise OutputError(f"'{path}' cannot be written ({messages.reason}): make room or choose another folder.")
