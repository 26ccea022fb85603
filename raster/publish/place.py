"""Where a product lies, and on which grid."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Optional

from osgeo import gdal, osr

from ...core.errors import InputError
from ...core.language import tr
from ...core.publish.product import Place
from ..grid.gdal_io import attempt, spatial_reference
from ..grid.grid import Grid, grid_of
from ..read.rasters import RasterSource

# More cells are a mistake in RESOLUTION, such as metres for degrees.
MAX_CELLS = 10**10


def product_grid(source: RasterSource, crs_wkt: Optional[str], resolution: Optional[float]) -> Grid:
    """Return the grid of a product: that of its first map, or cells of another CRS or size that cover it.

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
        If the map has no CRS, or cannot be warped to the other one.
    """
    own = source.grid()
    if not own.crs_wkt:
        raise InputError(
            tr(
                "Raster '{name}' has no CRS, without which the product could not be used: assign the right one.",
                name=source.name,
            )
        )
    if crs_wkt is None and resolution is None:
        return own
    target = crs_wkt or own.crs_wkt
    warped = _warped(source, target, None)
    if isinstance(warped, str):
        raise InputError(
            tr(
                "Raster '{name}' cannot be warped to the CRS of the product ({warped}): choose a CRS that covers it.",
                name=source.name,
                warped=warped,
            )
        )
    if resolution is not None:
        xmin, ymin, xmax, ymax = grid_of(warped, source.name).bounds
        columns, rows = (xmax - xmin) / resolution, (ymax - ymin) / resolution
        if max(columns, rows) < 1 or columns * rows > MAX_CELLS:
            raise InputError(
                tr(
                    "RESOLUTION {resolution:g} makes {columns:.3g} x {rows:.3g} cells of '{name}' ({xmin:.6g} x "
                    "{ymin:.6g}): give the cell size in units of the CRS of the product.",
                    resolution=resolution,
                    columns=columns,
                    rows=rows,
                    name=source.name,
                    xmin=xmax - xmin,
                    ymin=ymax - ymin,
                )
            )
        warped = _warped(source, target, resolution)
        if isinstance(warped, str):
            raise InputError(
                tr(
                    "RESOLUTION {resolution:g} makes no grid of '{name}' ({warped}): choose another.",
                    resolution=resolution,
                    name=source.name,
                    warped=warped,
                )
            )
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


def _unit(reference: osr.SpatialReference) -> str:
    return "degrees" if reference.IsGeographic() else reference.GetLinearUnitsName()
