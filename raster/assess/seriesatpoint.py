"""The series of one pixel, read from stacks of any length: the job of ``seriesatpoint``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Mapping, Optional

import numpy as np

from ...core.assess.seriesatpoint import DaySeries, PointSeries, changed_days
from ...core.errors import InputError
from ...core.gst.model import ELEVATION, GstModel
from ...core.gst.prediction import predict
from ...core.language import tr
from ..grid.grid import Grid
from ..gst.overpasses import DailySeries
from ..gst.sampling import sample_raster, sample_series
from ..read.points import locate
from ..read.rasters import RasterSource
from ..read.series import BeyondTally, SeriesSource
from ..read.vectors import Features
from ..read.years import YearsSource
from ..run.blocks import Running

GST = "gst"
BEFORE = "observed_"
NEAREST = "nearest"


@dataclass(frozen=True)
class PointSeriesJob:
    """What is read at a place.

    Attributes
    ----------
    point : Features
        One point.
    place : str
        The place, in words.
    series : DailySeries, optional
        LST of overpasses by their names; the same before filling, as ``observed_`` and the name; and ``gst``.
    model : GstModel, optional
        Predicts GST from the overpasses.
    ttop : YearsSource, optional
        TTOP, a band per year.
    """

    point: Features
    place: str
    series: Optional[DailySeries] = None
    model: Optional[GstModel] = None
    ttop: Optional[YearsSource] = None
    rasters: tuple[RasterSource, ...] = field(init=False)

    def __post_init__(self) -> None:
        rasters = list(self.series.rasters) if self.series is not None else []
        rasters += list(self.ttop.bands) if self.ttop is not None else []
        object.__setattr__(self, "rasters", tuple(rasters))


def run_seriesatpoint(job: PointSeriesJob, running: Running) -> PointSeries:
    """Read the pixel that contains the point, in each raster.

    Raises
    ------
    InputError
        If the point lies outside of a raster.
    Cancelled
        If the user has stopped the run.
    """
    _require_inside(job)
    days, values, warnings = _daily(job, running)
    overpasses = tuple(
        DaySeries(name, found, values.get(BEFORE + name))
        for name, found in values.items()
        if name != GST and not name.startswith(BEFORE)
    )
    gst = values.get(GST)
    if job.model is not None and job.series is not None:
        gst = _predicted(job.model, days, values, _elevation(job))
    ttop = _ttop(job)
    years = job.ttop.years if job.ttop is not None else ()
    return PointSeries(
        job.place,
        days,
        overpasses,
        gst,
        job.model is not None,
        years,
        ttop,
        (*warnings, *changed_days(overpasses)),
    )


def _require_inside(job: PointSeriesJob) -> None:
    for source in {source.path: source for source in job.rasters}.values():
        grid = source.grid()
        if not _is_inside(job.point, grid, source.name):
            raise InputError(
                tr(
                    "POINT {place} lies outside of '{name}' ({grid}): choose a place within it.",
                    place=job.place,
                    name=source.name,
                    grid=grid.describe(),
                )
            )


def _is_inside(point: Features, grid: Grid, name: str) -> bool:
    try:
        _, _, inside = locate(point, grid, f"'{name}'")
    except InputError:
        # What has no CRS cannot be located; the sentence says so.
        if not (grid.crs_wkt and point.crs_wkt):
            raise
        return False
    return bool(inside.all())


def _daily(job: PointSeriesJob, running: Running) -> tuple[np.ndarray, dict[str, np.ndarray], list[str]]:
    """Return every day from the first to the last, and the values of each series on them."""
    if job.series is None:
        return np.empty(0, "datetime64[D]"), {}, []
    first, last = job.series.days[0], job.series.days[-1]
    every: tuple[date, ...] = tuple(first + timedelta(n) for n in range((last - first).days + 1))
    tally = BeyondTally()
    read = sample_series(SeriesSource(job.series.stacks, every), job.point, NEAREST, running, tally)
    values = {name: found[:, 0] for name, found in read.items()}
    return np.array(every, "datetime64[D]"), values, tally.sentences(job.series.stacks)


def _elevation(job: PointSeriesJob) -> Optional[float]:
    if job.series is None or job.series.elevation is None:
        return None
    return float(sample_raster(job.series.elevation, job.point, NEAREST)[0])


def _predicted(
    model: GstModel, days: np.ndarray, values: Mapping[str, np.ndarray], elevation: Optional[float]
) -> np.ndarray:
    """Predict GST day by day."""
    gst = np.full(len(days), np.nan, np.float32)
    for index, day in enumerate(days):
        predictors = {name: values[name][index : index + 1] for name in model.overpasses}
        if elevation is not None:
            predictors[ELEVATION] = np.array([elevation], np.float32)
        gst[index] = predict(model, predictors, day)[0]
    return gst


def _ttop(job: PointSeriesJob) -> np.ndarray:
    if job.ttop is None:
        return np.empty(0, np.float32)
    return np.array([sample_raster(band, job.point, NEAREST)[0] for band in job.ttop.bands], np.float32)
