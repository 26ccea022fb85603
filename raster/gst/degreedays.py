"""Degree days of the years of a series, window by window: the job of ``degreedays``."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, astuple, dataclass
from datetime import date
from typing import Iterator, Mapping, Optional

import numpy as np

from ...core.errors import InputError
from ...core.gst.degreedays import (
    SummedYears,
    Summing,
    complete_years,
    degree_days,
    mean_of_years,
    next_year,
    percentage,
    year_name,
    year_of,
    year_on,
)
from ...core.gst.model import GstModel
from ...core.gst.modelfile import to_json
from ...core.gst.prediction import outside_training, predict
from ...core.language import tr
from ...core.period import period_text
from ..grid.window import Window
from ..read.series import BeyondTally, Day
from ..run.blocks import Running, map_windows
from ..run.checkpoints import Arrays, fingerprint, finished_units_beside
from ..write.provenance import PERIOD, Provenance
from ..write.storage import COUNTS, FLOATS, Layer
from ..write.writer import NoWriter, raster_output
from .overpasses import DailySeries, with_elevation

# Name of the series of daily ground surface temperature, where no model predicts it.
GST = "gst"

# Units of the annual results.
UNITS = {"ddt": "degC d", "ddf": "degC d", "magst": "degC", "valid_days": "d"}
MEANS = ("ddt", "ddf", "magst")
EXTRAPOLATION = "extrapolation"

# Bytes per cell while a year is summed and closed, those of each year, those of the days of a year where waves are
# fitted to them, and those of what the residual variance adds.
SUMMING_BYTES = 200
BYTES_PER_YEAR = 14
WAVES_BYTES = 2000
EXCESS_BYTES = 80


@dataclass(frozen=True)
class DegreeDayJob:
    """What is summed, and how.

    Attributes
    ----------
    series : DailySeries
        The series `GST`, or those of the predictors of the model.
    summing : Summing
        The year and what replaces missing days.
    model : GstModel, optional
        Predicts GST from the series.
    """

    series: DailySeries
    summing: Summing
    model: Optional[GstModel] = None

    def years(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the years that the series covers, and those in which it begins or ends; see `complete_years`."""
        return complete_years(np.array(self.series.days, "datetime64[D]"), self.summing.year_start)

    def days_in(self, years: np.ndarray) -> tuple[date, ...]:
        """Return the days of the series that lie in some years."""
        days = self.series.days
        chosen = np.isin(year_of(np.array(days, "datetime64[D]"), self.summing.year_start), years)
        return tuple(day for day, is_in in zip(days, chosen) if is_in)

    def fingerprint(self, extrapolation: bool) -> str:
        """Return the fingerprint of all that decides the degree days of a window."""
        stacks, elevation = self.series.stacks, self.series.elevation
        content = {
            "model": to_json(self.model) if self.model else None,
            "summing": asdict(self.summing),
            "extrapolation": extrapolation,
            "elevation": elevation.reading if elevation else None,
            "stacks": [stack.source.reading for parts in stacks.values() for stack in parts],
            "days": {name: [str(day) for stack in parts for day in stack.days] for name, parts in stacks.items()},
        }
        return fingerprint(content, self.series.paths)


@dataclass(frozen=True)
class DegreeDayOutputs:
    """Paths of the results; those without one are not written.

    Attributes
    ----------
    ddt, ddf, magst, valid_days : str, optional
        A band per year; degC d, degC and d.
    ddt_mean, ddf_mean, magst_mean : str, optional
        Means over the valid years of a cell.
    extrapolation : str, optional
        Share of the valid days of each year on which the model extrapolates, percent. Only with a model.
    """

    ddt: Optional[str] = None
    ddf: Optional[str] = None
    magst: Optional[str] = None
    valid_days: Optional[str] = None
    ddt_mean: Optional[str] = None
    ddf_mean: Optional[str] = None
    magst_mean: Optional[str] = None
    extrapolation: Optional[str] = None

    @property
    def first(self) -> str:
        """The first path, beside which finished windows are kept."""
        return next(path for path in astuple(self) if path)


@dataclass(frozen=True)
class YearlySums:
    """Sums the days of a window to degree days of its years.

    Attributes
    ----------
    years : tuple of datetime64[D]
        First days of the years, from `core.gst.degreedays.complete_years`.
    summing : Summing
        The year and what replaces missing days.
    model : GstModel, optional
        Predicts GST from the series; without it the series is GST.
    extrapolation : bool
        Whether predictions outside the training ranges of the model are counted.
    """

    years: tuple[np.datetime64, ...]
    summing: Summing
    model: Optional[GstModel] = None
    extrapolation: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the series that are read."""
        return (GST,) if self.model is None else self.model.overpasses

    def __call__(self, days: Iterator[Day], elevation: Optional[np.ndarray] = None) -> Arrays:
        """Return the degree days of a window.

        Parameters
        ----------
        days : iterator of (date, values)
            From `series.SeriesReader`.
        elevation : array, optional
            m, where the model predicts from it.

        Returns
        -------
        dict of arrays, shape (years, rows, columns)
            ``ddt``, ``ddf``, ``magst`` and ``valid_days`` of `core.gst.degreedays.YearSums`, and where it is requested
            ``outside``, the number of days on which the model extrapolates. ``beyond`` is the `series.BeyondTally` of
            `names` as array.
        """
        tally = BeyondTally()
        watched = tally.watch(days)
        outside: dict[np.datetime64, np.ndarray] = {}
        gst: Iterator[tuple[np.datetime64, np.ndarray]]
        if self.model is None:
            gst = ((day, values[GST].values()) for day, values in watched)
        else:
            gst = self._predicted(self.model, with_elevation(watched, elevation), outside)
        sums = list(degree_days(gst, self.years, self.summing))
        arrays = {name: np.stack([getattr(year, name) for year in sums]) for name in UNITS}
        arrays["beyond"] = tally.array(self.names)
        return {**arrays, "outside": np.stack([outside[year] for year in self.years])} if outside else arrays

    def _predicted(
        self, model: GstModel, days: Iterator[Day], outside: dict[np.datetime64, np.ndarray]
    ) -> Iterator[tuple[np.datetime64, np.ndarray]]:
        """Yield daily GST from the model; where wanted, count the predictions outside the training ranges by year."""
        for day, values in days:
            gst = predict(model, values, day)
            if self.extrapolation:
                flag = outside_training(model, values, day) & np.isfinite(gst)
                year = year_on(day, self.summing.year_start)
                outside[year] = outside.get(year, np.int16(0)) + flag.astype(np.int16)
            yield day, gst


def run_degree_days(
    job: DegreeDayJob, outputs: DegreeDayOutputs, provenance: Provenance, running: Running
) -> SummedYears:
    """Sum a series year by year, window by window.

    An interrupted run resumes: finished windows are kept beside the first output.

    Raises
    ------
    InputError
        If the series covers no whole year, day and night are swapped, an input cannot be read, or no cell has enough
        valid days.
    Cancelled
        If the user has stopped the run.
    """
    years, _ = job.years()
    days = job.days_in(years)
    series, grid = job.series, job.series.grid
    series.require_days_warmer(days)
    sums = YearlySums(tuple(years), job.summing, job.model, bool(outputs.extrapolation))
    waves = WAVES_BYTES if job.summing.missing == "harmonic" else 0
    excess = EXCESS_BYTES if job.summing.daily_sd > 0 else 0
    sources = series.sources(days, SUMMING_BYTES + BYTES_PER_YEAR * len(years) + waves + excess)
    labels = tuple(map(year_name, years))
    tally = BeyondTally()
    with ExitStack() as stack:
        finished = stack.enter_context(finished_units_beside(outputs.first, job.fingerprint(sums.extrapolation)))
        writers = stack.enter_context(_open_outputs(outputs, series, labels, provenance, running))
        summed = stack.enter_context(closing(map_windows(sums, sources, grid, running, finished)))
        for window, arrays in summed:
            tally.add_array(sums.names, arrays["beyond"])
            _write_window(writers, window, arrays)
        last = next_year(years[-1]) - np.timedelta64(1, "D")
        for writer in writers.values():
            writer.annotate({PERIOD: period_text(years[0].astype(date), last.astype(date))})
        # While none of the outputs has its final name.
        if writers["ddt"].valid_cells == 0:
            raise InputError(
                tr(
                    "No cell of '{name}' has {min_days} valid days in each month of a year: require fewer valid days "
                    "per month, or fill the gaps first.",
                    name=series.first.name,
                    min_days=job.summing.min_days,
                )
            )
    return SummedYears(labels, tuple(tally.sentences(series.stacks)))


@contextmanager
def _open_outputs(
    outputs: DegreeDayOutputs, series: DailySeries, years: tuple[str, ...], provenance: Provenance, running: Running
) -> Iterator[dict[str, NoWriter]]:
    """Open the writers of all results, by their names."""
    layers = {
        name: Layer(years, unit, numbers=COUNTS if name == "valid_days" else FLOATS) for name, unit in UNITS.items()
    }
    layers.update({f"{name}_mean": Layer([f"{name.upper()} mean"], UNITS[name]) for name in MEANS})
    layers[EXTRAPOLATION] = Layer(years, "%")
    with ExitStack() as stack:
        writers = {}
        for name, layer in layers.items():
            path = getattr(outputs, name)
            writers[name] = stack.enter_context(raster_output(path, series.grid, layer, provenance, running))
        yield writers


def _write_window(writers: Mapping[str, NoWriter], window: Window, arrays: Arrays) -> None:
    """Write the results of a window."""
    for name in UNITS:
        for band, year in enumerate(arrays[name], start=1):
            writers[name].write(window, year.astype(np.float32), band)
    for name in MEANS:
        writers[f"{name}_mean"].write(window, mean_of_years(arrays[name]))
    if "outside" in arrays:
        for band, year in enumerate(percentage(arrays["outside"], arrays["valid_days"]), start=1):
            writers[EXTRAPOLATION].write(window, year, band)
