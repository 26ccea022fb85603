"""Write the rasters of a product on one grid, with their provenance."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from ...core.classes import MapClass
from ...core.errors import InputError
from ...core.language import english, tr
from ...core.publish.product import Band
from ...core.publish.steps import public_parameters
from ..grid.grid import Grid
from ..grid.texts import description_of, unit_of
from ..read.bands import data_bands
from ..read.classes import NO_CLASS, ClassSource
from ..read.description import band_name
from ..read.rasters import BandsSource, RasterSource
from ..run.blocks import Running, map_windows
from ..write.provenance import SIMULATED, Provenance
from ..write.storage import CLASSES, Layer
from ..write.writer import raster_output
from .steps import ALGORITHM, PARAMETERS, SOFTWARE, metadata_of, parameters_of

EXPORTED = "PERMAFROST_EXPORTED"


@dataclass(frozen=True)
class _KnownClasses:
    """Checks that a class map has no values outside its legend."""

    name: str
    values: tuple[int, ...]

    def __call__(self, values: np.ndarray) -> np.ndarray:
        """Return the classes of a window as stored, uint8."""
        values = np.where(values == NO_CLASS, CLASSES.nodata, values)
        unknown = (values != CLASSES.nodata) & ~np.isin(values, self.values)
        if unknown.any():
            raise InputError(
                tr(
                    "Raster '{name}' holds the class {value}, which is not in its legend ({legend}): give a "
                    "permafrost map, or one with an attribute table.",
                    name=self.name,
                    value=values[unknown][0],
                    legend=", ".join(map(str, self.values)),
                )
            )
        return values.astype(np.uint8)


def export_classes(
    source: RasterSource,
    grid: Grid,
    legend: tuple[MapClass, ...],
    path: str,
    provenance: Provenance,
    running: Running,
) -> tuple[Band, ...]:
    """Write a map of classes on a grid, each cell with the class at its centre.

    Parameters
    ----------
    source : RasterSource
        A raster of whole numbers, 1 to 255.
    grid : Grid
        The grid of the product.
    legend : tuple of MapClass
        Its classes.
    path : str
        Final name.
    provenance : Provenance
        Of the export; the provenance in the metadata of the raster takes precedence.
    running : Running
        Threads, memory, progress and cancellation.

    Returns
    -------
    tuple of Band

    Raises
    ------
    InputError
        If a value is not in the legend.
    """
    layer = Layer([band_name(source)], classes=legend)

    nearest = ClassSource.of(source, resampling="nearest")
    known_classes = _KnownClasses(source.name, tuple(entry.value for entry in legend))
    empty = tr(
        "No cell of '{name}' has a class on the grid of the product: check its place and its values.", name=source.name
    )
    with raster_output(path, grid, layer, provenance, running, empty) as output:
        output.annotate(_annotations(source, grid, "nearest"))
        for window, values in map_windows(known_classes, {"values": nearest}, grid, running):
            output.write(window, values)
    return (Band(layer.names[0], "", CLASSES.nodata, "uint8"),)


def _unchanged(values: np.ndarray) -> np.ndarray:
    return values


def export_numbers(
    source: RasterSource, grid: Grid, path: str, provenance: Provenance, running: Running
) -> tuple[Band, ...]:
    """Write all bands of a raster of numbers on a grid, bilinear where its cells differ; see `export_classes`."""
    dataset = source.dataset()
    bands = tuple(data_bands(dataset))
    names = [description_of(dataset.GetRasterBand(band)) or f"{source.name} {band}" for band in bands]
    layer = Layer(names, unit_of(dataset.GetRasterBand(1)))
    del dataset
    empty = tr("No cell of '{name}' has a value on the grid of the product: check its place.", name=source.name)
    with raster_output(path, grid, layer, provenance, running, empty) as output:
        output.annotate(_annotations(source, grid, "bilinear"))
        values = BandsSource(source, bands)
        for window, block in map_windows(_unchanged, {"values": values}, grid, running):
            for band, one in zip(bands, block):
                output.write(window, one, band)
    return tuple(Band(name, layer.unit, layer.storage.nodata, "float32") for name in names)


def _annotations(source: RasterSource, grid: Grid, resampling: str) -> dict[str, str]:
    """Return the provenance in the metadata of a raster, without folders, and what the export did to it."""
    metadata = metadata_of(source.path)
    said = {name: metadata[name] for name in (SOFTWARE, ALGORITHM, SIMULATED) if name in metadata}
    if PARAMETERS in metadata:
        said[PARAMETERS] = json.dumps(public_parameters(parameters_of(metadata[PARAMETERS])), ensure_ascii=False)
    same = source.grid().same_cells(grid)
    return {
        **said,
        EXPORTED: "cells as they were" if same else f"resampled ({resampling}) to {grid.describe(english)}",
    }
