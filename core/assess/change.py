"""Change of permafrost between maps, or between windows of years with the trend of TTOP in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

import numpy as np

from ..classes import PERMAFROST, PERMAFROST_MAP, SEASONAL_FROST
from ..permafrost.classify import HALF, classify
from ..sums import exact_sum
from .periods import Period, window_means
from .transitions import CLASSES, TENS, common, transition, transition_areas
from .trend import DiscoveryRate, trend

NAN = float("nan")

# Trends are reported per decade.
DECADE = 10

# Columns of `Transitions.rows`.
TRANSITION_FIELDS = {
    "before": str,
    "after": str,
    "class_before": str,
    "class_after": str,
    "area_km2": float,
    "percent_of_class_before": float,
}


def pairs_of_times(count: int) -> list[tuple[int, int]]:
    """Return which of several times are compared: each with the next, and the first with the last."""
    following = [(index, index + 1) for index in range(count - 1)]
    return [*following, (0, count - 1)] if count > 2 else following


@dataclass(frozen=True, eq=False)
class Transitions:
    """Areas of the transitions between permafrost maps, of the cells that have a class at all times.

    Attributes
    ----------
    labels : sequence of str
        Names of the maps or of the windows of years, in chronological order.
    areas_km2 : ndarray, shape (pairs, 4, 4)
        For each of `pairs`: rows are the class before, columns the class after, in the order of ``PERMAFROST_MAP``.
    """

    labels: Sequence[str]
    areas_km2: np.ndarray

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Indices of the times before and after; the last pair is the first and the last time."""
        return pairs_of_times(len(self.labels))

    @property
    def whole_km2(self) -> np.ndarray:
        """Transitions from the first to the last time, shape (4, 4)."""
        return self.areas_km2[-1]

    @property
    def compared_km2(self) -> float:
        """Area of the cells that have a class at all times."""
        return float(self.whole_km2.sum())

    @property
    def permafrost_km2(self) -> list[float]:
        """Area of permafrost at each time."""
        before = [float(matrix[0].sum()) for matrix in self.areas_km2[: len(self.labels) - 1]]
        return [*before, float(self.whole_km2[:, 0].sum())]

    @property
    def no_longer_km2(self) -> float:
        """Area of permafrost at the first time that is seasonally frozen ground at the last."""
        return float(self.whole_km2[0, 1])

    @property
    def newly_km2(self) -> float:
        """Area of seasonally frozen ground at the first time that is permafrost at the last."""
        return float(self.whole_km2[1, 0])

    def values(self) -> set[int]:
        """Return the values of ``core.classes.TRANSITIONS`` that occur from the first to the last time."""
        return {TENS * (i + 1) + j + 1 for i, j in np.argwhere(self.whole_km2 > 0).tolist()}

    def rows(self) -> list[tuple[str, str, str, str, float, float]]:
        """Return the transitions that occur, with the columns of `TRANSITION_FIELDS`."""
        return [
            (
                self.labels[before],
                self.labels[after],
                PERMAFROST_MAP[i].name,
                PERMAFROST_MAP[j].name,
                float(matrix[i, j]),
                float(100 * matrix[i, j] / matrix[i].sum()),
            )
            for (before, after), matrix in zip(self.pairs, self.areas_km2)
            for i in range(CLASSES)
            for j in range(CLASSES)
            if matrix[i, j] > 0
        ]


@dataclass(frozen=True)
class Comparison:
    """How TTOP is compared between windows of years, and how its trend is tested.

    Attributes
    ----------
    years : tuple of int
        Years with TTOP, ascending.
    periods : tuple of Period
        The windows, in chronological order.
    threshold : float
        Permafrost is where mean TTOP is at or below it, degC.
    min_years : int
        A cell with fewer years with a value has no trend.
    autocorrelated : bool
        Whether the test is corrected for autocorrelation, see `trend`.
    alpha : float
        False discovery rate at which a trend is significant.
    """

    years: tuple[int, ...]
    periods: tuple[Period, ...]
    threshold: float = 0.0
    min_years: int = 8
    autocorrelated: bool = False
    alpha: float = 0.1

    def compare(
        self,
        ttop: np.ndarray,
        area_km2: np.ndarray,
        glaciers: Optional[np.ndarray] = None,
        lakes: Optional[np.ndarray] = None,
        basin: Optional[np.ndarray] = None,
    ) -> BlockChange:
        """Compare the windows of years in a block of cells, and test the trends.

        Parameters
        ----------
        ttop : ndarray of float32, shape (years, rows, columns)
            degC, NaN where there is none; cells that are glacier, lake or outside the basin are overwritten with NaN.
        area_km2 : ndarray, shape (rows, columns)
            Areas of the cells.
        glaciers, lakes, basin : ndarray, shape (rows, columns), optional
            Shares of the cells that are glacier, lake, or inside the basin, 0 to 1.
        """
        ttop[:, ~_is_land(ttop.shape[1:], glaciers, lakes, basin)] = np.nan
        means = window_means(ttop, self.years, self.periods)
        maps = np.stack([classify(mean, self.threshold, glaciers, lakes, basin) for mean in means])
        ground = common(maps) & np.isin(maps, [PERMAFROST.value, SEASONAL_FROST.value]).all(axis=0)
        known = ground & ~np.isnan(ttop)
        cold = known & (ttop <= self.threshold)
        found = trend(ttop, self.years, self.min_years, self.autocorrelated)
        p = found.p.astype(np.float32)
        sums = ChangeSums(
            areas_km2=transition_areas(maps, area_km2, pairs_of_times(len(maps))),
            curve_km2=np.array([[(area_km2 * part).sum() for part in parts] for parts in (cold, known)]),
            rate=DiscoveryRate.of(p),
            has_ground=bool(ground.any()),
        )
        return BlockChange(transition(maps[0], maps[-1]), (DECADE * found.slope).astype(np.float32), p, sums)


def _is_land(
    shape: tuple[int, ...],
    glaciers: Optional[np.ndarray],
    lakes: Optional[np.ndarray],
    basin: Optional[np.ndarray],
) -> np.ndarray:
    """Return which cells are neither glacier nor lake, and inside the basin."""
    land = np.ones(shape, bool)
    for cover in (glaciers, lakes):
        if cover is not None:
            land &= cover < HALF
    if basin is not None:
        land &= basin >= HALF
    return land


@dataclass(frozen=True, eq=False)
class ChangeSums:
    """Sums over a block of cells; those of blocks add up to those of the map.

    Attributes
    ----------
    areas_km2 : ndarray, shape (pairs, 4, 4)
        Areas of the transitions, see `Transitions`.
    curve_km2 : ndarray, shape (2, years)
        Area with TTOP at or below the threshold, and area with TTOP, of cells that are ground in all windows.
    rate : DiscoveryRate
        The p-values that occur.
    has_ground : bool
        Whether a cell is permafrost or seasonally frozen ground in all windows.
    """

    areas_km2: np.ndarray
    curve_km2: np.ndarray
    rate: DiscoveryRate
    has_ground: bool

    @classmethod
    def zero(cls, comparison: Comparison) -> ChangeSums:
        """Return the sums over no cells."""
        pairs = pairs_of_times(len(comparison.periods))
        return cls(
            np.zeros((len(pairs), CLASSES, CLASSES)),
            np.zeros((2, len(comparison.years))),
            DiscoveryRate.of(np.empty(0)),
            False,
        )

    def __add__(self, other: ChangeSums) -> ChangeSums:
        return ChangeSums(
            self.areas_km2 + other.areas_km2,
            self.curve_km2 + other.curve_km2,
            self.rate + other.rate,
            self.has_ground or other.has_ground,
        )


@dataclass(frozen=True, eq=False)
class BlockChange:
    """What was found in a block of cells, all rasters of shape (rows, columns).

    Attributes
    ----------
    transitions : ndarray of uint8
        Values of ``core.classes.TRANSITIONS`` from the first to the last window; 0 for none.
    slope : ndarray of float32
        Sen's slope, K per decade; NaN where there is no trend.
    p : ndarray of float32
        p-value of the Mann-Kendall test, not adjusted; NaN where there is no trend.
    sums : ChangeSums
        Sums over the block.
    """

    transitions: np.ndarray
    slope: np.ndarray
    p: np.ndarray
    sums: ChangeSums


@dataclass(frozen=True)
class SlopeSums:
    """Sums over the cells with a trend; those of blocks add up to those of the map.

    Attributes
    ----------
    slope : float
        Sum of Sen's slopes, K per decade.
    warming, cooling : int
        Numbers of cells with a significant rise or fall.
    """

    slope: float = 0.0
    warming: int = 0
    cooling: int = 0

    @classmethod
    def of(cls, slope: np.ndarray, adjusted: np.ndarray, alpha: float) -> SlopeSums:
        """Sum the slopes of a block, and count those whose adjusted p-value is at most alpha."""
        significant = adjusted <= alpha
        warming, cooling = (int(np.count_nonzero(significant & side)) for side in (slope > 0, slope < 0))
        return cls(exact_sum(slope), warming, cooling)

    def __add__(self, other: SlopeSums) -> SlopeSums:
        return SlopeSums(self.slope + other.slope, self.warming + other.warming, self.cooling + other.cooling)


@dataclass(frozen=True, eq=False)
class Trends:
    """The trend of yearly TTOP, and its course from year to year.

    Attributes
    ----------
    comparison : Comparison
        The years, windows and settings.
    curve_km2 : ndarray, shape (2, years)
        See `ChangeSums`.
    sums : SlopeSums
        Of the cells with a trend.
    cells : int
        Number of cells with a trend.
    """

    comparison: Comparison
    curve_km2: np.ndarray
    sums: SlopeSums
    cells: int

    @property
    def slope_mean(self) -> float:
        """Mean slope, K per decade; NaN where no cell has a trend."""
        return self.sums.slope / self.cells if self.cells else NAN

    @property
    def warming_percent(self) -> float:
        """Cells with a significant rise, in percent of those with a trend."""
        return 100 * self.sums.warming / self.cells if self.cells else NAN

    @property
    def cooling_percent(self) -> float:
        """Cells with a significant fall, in percent of those with a trend."""
        return 100 * self.sums.cooling / self.cells if self.cells else NAN

    @property
    def percent(self) -> np.ndarray:
        """Area with TTOP at or below the threshold in percent of the area with TTOP, per year; NaN without any."""
        cold, known = self.curve_km2
        return 100 * np.divide(cold, known, out=np.full_like(cold, np.nan), where=known > 0)

    def years_of(self, period: Period) -> int:
        """Return how many of the years lie in a window."""
        return int(period.holds(self.comparison.years).sum())

    def mean_percent(self, period: Period) -> float:
        """Return the mean of `percent` over the years of a window."""
        return float(np.nanmean(self.percent[period.holds(self.comparison.years)]))


@dataclass(frozen=True, eq=False)
class Change:
    """Transitions between maps or windows of years; with TTOP year by year, also its trend."""

    transitions: Transitions
    trends: Optional[Trends] = None
