"""Change of permafrost between maps, or between windows of years with the trend of TTOP in each cell."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Iterator, Optional, Sequence, Union

import numpy as np

from ...core import classes
from ...core.assess.change import (
    BlockChange,
    Change,
    ChangeSums,
    Comparison,
    SlopeSums,
    Transitions,
    Trends,
    pairs_of_times,
)
from ...core.assess.periods import period_warnings
from ...core.assess.transitions import CLASSES, require_map_classes, transition, transition_areas
from ...core.assess.trend import DiscoveryRate
from ...core.celsius import require_celsius
from ...core.errors import InputError
from ...core.files import temporary_folder
from ...core.language import tr
from ..grid.grid import Grid, metres_note
from ..read.area import CellAreaSource
from ..read.classes import NO_CLASS, ClassSource
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..read.years import YearsSource
from ..run.blocks import Running, map_windows
from ..run.covers import require_covers
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import NoWriter, raster_output

# Slopes and scores of at most this many pairs of years are computed per window, so that a cancelled run ends soon.
MAX_PAIRS = 2**23

# Share of the work that is done when the trends are known, and only their significance over the map is not.
FIRST_PASS = 0.95

TRANSITIONS = Layer(["Transition"], classes=classes.TRANSITIONS)
TREND = Layer(["Sen's slope"], "degC per decade")
SIGNIFICANCE = Layer(["Adjusted p-value"])
TESTS = Layer(["Slope", "p-value"])


# Maps ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MapsJob:
    """Permafrost maps to compare.

    Attributes
    ----------
    maps : tuple of ClassSource
        Maps of the classes of ``core.classes.PERMAFROST_MAP``, in chronological order, on the grid of the first.
    labels : tuple of str
        A name for each.
    """

    maps: tuple[ClassSource, ...]
    labels: tuple[str, ...]

    @property
    def first(self) -> RasterSource:
        """The raster on whose grid everything is compared."""
        return self.maps[0]

    @property
    def rasters(self) -> Sequence[RasterSource]:
        """Rasters that are aligned to the first."""
        return self.maps

    @property
    def paths(self) -> list[str]:
        """Files that are read."""
        return [source.path for source in self.maps]

    def describe(self) -> str:
        """Return what is compared, as a sentence."""
        return tr("{n_maps} maps: {labels}.", n_maps=len(self.maps), labels=", ".join(self.labels))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may spoil the result, as sentences."""
        return tuple(filter(None, [metres_note(self.first.grid(), self.first.name)]))


@dataclass(frozen=True)
class _CompareMaps:
    """Compares a window of all maps, read as ``map_0``, ``map_1`` and so on."""

    names: tuple[str, ...]

    def __call__(self, area_km2: np.ndarray, **maps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the transitions from the first to the last map, and the areas of those of all pairs."""
        found = np.stack(
            [require_map_classes(maps[f"map_{index}"], name, NO_CLASS) for index, name in enumerate(self.names)]
        )
        return transition(found[0], found[-1]), transition_areas(found, area_km2, pairs_of_times(len(found)))


def change_of_maps(job: MapsJob, output: Optional[str], provenance: Provenance, running: Running) -> Change:
    """Compare permafrost maps; write the transitions from the first to the last.

    Parameters
    ----------
    job : MapsJob
        The maps.
    output : str, optional
        Path of the transitions; None if they are not requested.
    provenance : Provenance
        Written into the metadata.
    running : Running
        Threads, memory, progress and cancellation.

    Raises
    ------
    InputError
        If a map holds other classes, or no cell has a class in all of them.
    """
    grid = job.first.grid()
    sources: dict[str, Source] = {f"map_{index}": source for index, source in enumerate(job.maps)}
    sources["area_km2"] = CellAreaSource(job.first.name)
    compare = _CompareMaps(tuple(source.name for source in job.maps))
    areas_km2 = np.zeros((len(pairs_of_times(len(job.maps))), CLASSES, CLASSES))
    empty = tr("No cell has a class in all of MAPS: check that they show the same place, and their nodata values.")
    with raster_output(output, grid, TRANSITIONS, provenance, running, empty) as writer:
        for window, (transitions, areas) in map_windows(compare, sources, grid, running):
            writer.write(window, transitions)
            areas_km2 += areas
    return Change(Transitions(job.labels, areas_km2))


# Yearly TTOP ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearsJob:
    """TTOP year by year, to be compared between windows of years.

    Attributes
    ----------
    ttop : YearsSource
        degC, a band per year.
    first : RasterSource
        The raster on whose grid everything is compared, one of those of TTOP.
    comparison : Comparison
        The windows, and how the trend is tested; its years are those of `ttop`.
    glaciers, lakes, basin : Source, optional
        Shares of the cells that are glacier, lake, or inside the basin, 0 to 1.
    """

    ttop: YearsSource
    first: RasterSource
    comparison: Comparison
    glaciers: Optional[Source] = None
    lakes: Optional[Source] = None
    basin: Optional[Source] = None

    @property
    def rasters(self) -> Sequence[RasterSource]:
        """Rasters that are aligned to the first; each file once."""
        return list({band.path: band for band in self.ttop.bands}.values())

    @property
    def covers(self) -> dict[str, Source]:
        """Covers that are given, by name."""
        covers = {"glaciers": self.glaciers, "lakes": self.lakes, "basin": self.basin}
        return {name: source for name, source in covers.items() if source is not None}

    @property
    def paths(self) -> list[str]:
        """Files that are read; polygons are part of their source."""
        rasters = (source for source in (*self.ttop.bands, *self.covers.values()) if isinstance(source, RasterSource))
        return list(dict.fromkeys(source.path for source in rasters))

    @property
    def sources(self) -> dict[str, Source]:
        """What is read in each window."""
        years = len(self.ttop.years)
        max_cells = max(1, MAX_PAIRS // max(1, years * (years - 1) // 2))
        ttop = replace(self.ttop, max_cells=max_cells)
        return {"ttop": ttop, "area_km2": CellAreaSource(self.first.name), **self.covers}

    def describe(self) -> str:
        """Return what is compared, as a sentence."""
        years, labels = self.comparison.years, (period.label for period in self.comparison.periods)
        return tr(
            "{n_years} years, {first_year} to {last_year}; windows {labels}.",
            n_years=len(years),
            first_year=years[0],
            last_year=years[-1],
            labels=", ".join(labels),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may spoil the result, as sentences."""
        of_periods = period_warnings(self.comparison.years, self.comparison.periods, self.comparison.min_years)
        return tuple(filter(None, [metres_note(self.first.grid(), self.first.name), *of_periods]))


@dataclass(frozen=True)
class ChangeOutputs:
    """Paths of the rasters; None for those that are not requested."""

    transitions: Optional[str] = None
    trend: Optional[str] = None
    significance: Optional[str] = None


@dataclass(frozen=True)
class _CompareYears:
    """Compares a window of yearly TTOP whose bands have these names."""

    comparison: Comparison
    names: tuple[str, ...]

    def __call__(self, ttop: np.ndarray, area_km2: np.ndarray, **covers: np.ndarray) -> BlockChange:
        """Return what was found, after a check of the unit."""
        for year, name in zip(ttop, self.names):
            require_celsius(year, name)
        return self.comparison.compare(ttop, area_km2, **covers)


@dataclass(frozen=True)
class _Adjust:
    """Adjusts the p-values of a window for the number of tests in the whole map."""

    rate: DiscoveryRate
    alpha: float

    def __call__(self, slope: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, SlopeSums]:
        """Return the adjusted p-values, and the sums over the cells with a trend."""
        adjusted = self.rate.adjusted(p)
        return adjusted, SlopeSums.of(slope, adjusted, self.alpha)


@dataclass(frozen=True)
class _Writers:
    """The rasters that are written, and the path of the one that is read again."""

    transitions: NoWriter
    trend: NoWriter
    significance: NoWriter
    tests_path: str


def run_change(
    job: Union[MapsJob, YearsJob], outputs: ChangeOutputs, provenance: Provenance, running: Running
) -> Change:
    """Compare maps or windows of years, see `change_of_maps` and `change_of_years`."""
    if isinstance(job, MapsJob):
        return change_of_maps(job, outputs.transitions, provenance, running)
    return change_of_years(job, outputs, provenance, running)


def change_of_years(job: YearsJob, outputs: ChangeOutputs, provenance: Provenance, running: Running) -> Change:
    """Compare the mean TTOP of windows of years, and test the trend of each cell over all years.

    Parameters
    ----------
    job : YearsJob
        TTOP, and how it is compared.
    outputs : ChangeOutputs
        Paths of the rasters.
    provenance : Provenance
        Written into the metadata.
    running : Running
        Threads or cluster, memory, progress and cancellation.

    Raises
    ------
    InputError
        If TTOP is not in degC, no cell has TTOP in all windows, a trend is requested and no cell has enough years, or a
        cover holds a fill value.
    """
    grid = job.first.grid()
    require_covers(job.covers.values(), grid, running.part(0.0, 0.01), job.covers.get("basin"))
    with _open_outputs(outputs, grid, provenance, running) as writers:
        sums = _compare(job, grid, writers, provenance, running.part(0.0, FIRST_PASS))
        _require_ground(job.comparison, sums, outputs)
        # The tests lie on a disk of this machine, so its threads read them.
        here = replace(running.part(FIRST_PASS, 1 - FIRST_PASS), runner=None)
        slopes = _adjust(_Adjust(sums.rate, job.comparison.alpha), grid, writers, here)
    transitions = Transitions([period.label for period in job.comparison.periods], sums.areas_km2)
    return Change(transitions, Trends(job.comparison, sums.curve_km2, slopes, sums.rate.tests))


@contextmanager
def _open_outputs(outputs: ChangeOutputs, grid: Grid, provenance: Provenance, running: Running) -> Iterator[_Writers]:
    """Open all outputs together, so that they appear together or not at all, and a folder for the tests."""
    layers = ((outputs.transitions, TRANSITIONS), (outputs.trend, TREND), (outputs.significance, SIGNIFICANCE))
    with ExitStack() as stack:
        transitions, trend, significance = (
            stack.enter_context(raster_output(path, grid, layer, provenance, running)) for path, layer in layers
        )
        folder = stack.enter_context(temporary_folder())
        yield _Writers(transitions, trend, significance, str(folder / "tests.tif"))


def _compare(job: YearsJob, grid: Grid, writers: _Writers, provenance: Provenance, running: Running) -> ChangeSums:
    """Compare all windows; return the sums, and leave slopes and p-values on the disk.

    How significant a p-value is over the map can only be computed when all of them are known.
    """
    compare = _CompareYears(job.comparison, tuple(band.name for band in job.ttop.bands))
    sums = ChangeSums.zero(job.comparison)
    with raster_output(writers.tests_path, grid, TESTS, provenance, running) as tests:
        for window, found in map_windows(compare, job.sources, grid, running):
            writers.transitions.write(window, found.transitions)
            writers.trend.write(window, found.slope)
            tests.write(window, found.slope, 1)
            tests.write(window, found.p, 2)
            sums += found.sums
    return sums


def _adjust(adjust: _Adjust, grid: Grid, writers: _Writers, running: Running) -> SlopeSums:
    """Write the adjusted p-values; return the sums over the cells with a trend."""
    tests = {name: RasterSource(writers.tests_path, "trend", band) for band, name in enumerate(("slope", "p"), start=1)}
    sums = SlopeSums()
    for window, (adjusted, found) in map_windows(adjust, tests, grid, running):
        writers.significance.write(window, adjusted)
        sums += found
    return sums


def _require_ground(comparison: Comparison, sums: ChangeSums, outputs: ChangeOutputs) -> None:
    """Raise an `InputError` where no cell can be compared, or none has the trend that is requested."""
    if not sums.has_ground:
        raise InputError(
            tr(
                "No cell has a TTOP in all windows of PERIODS: choose other windows, or check TTOP, the basin "
                "and the CRSs."
            )
        )
    if sums.rate.tests == 0 and (outputs.trend or outputs.significance):
        raise InputError(
            tr(
                "No cell has {min_years} years with a value, and {n_years} years are given: lower MIN_YEARS, or "
                "leave TREND and SIGNIFICANCE out.",
                min_years=comparison.min_years,
                n_years=len(comparison.years),
            )
        )
