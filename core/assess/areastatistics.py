"""Areas of the classes of a map, in total and per district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence

import numpy as np

from ..classes import PERMAFROST_MAP
from ..errors import InputError
from ..language import later, tr
from .area import class_areas
from .binary import fill_classes

# Values of a class.
VALUES = 256

# The last district of `Areas.rows`.
WHOLE = later("whole map")

# Columns of `Areas.rows`.
AREA_FIELDS = {"district": str, "class": int, "name": str, "area_km2": float, "percent": float}


@dataclass(frozen=True)
class ClassArea:
    """The area of a class in a district, in km2 and in percent of the district; NaN percent where that is empty."""

    district: str
    value: int
    name: str
    km2: float
    percent: float


def sum_areas(
    classes: np.ndarray, area_km2: np.ndarray, zone: np.ndarray | int, districts: int, no_class: int, name: str
) -> np.ndarray:
    """Sum the areas of a block of cells.

    Parameters
    ----------
    classes : ndarray of int, shape (rows, columns)
        Classes of the map.
    area_km2 : ndarray, shape (rows, columns)
        Areas of the cells.
    zone : ndarray of int, shape (rows, columns), or int
        Index of the district; negative outside of all.
    districts : int
        Number of districts.
    no_class : int
        Value of the cells that have no class.
    name : str
        Name of the map, for messages.

    Returns
    -------
    ndarray, shape (districts + 1, 256)
        km2 per district and class; the last row is the whole map.

    Raises
    ------
    InputError
        If the map holds classes outside 0 to 255.
    """
    known = classes != no_class
    if known.any() and not 0 <= classes[known].min() <= classes.max() < VALUES:
        raise InputError(
            tr("'{name}' holds classes outside 0 to {values}: reclassify it first.", name=name, values=VALUES - 1)
        )
    indices = np.where(known, classes, -1)
    whole = class_areas(indices, area_km2, 0, VALUES, 1)
    return np.vstack([class_areas(indices, area_km2, zone, VALUES, districts), whole])


@dataclass(frozen=True, eq=False)
class Areas:
    """Areas of the classes of a map.

    Attributes
    ----------
    map_name : str
        Name of the map.
    districts : sequence of str
        Names of the districts; may be empty.
    areas_km2 : ndarray, shape (districts + 1, 256)
        km2 per district and class; the last row is the whole map.
    names : mapping of int to str
        Names of classes by value, as far as the map has them.
    permafrost : tuple of int
        Classes that are permafrost.
    cell_km2 : float
        Area of a cell in the middle of the map, to which areas are rounded; 0 where it does not matter.
    """

    map_name: str
    districts: Sequence[str]
    areas_km2: np.ndarray
    names: Mapping[int, str]
    permafrost: tuple[int, ...] = (1,)
    cell_km2: float = 0.0

    @property
    def values(self) -> list[int]:
        """Classes that occur in the map."""
        return np.flatnonzero(self.areas_km2[-1]).tolist()

    @property
    def is_permafrost_map(self) -> bool:
        """Whether all classes are among those of ``PERMAFROST_MAP``."""
        return set(self.values) <= {entry.value for entry in PERMAFROST_MAP}

    @property
    def total_km2(self) -> float:
        """Area of all classes in the map."""
        return float(self.areas_km2[-1].sum())

    @property
    def permafrost_km2(self) -> float:
        """Area of permafrost in the map."""
        return float(self.areas_km2[-1][list(self.permafrost)].sum())

    @property
    def permafrost_percent(self) -> float:
        """Area of permafrost in percent of that of all classes."""
        return 100 * self.permafrost_km2 / self.total_km2

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about classes that seem to stand for no value, unless the map names them."""
        fill = [value for value in fill_classes(self.values) if value not in (*self.names, *self.permafrost)]
        return tuple(
            tr(
                "{percent:.3g} % of the area of '{name}' holds {value}, which seems to stand for no value, and counts "
                "as ground: tag {value} as nodata.",
                percent=100 * self.class_km2(value) / self.total_km2,
                name=self.map_name,
                value=value,
            )
            for value in fill
        )

    def class_km2(self, value: int) -> float:
        """Return the area of a class in the map."""
        return float(self.areas_km2[-1, value])

    def whole(self) -> list[ClassArea]:
        """Return the classes of the map with their areas."""
        return self._of(WHOLE, self.areas_km2[-1])

    def all(self) -> list[ClassArea]:
        """Return the areas of every class of the map in every district, then in the whole map."""
        per_district = [self._of(name, row) for name, row in zip(self.districts, self.areas_km2)]
        return [area for areas in (*per_district, self.whole()) for area in areas]

    def rows(self) -> list[tuple[str, int, str, float, float]]:
        """Return `all` with the columns of `AREA_FIELDS`."""
        return [(area.district, area.value, area.name, area.km2, area.percent) for area in self.all()]

    def _of(self, district: str, row: np.ndarray) -> list[ClassArea]:
        total = float(row.sum())
        return [
            ClassArea(
                district,
                value,
                self.names.get(value, f"class {value}"),
                float(row[value]),
                100 * float(row[value]) / total if total else float("nan"),
            )
            for value in self.values
        ]
