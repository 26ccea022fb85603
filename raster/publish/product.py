"""Rasters of a product: on one grid, with their classes and with what they say about how they were made."""

from __future__ import annotations

import json
import math
import os
from dataclasses import replace
from typing import Iterable, Iterator, Optional

import numpy as np
from osgeo import gdal, osr

from ...core.classes import MapClass
from ...core.errors import InputError
from ...core.jsontext import parse_object
from ...core.publish.product import Band, Place, Step, public_parameters
from ..grid.gdal_io import attempt, spatial_reference
from ..grid.grid import Grid, grid_of
from ..read.bands import data_bands
from ..read.sources import NO_CLASS, BandsSource, ClassSource, RasterSource
from ..run.blocks import Running, map_windows
from ..write.writer import CLASSES, SIMULATED, Layer, Provenance, band_name, raster_output

SOFTWARE, ALGORITHM, PARAMETERS = "PERMAFROST_SOFTWARE", "PERMAFROST_ALGORITHM", "PERMAFROST_PARAMETERS"
EXPORTED = "PERMAFROST_EXPORTED"

# A product of more cells is a mistake in RESOLUTION, such as metres for degrees.
MAX_CELLS = 10**10


def product_grid(source: RasterSource, crs_wkt: Optional[str], resolution: Optional[float]) -> Grid:
    """Give the grid of a product: that of its first map, or cells of another CRS or size that cover it.

    Parameters
    ----------
    source : RasterSource
        The first map.
    crs_wkt : str, optional
        Another CRS.
    resolution : float, optional
        Size of the cells in units of the CRS; corners are then multiples of it. By default GDAL finds the size that
        keeps the number of cells on the diagonal.

    Raises
    ------
    InputError
        If the map has no CRS, or none of it can be brought to the other one.
    """
    own = source.grid()
    if not own.crs_wkt:
        raise InputError(f"Raster '{source.name}' has no CRS, and nobody could use the product: assign the right one.")
    if crs_wkt is None and resolution is None:
        return own
    target = crs_wkt or own.crs_wkt
    warped = _warped(source, target, None)
    if isinstance(warped, str):
        raise InputError(
            f"Raster '{source.name}' cannot be brought to the CRS of the product ({warped}): choose a CRS that holds "
            "its place."
        )
    if resolution is not None:
        xmin, ymin, xmax, ymax = grid_of(warped, source.name).bounds
        columns, rows = (xmax - xmin) / resolution, (ymax - ymin) / resolution
        if max(columns, rows) < 1 or columns * rows > MAX_CELLS:
            raise InputError(
                f"RESOLUTION {resolution:g} makes {columns:.3g} x {rows:.3g} cells of '{source.name}' "
                f"({xmax - xmin:.6g} x {ymax - ymin:.6g}): give the cell size in units of the CRS of the product."
            )
        warped = _warped(source, target, resolution)
        if isinstance(warped, str):
            raise InputError(f"RESOLUTION {resolution:g} makes no grid of '{source.name}' ({warped}): choose another.")
    return replace(grid_of(warped, source.name), crs_wkt=target)


def _warped(source: RasterSource, target_wkt: str, resolution: Optional[float]) -> gdal.Dataset | str:
    """Return a raster as GDAL would warp it to a CRS, or the reason why it cannot."""
    warped, messages = attempt(
        gdal.Warp,
        "",
        source.dataset(),
        format="VRT",
        srcSRS=source.crs_wkt or None,
        dstSRS=target_wkt,
        xRes=resolution,
        yRes=resolution,
        targetAlignedPixels=resolution is not None,
    )
    if warped is None:
        return messages.reason
    return warped


def place_of(grid: Grid, source: RasterSource) -> Place:
    """Describe where the grid of a product and the map that it was made for lie."""
    x0, dx, rx, y0, ry, dy = grid.geotransform
    reference = spatial_reference(grid.crs_wkt)
    code = reference.GetAuthorityCode(None)
    return Place(
        bounds=_within_longitudes(*source.grid().bounds_in(osr.SRS_WKT_WGS84_LAT_LONG, source.name)),
        crs_name=f"{reference.GetName()} ({grid.crs_name()})" if code else reference.ExportToProj4(),
        crs_code=grid.crs_name() if code else "",
        crs_wkt=reference.ExportToWkt(["FORMAT=WKT2_2019"]),
        projected_bounds=grid.bounds,
        shape=(grid.height, grid.width),
        transform=(dx, rx, x0, ry, dy, y0),
        cells=f"{grid.width} x {grid.height} cells of {abs(dx):.10g} x {abs(dy):.10g} {_unit(reference)}",
    )


def _within_longitudes(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    """Return bounds with longitudes from -180 to 180: west is greater than east where they hold the line between."""
    if east - west >= 360:
        return -180.0, south, 180.0, north
    return west - 360 * math.floor((west + 180) / 360), south, east - 360 * math.ceil((east - 180) / 360), north


def export_classes(
    source: RasterSource,
    grid: Grid,
    classes: tuple[MapClass, ...],
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
        Of the product.
    classes : tuple of MapClass
        Its names and colours.
    path : str
        Final name.
    provenance : Provenance
        Of the export; what the raster itself says about how it was made takes precedence.
    running : Running
        Threads, memory and who is told.

    Returns
    -------
    tuple of Band

    Raises
    ------
    InputError
        If a value is no class.
    """
    layer = Layer([band_name(source)], classes=classes)
    values_of_classes = [entry.value for entry in classes]

    def look(values: np.ndarray) -> np.ndarray:
        values = np.where(values == NO_CLASS, CLASSES.nodata, values)
        unknown = (values != CLASSES.nodata) & ~np.isin(values, values_of_classes)
        if unknown.any():
            raise InputError(
                f"Raster '{source.name}' holds the class {values[unknown][0]}, which is none of its legend "
                f"({', '.join(map(str, values_of_classes))}): give a permafrost map, or one with an attribute table."
            )
        return values.astype(np.uint8)

    nearest = ClassSource.of(source, resampling="nearest")
    empty = f"No cell of '{source.name}' has a class on the grid of the product: check its place and its values."
    with raster_output(path, grid, layer, provenance, running, empty) as output:
        output.annotate(_annotations(source, grid, "nearest"))
        for window, values in map_windows(look, {"values": nearest}, grid, running):
            output.write(window, values)
    return (Band(layer.names[0], "", CLASSES.nodata, "uint8"),)


def export_numbers(
    source: RasterSource, grid: Grid, path: str, provenance: Provenance, running: Running
) -> tuple[Band, ...]:
    """Write all bands of a raster of numbers on a grid, bilinear where its cells are others; see `export_classes`."""
    dataset = source.dataset()
    bands = tuple(data_bands(dataset))
    names = [dataset.GetRasterBand(band).GetDescription() or f"{source.name} {band}" for band in bands]
    layer = Layer(names, dataset.GetRasterBand(1).GetUnitType() or "")
    del dataset
    empty = f"No cell of '{source.name}' has a value on the grid of the product: check its place."
    with raster_output(path, grid, layer, provenance, running, empty) as output:
        output.annotate(_annotations(source, grid, "bilinear"))
        values = BandsSource(source, bands)
        for window, block in map_windows(lambda values: values, {"values": values}, grid, running):
            for band, one in zip(bands, block):
                output.write(window, one, band)
    return tuple(Band(name, layer.unit, layer.storage.nodata, "float32") for name in names)


def processing_steps(sources: Iterable[RasterSource]) -> list[Step]:
    """Give the steps that made some rasters, as their metadata and those of their inputs tell, in their order.

    Inputs that are no longer where they were, such as temporary files, end the trace. Files of one run are one step.
    """
    runs: dict[tuple[str, str], tuple[list[str], str]] = {}
    seen: set[str] = set()
    # Rasters whose inputs are looked at, each with those that are still to come: a chain may be of any length.
    open_rasters: list[tuple[str, tuple[str, str], str, Iterator[str]]] = []

    def enter(path: str) -> None:
        metadata = _metadata(path)
        if path in seen or ALGORITHM not in metadata:
            return
        seen.add(path)
        run = (metadata[ALGORITHM], metadata.get(PARAMETERS, "{}"))
        parts = [part for value in _parameters(run[1]).values() for part in value.split(", ")]
        open_rasters.append((path, run, metadata.get(SOFTWARE, ""), iter(parts)))

    for source in sources:
        enter(source.path)
        while open_rasters:
            path, run, software, parts = open_rasters[-1]
            part = next(parts, None)
            if part is None:
                open_rasters.pop()
                results, _ = runs.setdefault(run, ([], software))
                results.append(os.path.basename(path))
            # Another output of the same run is no input of it.
            elif os.path.isfile(part) and _metadata(part).get(PARAMETERS) != run[1]:
                enter(part)
    return [
        Step(", ".join(results), algorithm, software, public_parameters(_parameters(parameters)))
        for (algorithm, parameters), (results, software) in runs.items()
    ]


def _parameters(text: str) -> dict[str, str]:
    """Return the parameters that a raster names as those of its run; others than we write are passed over."""
    return {name: value for name, value in parse_object(text).items() if isinstance(value, str)}


def _metadata(path: str) -> dict[str, str]:
    """Give the metadata of a raster; none where it is no raster."""
    dataset, _ = attempt(gdal.OpenEx, path, gdal.OF_RASTER | gdal.OF_READONLY)
    return dataset.GetMetadata() if dataset is not None else {}


def _annotations(source: RasterSource, grid: Grid, resampling: str) -> dict[str, str]:
    """Give what a raster says about how it was made, without folders, and what the export has done to it."""
    metadata = _metadata(source.path)
    said = {name: metadata[name] for name in (SOFTWARE, ALGORITHM, SIMULATED) if name in metadata}
    if PARAMETERS in metadata:
        said[PARAMETERS] = json.dumps(public_parameters(_parameters(metadata[PARAMETERS])), ensure_ascii=False)
    same = source.grid().same_cells(grid)
    return {**said, EXPORTED: "cells as they were" if same else f"resampled ({resampling}) to {grid.describe()}"}


def _unit(reference) -> str:
    return "degrees" if reference.IsGeographic() else reference.GetLinearUnitsName()
