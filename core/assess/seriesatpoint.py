"""Series of temperatures at a place: which days were observed, which filled, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

import numpy as np

from ..language import tr

# Observed and filled stacks agree where a day was observed, but for the rounding of how they are stored, K.
TOLERANCE = 0.02

# What a day of an overpass is.
OBSERVED, FILLED, MISSING = "observed", "filled", "missing"


@dataclass(frozen=True, eq=False)
class DaySeries:
    """A series of daily temperatures.

    Attributes
    ----------
    name : str
        Of the overpass, such as ``terra_day``.
    values : array, shape (days,)
        degC, NaN where there is none.
    before : array, shape (days,), optional
        The same before gaps were filled.
    """

    name: str
    values: np.ndarray
    before: Optional[np.ndarray] = None

    @property
    def label(self) -> str:
        """Name in words."""
        return self.name.replace("_", " ").capitalize()

    @property
    def observed(self) -> np.ndarray:
        """Where there is a value that was not filled in; all values where it is unknown what they were before."""
        known = np.isfinite(self.values)
        return known if self.before is None else known & np.isfinite(self.before)

    @property
    def filled(self) -> np.ndarray:
        """Where there is a value that was filled in."""
        return np.isfinite(self.values) & ~self.observed

    def kinds(self) -> list[str]:
        """Return for each day whether it is observed, filled or missing; empty where only values are known."""
        if self.before is None:
            return ["" if value else MISSING for value in np.isfinite(self.values).tolist()]
        return [
            OBSERVED if observed else FILLED if filled else MISSING
            for observed, filled in zip(self.observed.tolist(), self.filled.tolist())
        ]

    def changed(self) -> int:
        """Return the number of observed days on which the value is another one than before."""
        if self.before is None:
            return 0
        both = np.isfinite(self.values) & np.isfinite(self.before)
        return int(np.count_nonzero(np.abs(self.values[both] - self.before[both]) > TOLERANCE))


@dataclass(frozen=True, eq=False)
class PointSeries:
    """What is known of a place.

    Attributes
    ----------
    place : str
        The place, in words.
    days : array of datetime64[D], shape (days,)
        Every day from the first to the last, also those of which there is nothing.
    overpasses : tuple of DaySeries
        LST.
    gst : array, shape (days,), optional
        Ground surface temperature, degC.
    is_predicted : bool
        Whether GST was predicted here, by a model.
    years : tuple of int
    ttop : array, shape (years,)
        TTOP of each year, degC, NaN where there is none.
    warnings : tuple of str
        Sentences about what may be wrong with the inputs.
    """

    place: str
    days: np.ndarray
    overpasses: tuple[DaySeries, ...]
    gst: Optional[np.ndarray]
    is_predicted: bool
    years: tuple[int, ...]
    ttop: np.ndarray
    warnings: tuple[str, ...] = ()

    def fields(self) -> dict[str, type]:
        """Return the columns of `rows`."""
        columns: dict[str, type] = {"date": str}
        for series in self.overpasses:
            columns[series.name] = float
            if series.before is not None:
                columns[f"{series.name}_is"] = str
        if self.gst is not None:
            columns["gst"] = float
        return columns

    def rows(self) -> list[tuple]:
        """Return a row per day."""
        columns: list[Sequence] = [[str(day) for day in self.days]]
        for series in self.overpasses:
            columns.append(_rounded(series.values))
            if series.before is not None:
                columns.append(series.kinds())
        if self.gst is not None:
            columns.append(_rounded(self.gst))
        return list(zip(*columns))

    def year_rows(self) -> list[tuple[int, float]]:
        """Return year and TTOP of each year."""
        return list(zip(self.years, _rounded(self.ttop)))

    @property
    def daily(self) -> tuple[DaySeries, ...]:
        """All daily series: the overpasses, and GST where there is one."""
        return self.overpasses if self.gst is None else (*self.overpasses, DaySeries("gst", self.gst))

    @property
    def filled(self) -> int:
        """Number of days of all overpasses that were filled."""
        return sum(int(series.filled.sum()) for series in self.overpasses)

    @property
    def missing(self) -> int:
        """Number of days of all overpasses without a value."""
        return sum(int(np.isnan(series.values).sum()) for series in self.overpasses)


def changed_days(series: Sequence[DaySeries]) -> tuple[str, ...]:
    """Return a warning for each series whose observed days are not those of the stack before filling."""
    return tuple(
        tr(
            "{changed} observed days of {label} are not as they were before filling: give the stack from which the "
            "gaps were filled.",
            changed=one.changed(),
            label=one.label,
        )
        for one in series
        if one.changed()
    )


def _rounded(values: np.ndarray) -> list[float]:
    """Return numbers without the digits that single precision adds."""
    return [round(value, 4) for value in values.astype(float).tolist()]
