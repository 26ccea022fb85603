"""What a report says of a map first: area of permafrost, cells and period."""

from __future__ import annotations

from typing import Optional

from ...core.classes import PERMAFROST, PERMAFROST_MAP
from ...core.errors import InputError
from ...core.language import tr
from ...core.period import period_in_words
from ...core.reports.combinereports import MapSummary
from ..assess.areastatistics import AreasJob, run_areastatistics
from ..grid.grid import Grid
from ..permafrost.probability import area_interval
from ..read.classes import ClassSource
from ..read.rasters import RasterSource
from ..run.blocks import Running
from ..write.provenance import PERIOD


def summary_of(permafrost: RasterSource, probability: Optional[RasterSource], running: Running) -> Optional[MapSummary]:
    """Return the summary of a permafrost map; None where it has other classes, or the areas of its cells are unknown.

    Parameters
    ----------
    permafrost : RasterSource
        The map.
    probability : RasterSource, optional
        Probability of permafrost, whose metadata hold the interval of the area.
    running : Running
        Threads, memory and cancellation.
    """
    try:
        areas = run_areastatistics(AreasJob(ClassSource.of(permafrost), ()), running)
        cell = cell_in_words(permafrost.grid())
    except InputError:
        return None
    if not areas.is_permafrost_map:
        return None
    km2 = areas.class_km2(PERMAFROST.value)
    return MapSummary(
        permafrost_km2=km2,
        percent=100 * km2 / sum(areas.class_km2(entry.value) for entry in PERMAFROST_MAP),
        cell_km2=areas.cell_km2,
        cell=cell,
        period=period_in_words(permafrost.metadata().get(PERIOD, "")),
        interval_km2=area_interval(probability) if probability is not None else None,
    )


def cell_in_words(grid: Grid) -> str:
    """Return the size of a cell: in m or km, and in degrees too where it is measured in these."""
    widths, height = grid.cell_metres()
    width = float(widths[len(widths) // 2])
    size = f"{height:.0f} m x {width:.0f} m" if height < 995 else f"{height / 1000:.3g} km x {width / 1000:.3g} km"
    if not grid.is_geographic:
        return size
    return tr("{degrees:.4g}° ({size})", degrees=abs(grid.geotransform[1]), size=size)
