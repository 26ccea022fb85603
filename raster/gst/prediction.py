"""Stacks of daily ground surface temperature predicted by a GST model: the job of ``predictgst``."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Iterator, Optional

import numpy as np

from ...core import classes
from ...core.gst.model import GstModel
from ...core.gst.prediction import PredictedGst, outside_training, predict
from ...core.language import tr
from ..read.series import BeyondTally, Day
from ..run.blocks import Running, map_windows
from ..write.provenance import Provenance
from ..write.stack import stack_layer
from ..write.storage import Layer
from ..write.writer import raster_output
from .overpasses import DailySeries, with_elevation

# Days that are predicted and written at a time, so that memory does not grow with the length of the series.
DAYS_AT_ONCE = 16

# Bytes per cell and day: the prediction and its flag.
BYTES_PER_DAY = 6


@dataclass(frozen=True)
class PredictionJob:
    """What is predicted, and from what.

    Attributes
    ----------
    series : DailySeries
        Those of the predictors of the model.
    model : GstModel
    """

    series: DailySeries
    model: GstModel


@dataclass(frozen=True)
class DayPredictor:
    """Predicts the days of a window."""

    model: GstModel

    def __call__(
        self, days: Iterator[Day], elevation: Optional[np.ndarray] = None
    ) -> tuple[list[tuple[np.ndarray, np.ndarray]], np.ndarray]:
        """Return GST, degC, and class of `classes.EXTRAPOLATION` of each day, and a `series.BeyondTally` as array."""
        predicted, tally = [], BeyondTally()
        for date, values in with_elevation(tally.watch(days), elevation):
            gst = predict(self.model, values, date)
            outside = outside_training(self.model, values, date)
            predicted.append((gst, np.where(np.isnan(gst), classes.OUTSIDE, 1 + outside).astype(np.uint8)))
        return predicted, tally.array(self.model.overpasses)


def run_prediction(
    job: PredictionJob, output: str, extrapolation: Optional[str], provenance: Provenance, running: Running
) -> PredictedGst:
    """Write a stack of daily GST, and optionally one of flags.

    Parameters
    ----------
    job : PredictionJob
    output : str
        Path of the stack, degC.
    extrapolation : str, optional
        Path of the flags, classes of `classes.EXTRAPOLATION`.
    provenance : Provenance
    running : Running

    Raises
    ------
    InputError
        If day and night are swapped, no cell can be predicted, or an input cannot be read.
    Cancelled
        If the user has stopped the run.
    """
    series, days, grid = job.series, job.series.days, job.series.grid
    series.require_days_warmer(days)
    names = job.model.overpasses
    tally, extrapolated = BeyondTally(), 0
    layer = stack_layer(days)
    flag_layer = Layer(layer.names, classes=classes.EXTRAPOLATION)
    empty = tr(
        "No cell of '{name}' ever has the overpasses that the model needs: fill the gaps first.", name=series.first.name
    )
    with ExitStack() as outputs:
        gst_output = outputs.enter_context(raster_output(output, grid, layer, provenance, running, empty))
        flag_output = outputs.enter_context(raster_output(extrapolation, grid, flag_layer, provenance, running))
        for start in range(0, len(days), DAYS_AT_ONCE):
            some = days[start : start + DAYS_AT_ONCE]
            part = running.part(start / len(days), len(some) / len(days))
            sources = series.sources(some, BYTES_PER_DAY * len(some))
            for window, (predicted, beyond) in map_windows(DayPredictor(job.model), sources, grid, part):
                tally.add_array(names, beyond)
                for band, (gst, flags) in enumerate(predicted, start=start + 1):
                    gst_output.write(window, gst, band)
                    flag_output.write(window, flags, band)
                    extrapolated += int(np.count_nonzero(flags == classes.EXTRAPOLATED.value))
        return PredictedGst(len(days), gst_output.valid_cells, extrapolated, tuple(tally.sentences(series.stacks)))
