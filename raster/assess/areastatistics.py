"""Areas of the classes of a map, in total and per district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...core.assess.areastatistics import VALUES, Areas, sum_areas
from ...core.assess.binary import require_found
from ...core.errors import InputError
from ...core.language import tr
from ..read.area import CellAreaSource
from ..read.classes import NO_CLASS, ClassSource
from ..read.description import class_names
from ..read.protocols import Source
from ..read.vectors import PolygonSource, overlap_note
from ..run.blocks import Running, map_windows


@dataclass(frozen=True)
class AreasJob:
    """A map whose areas are summed.

    Attributes
    ----------
    map : ClassSource
        Classes 0 to 255.
    permafrost : tuple of int
        Classes that are permafrost, of which one at least has to occur; may be empty.
    districts : tuple of str
        Names of the districts; may be empty.
    district : PolygonSource, optional
        Index of the district that each cell lies in.
    chosen_by : str
        What chooses the classes that are permafrost, for messages.
    """

    map: ClassSource
    permafrost: tuple[int, ...] = (1,)
    districts: tuple[str, ...] = ()
    district: Optional[PolygonSource] = None
    chosen_by: str = "The list of classes that are permafrost"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may spoil the areas, as sentences."""
        note = overlap_note(self.district, self.map.grid()) if self.district is not None else ""
        return (note,) if note else ()


@dataclass(frozen=True)
class _Sum:
    """Sums the areas of a window of the map of this name."""

    districts: int
    name: str

    def __call__(self, map_classes: np.ndarray, area_km2: np.ndarray, district: np.ndarray | int = -1) -> np.ndarray:
        """Return km2 per district and class, and of the whole map in the last row."""
        return sum_areas(map_classes, area_km2, district, self.districts, NO_CLASS, self.name)


def run_areastatistics(job: AreasJob, running: Running) -> Areas:
    """Sum the areas of the cells per class and district.

    Raises
    ------
    InputError
        If no cell has a class, a class lies outside 0 to 255, or none of the classes that are permafrost occurs.
    """
    sources: dict[str, Source] = {"map_classes": job.map}
    if job.district is not None:
        sources["district"] = job.district
    sources["area_km2"] = CellAreaSource(job.map.name)
    areas_km2 = np.zeros((len(job.districts) + 1, VALUES))
    for _, summed in map_windows(_Sum(len(job.districts), job.map.name), sources, job.map.grid(), running):
        areas_km2 += summed
    grid = job.map.grid()
    widths, height = grid.cell_metres(job.map.name)
    cell_km2 = float(widths[len(widths) // 2]) * height / 1e6
    found = Areas(job.map.name, job.districts, areas_km2, class_names(job.map), job.permafrost, cell_km2)
    if not found.values:
        raise InputError(
            tr("'{name}' has no cell with a class: choose another map, or check its nodata value.", name=job.map.name)
        )
    if job.permafrost:
        require_found(job.permafrost, found.values, job.chosen_by, f"'{job.map.name}'")
    return found
