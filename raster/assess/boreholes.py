"""Compare TTOP and a permafrost map with boreholes and other points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...core.assess.binary import PERMAFROST, binary, require_found
from ...core.assess.boreholes import BoreholeComparison, Observations, cells_of, presence_by_temperature
from ...core.celsius import require_celsius, require_same_unit, require_unit_of_points
from ...core.errors import InputError
from ...core.language import tr
from ..grid.grid import Grid
from ..read.classes import NO_CLASS, ClassSource
from ..read.points import locate, read_cells
from ..read.rasters import RasterSource
from ..read.vectors import Features
from ..run.blocks import Running
from ..run.values import values_of


@dataclass(frozen=True, eq=False)
class BoreholesJob:
    """Points to be compared with TTOP, a permafrost map, or both.

    Attributes
    ----------
    points : Features
        The points.
    observations : Observations
        What was observed at them.
    ttop : RasterSource, optional
        TTOP, degC.
    map : ClassSource, optional
        The permafrost map; where it is not given, permafrost is where TTOP is at the threshold or below.
    permafrost, excluded : tuple of int
        Classes of the map that are permafrost, and those that are not compared.
    threshold : float
        degC.
    magt_field, presence_field : str
        The fields that hold the observations; empty where they are not given.
    """

    points: Features
    observations: Observations
    ttop: Optional[RasterSource]
    map: Optional[ClassSource]
    permafrost: tuple[int, ...] = (1,)
    excluded: tuple[int, ...] = ()
    threshold: float = 0.0
    magt_field: str = ""
    presence_field: str = ""

    def grid(self) -> Grid:
        """Return the grid whose cells group the points: that of TTOP, otherwise that of the map.

        Raises
        ------
        InputError
            If neither is given.
        """
        source = self.ttop or self.map
        if source is None:
            raise InputError(tr("Neither TTOP nor MAP is given: choose a TTOP raster, a permafrost map, or both."))
        return source.grid()


def run_boreholes(job: BoreholesJob, running: Running) -> BoreholeComparison:
    """Compare points with TTOP and a permafrost map, cell by cell.

    Parameters
    ----------
    job : BoreholesJob
        What is compared.
    running : Running
        How a map is searched for its classes, where no point lies on permafrost.

    Raises
    ------
    InputError
        If nothing can be compared, a temperature is impossible, or the map has none of the classes of permafrost.
    """
    grid = job.grid()
    x, y, inside = locate(job.points, grid)
    kept = inside & job.observations.known
    position = np.floor(y[kept]).astype(np.int64) * grid.width + np.floor(x[kept]).astype(np.int64)
    positions, of_kept = np.unique(position, return_inverse=True)
    cell_of = np.full(len(inside), -1)
    cell_of[kept] = of_kept
    place = positions % grid.width, positions // grid.width
    ttop, classes = _read_ttop(job, grid, place), _read_classes(job, grid, place)
    if job.map is None:
        mapped = presence_by_temperature(ttop, job.threshold)
    else:
        mapped = binary(classes, job.permafrost, job.excluded, NO_CLASS)
    classes = np.where(classes == NO_CLASS, np.nan, classes)
    cells = cells_of(job.observations, cell_of, place, ttop, classes, mapped)
    said = {"field": job.magt_field, "name": job.points.name}
    require_same_unit(cells.magt, ttop[:, np.newaxis], tr("Field '{field}' of '{name}'", **said))
    if job.ttop is not None:
        require_unit_of_points(ttop, cells.magt, job.ttop.name, tr("field '{field}' of '{name}'", **said))
    if job.map is not None and not (mapped == PERMAFROST).any():
        require_found(job.permafrost, values_of(job.map, running), "MAP_PERMAFROST", f"'{job.map.name}'", job.excluded)
    if not cells.compared().any():
        raise InputError(
            tr(
                "None of the {n_inside} points of '{name}' has an observation in a cell with a value: check the "
                "CRS of the points, their fields, and the nodata values of the map.",
                n_inside=len(inside),
                name=job.points.name,
            )
        )
    ttop_name, map_name = (source.name if source is not None else "" for source in (job.ttop, job.map))
    return BoreholeComparison(
        job.points.name,
        ttop_name,
        map_name,
        job.presence_field,
        job.threshold,
        job.observations,
        inside,
        cell_of,
        cells,
    )


def _read_ttop(job: BoreholesJob, grid: Grid, place: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return TTOP at single cells, degC, shape (cells,); NaN where it is not given."""
    if job.ttop is None:
        return np.full(len(place[0]), np.nan)
    ttop = read_cells(job.ttop, grid, *place).astype(np.float64)
    require_celsius(ttop, job.ttop.name)
    return ttop


def _read_classes(job: BoreholesJob, grid: Grid, place: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the classes of the map at single cells, shape (cells,); `NO_CLASS` where it is not given."""
    if job.map is None:
        return np.full(len(place[0]), NO_CLASS)
    return read_cells(job.map, grid, *place)
