"""What is printed beside a permafrost map: the areas of its classes with their intervals, and what it covers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Mapping, Sequence

from ..assess.areastatistics import WHOLE
from ..classes import PERMAFROST, PERMAFROST_MAP, MapClass
from ..errors import InputError
from ..language import tr

# Columns of a table of areas: those that it needs, and those that it may have.
NEEDED, DISTRICT, INTERVAL = ("class", "area_km2"), "district", ("low_km2", "high_km2")

# Probabilities of permafrost, %, between which its area is uncertain: ground that has it in 95 % of the ensemble is
# permafrost in all but the smallest 5 % of the areas, as all cells share the errors.
PROBABLE = (95.0, 5.0)


@dataclass(frozen=True)
class AreaLine:
    """The area of a class.

    Attributes
    ----------
    value : int
    km2, percent : float
        Area, and its share of that of all classes.
    low_km2, high_km2 : float
        Interval of the area; NaN where it has none.
    """

    value: int
    km2: float
    percent: float
    low_km2: float = math.nan
    high_km2: float = math.nan


@dataclass(frozen=True)
class PrintedMap:
    """What is printed of a permafrost map.

    Attributes
    ----------
    lines : tuple of AreaLine
        One per class that occurs, in the order of the classes.
    bounds : tuple of float
        xmin, ymin, xmax and ymax of the cells that have a class, in the CRS of the map.
    is_assumed : bool
        Whether cells are taken for metres, as without a CRS.
    has_probable : bool
        Whether the interval is that of the probability, see `PROBABLE`.
    warnings : tuple of str
        Sentences about what may impair it.
    """

    lines: tuple[AreaLine, ...]
    bounds: tuple[float, float, float, float]
    is_assumed: bool = False
    has_probable: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def classes(self) -> list[MapClass]:
        """The classes that occur."""
        values = [line.value for line in self.lines]
        return [entry for entry in PERMAFROST_MAP if entry.value in values]

    @property
    def permafrost_km2(self) -> float:
        """Area of permafrost; 0 where there is none."""
        return next((line.km2 for line in self.lines if line.value == PERMAFROST.value), 0.0)

    @property
    def has_intervals(self) -> bool:
        """Whether any area has an interval."""
        return any(math.isfinite(line.low_km2) for line in self.lines)


def read_area_lines(fields: Mapping[str, Sequence], name: str) -> tuple[AreaLine, ...]:
    """Return the areas in a table, such as that of 'Areas of a permafrost map', of which the whole map is taken.

    Parameters
    ----------
    fields : mapping of str to sequence
        Columns: ``class`` and ``area_km2``; optionally ``district``, ``low_km2`` and ``high_km2``.
    name : str
        Name of the table, for messages.

    Raises
    ------
    InputError
        If a column is missing, a number is none, or a class is not one of the permafrost map or occurs twice.
    """
    for field in NEEDED:
        if field not in fields:
            raise InputError(
                tr(
                    "Table '{name}' has no column '{field}': choose one made by 'Areas of a permafrost map', or one "
                    "with the columns {needed}.",
                    name=name,
                    field=field,
                    needed=", ".join(NEEDED),
                )
            )
    count = len(fields["class"])
    districts = fields.get(DISTRICT, (WHOLE,) * count)
    intervals = [fields.get(field, (None,) * count) for field in INTERVAL]
    known = {entry.value for entry in PERMAFROST_MAP}
    found: dict[int, tuple[float, float, float]] = {}
    for district, value, km2, low, high in zip(districts, fields["class"], fields["area_km2"], *intervals):
        if district != WHOLE:
            continue
        number = _number(value, "class", name)
        if number not in known or number in found:
            raise InputError(
                tr(
                    "Table '{name}' has the class {value} where each of {known} occurs at most once: choose the areas "
                    "of a permafrost map.",
                    name=name,
                    value=value,
                    known=", ".join(map(str, sorted(known))),
                )
            )
        low_km2, high_km2 = (
            math.nan if end in (None, "") else _number(end, "low_km2, high_km2", name) for end in (low, high)
        )
        found[int(number)] = (_number(km2, "area_km2", name), low_km2, high_km2)
    total = sum(km2 for km2, _, _ in found.values())
    if not total > 0:
        raise InputError(
            tr(
                "Table '{name}' has no area of the district '{whole}': choose the areas of a permafrost map.",
                name=name,
                whole=WHOLE,
            )
        )
    return tuple(
        AreaLine(value, km2, 100 * km2 / total, low, high) for value, (km2, low, high) in sorted(found.items())
    )


def _number(value: object, field: str, name: str) -> float:
    """Return a number of a table, which may be a text as in CSV files."""
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise InputError(
            tr(
                "Table '{name}' has '{value}' in column {field}, where a number from 0 on is needed: correct it.",
                name=name,
                value=value,
                field=field,
            )
        )
    return number
