"""Degree days of the years of a series, window by window: the job behind ``degreedays``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Optional

import numpy as np

from ...core.gst.degreedays import Summing, degree_days, year_of
from ...core.gst.model import GstModel, outside_training, predict
from ...core.gst.table import ELEVATION
from ...core.packed import Packed
from ..read.series import BeyondTally, Day
from ..run.checkpoints import Arrays

# The series of daily ground surface temperature, where no model predicts it.
GST = "gst"

RESULTS = ("ddt", "ddf", "magst", "valid_days")


def with_elevation(days: Iterator[Day], elevation: Optional[np.ndarray]) -> Iterator[Day]:
    """Give the days with the elevation beside the LSTs."""
    for date, values in days:
        yield date, values if elevation is None else {**values, ELEVATION: Packed(elevation)}


@dataclass(frozen=True)
class YearlySums:
    """Sums the days of a window to degree days of its years.

    Attributes
    ----------
    years : tuple of datetime64[D]
        First days of the years, from `core.gst.degreedays.complete_years`.
    summing : Summing
        The year and what stands for missing days.
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
    def names(self) -> list[str]:
        """The series that are read."""
        return [GST] if self.model is None else [name for name in self.model.predictors if name != ELEVATION]

    def __call__(self, days: Iterator[Day], elevation: Optional[np.ndarray] = None) -> Arrays:
        """Sum the days of a window.

        Parameters
        ----------
        days : iterator of (date, values)
            From `series.SeriesReader`.
        elevation : array, optional
            Where the model predicts from it.

        Returns
        -------
        dict of arrays, shape (years, rows, columns)
            ``ddt``, ``ddf``, ``magst`` and ``valid_days`` of `core.gst.degreedays.YearSums`, and where it is wanted
            ``outside``, the days that the model extrapolates. ``beyond`` is the `series.BeyondTally` of `names`.
        """
        tally = BeyondTally()
        days = tally.watch(days)
        outside: dict[np.datetime64, np.ndarray] = {}
        if self.model is None:
            gst = ((date, values[GST].values()) for date, values in days)
        else:
            gst = self._predicted(with_elevation(days, elevation), outside)
        sums = list(degree_days(gst, self.years, self.summing))
        arrays = {name: np.stack([getattr(year, name) for year in sums]) for name in RESULTS}
        arrays["beyond"] = tally.array(self.names)
        return {**arrays, "outside": np.stack([outside[year] for year in self.years])} if outside else arrays

    def _predicted(
        self, days: Iterator[Day], outside: dict[np.datetime64, np.ndarray]
    ) -> Iterator[tuple[np.datetime64, np.ndarray]]:
        """Give daily GST by the model; where wanted, count by year the predictions outside the training ranges."""
        for date, values in days:
            gst = predict(self.model, values, date)
            if self.extrapolation:
                flag = outside_training(self.model, values, date) & np.isfinite(gst)
                year = year_of(date, self.summing.year_start)[()]
                outside[year] = outside.get(year, 0) + flag.astype(np.int16)
            yield date, gst
