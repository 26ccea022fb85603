"""The parameters that choose the grid of stacks."""

from __future__ import annotations

from qgis.core import QgsProcessing

from ...core.errors import InputError
from ...core.language import tr
from ...raster.prepare.target import Target
from ..parameters import Parameter, Values, choice, crs, extent, number, raster, vector


def target_parameters() -> tuple[Parameter, ...]:
    """Declare the grid, or the extent, CRS and cell size of one, the resampling method, and the basin."""
    return (
        raster(
            "GRID",
            "Grid",
            "A raster whose grid the stacks get, such as the DEM. Its values are not used.",
            optional=True,
            one_band=False,
        ),
        extent(
            "EXTENT",
            "Extent",
            "Without GRID: the extent of the stacks; by default that of BASIN, or all that the scenes cover.",
        ),
        crs("CRS", "CRS", "Without GRID: the CRS of the stacks; by default that of the scenes."),
        number(
            "RESOLUTION",
            "Cell size",
            "Without GRID: in units of the CRS; by default the cells of the scenes are kept.",
            None,
            1e-9,
            optional=True,
        ),
        choice(
            "RESAMPLING",
            "Resampling method",
            "How scenes are resampled to another grid: bilinear interpolates, nearest keeps values as they are, "
            "average suits a grid much coarser than the scenes. Cells without a value are ignored; with bilinear "
            "and nearest, gaps keep their size.",
            ["bilinear", "nearest", "average"],
            "bilinear",
            advanced=True,
        ),
        vector(
            "BASIN",
            "Basin",
            "Polygons. Cells whose centre lies outside get no value.",
            [QgsProcessing.SourceType.TypeVectorPolygon],
            optional=True,
        ),
    )


def check_target(p: Values) -> None:
    """Refuse a grid together with an extent, CRS or cell size."""
    if p.GRID and (p.EXTENT or p.CRS or p.RESOLUTION):
        raise InputError(tr("Both GRID and EXTENT, CRS or RESOLUTION are given: choose either GRID or the others."))


def target_of(p: Values) -> Target:
    """Return the cells that the parameters describe."""
    return Target(p.GRID.grid() if p.GRID else None, p.EXTENT, p.CRS or "", p.RESOLUTION)
