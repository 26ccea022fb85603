"""Degree days of the years of a series, window by window: the job behind ``degreedays``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping, Optional

import numpy as np

from ..core.gst.degreedays import Summing, degree_days, year_of
from ..core.gst.model import GstModel, outside_training, predict
from ..core.gst.table import ELEVATION
from .series import Block
from .unfinished import Arrays

# The series of daily ground surface temperature, where no model predicts it.
GST = "gst"

RESULTS = ("ddt", "ddf", "magst", "valid_days")


def predictor_blocks(
    days: Iterator[Block], elevation: Optional[np.ndarray]
) -> Iterator[tuple[np.ndarray, Mapping[str, np.ndarray]]]:
    """Give the days with the elevation beside the LSTs."""
    for dates, values in days:
        yield dates, values if elevation is None else {**values, ELEVATION: elevation}


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

    def __call__(self, days: Iterator[Block], elevation: Optional[np.ndarray] = None) -> Arrays:
        """Sum the days of a window.

        Parameters
        ----------
        days : iterator of (dates, values)
            From `series.SeriesReader`.
        elevation : array, optional
            Where the model predicts from it.

        Returns
        -------
        dict of arrays, shape (years, rows, columns)
            ``ddt``, ``ddf``, ``magst`` and ``valid_days`` of `core.gst.degreedays.YearSums`, and where it is wanted
            ``outside``, the days that the model extrapolates.
        """
        outside: dict[np.datetime64, np.ndarray] = {}
        blocks = predictor_blocks(days, elevation)
        if self.model is None:
            gst = ((dates, values[GST]) for dates, values in blocks)
        else:
            gst = self._predicted(blocks, outside)
        sums = list(degree_days(gst, self.years, self.summing))
        arrays = {name: np.stack([getattr(year, name) for year in sums]) for name in RESULTS}
        return {**arrays, "outside": np.stack([outside[year] for year in self.years])} if outside else arrays

    def _predicted(
        self, days: Iterator[tuple[np.ndarray, Mapping[str, np.ndarray]]], outside: dict[np.datetime64, np.ndarray]
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Give daily GST by the model; where wanted, count by year the predictions outside the training ranges."""
        for dates, values in days:
            gst = predict(self.model, values, dates)
            if self.extrapolation:
                flags = outside_training(self.model, values, dates) & np.isfinite(gst)
                for year, flag in zip(year_of(dates, self.summing.year_start), flags):
                    outside[year] = outside.get(year, 0) + flag.astype(np.int16)
            yield dates, gst
