"""Daily ground surface temperature from land surface temperature and a model."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any, Iterator, Optional

import numpy as np

from ...core import classes
from ...core.gst.model import outside_training, predict, read_model
from ...core.gst.table import ELEVATION
from ...raster.gst.degreedays import with_elevation
from ...raster.read.series import BeyondTally, Day, SeriesSource
from ...raster.run.blocks import map_windows
from ...raster.write.stack import stack_layer
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, input_file, raster_output, running_parameters
from .overpasses import days_of, lst_sources, overpass_parameters, read_series, require_day_and_night, require_inputs

# Days that are predicted and written at a time: memory does not grow with the length of the series.
DAYS_AT_ONCE = 16

# Bytes a cell and day: the prediction and its flag.
BYTES_A_DAY = 6


class PredictGst(PermafrostAlgorithm):
    """Algorithm ``permafrost:predictgst``."""

    ID = "predictgst"
    TITLE = "Predict GST"
    GROUP = Group.GST
    TAGS = "ground surface temperature, GST, daily, LST, regression, prediction, extrapolation, stack"
    SUMMARY = "Predicts daily ground surface temperature from land surface temperature by a GST model."
    DESCRIPTION = """
        The result is a stack like those of the LST: one band a day, °C in hundredths. Where an overpass is missing, the
        model's equations for two or three overpasses stand in; where too few are left, there is no value.

        For degree days the stack is not needed: 'Degree days' predicts on the way and writes sums only.

        Stations are low and permafrost is high, so cells may be colder than anything the model has seen. The second
        output tells the predictions for which a predictor lies outside its training range.
    """
    EXAMPLE = (
        "GST_MODEL=model.json TERRA_DAY=terra_day_2005.tif TERRA_NIGHT=terra_night_2005.tif "
        "AQUA_DAY=aqua_day_2005.tif AQUA_NIGHT=aqua_night_2005.tif OUTPUT=gst_2005.tif"
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            input_file("GST_MODEL", "GST model", "A JSON file from 'Fit GST model'.", "json"),
            *overpass_parameters("Where the model needs it."),
            *running_parameters(),
            raster_output("OUTPUT", "GST stack [°C]", "Daily mean, a band a day.", classes.TEMPERATURE),
            raster_output(
                "EXTRAPOLATION",
                "Extrapolation",
                "1 where all predictors of the day are within their training ranges, 2 where one is outside, a band a "
                "day.",
                classes.EXTRAPOLATION,
                optional=True,
                by_default=False,
            ),
            NumberOutput("DAYS", "Days predicted"),
            NumberOutput("EXTRAPOLATED_PERCENT", "Predictions outside the training ranges [%]"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """The model is one, and has what it needs."""
        p.model = read_model(p.GST_MODEL)
        require_inputs(p, p.model)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Predict a few days after the other, block by block."""
        model = p.model
        stacks = read_series(p, [name for name in model.predictors if name != ELEVATION], task)
        days = days_of(stacks)
        first = next(iter(stacks.values()))[0]
        grid = first.source.grid()
        require_day_and_night(SeriesSource(stacks, tuple(days)), grid)

        names = list(stacks)
        tally = BeyondTally()

        def compute(days: Iterator[Day], elevation: Optional[np.ndarray] = None) -> tuple[list, np.ndarray]:
            predicted, of_window = [], BeyondTally()
            for date, values in with_elevation(of_window.watch(days), elevation):
                gst = predict(model, values, date)
                outside = outside_training(model, values, date)
                flags = np.where(np.isnan(gst), classes.OUTSIDE, 1 + outside).astype(np.uint8)
                predicted.append((gst, flags))
            return predicted, of_window.array(names)

        extrapolated = 0
        with ExitStack() as open_outputs:
            empty = f"No cell of '{first.name}' ever has the overpasses that the model needs: fill the gaps first."
            layer = stack_layer(days)
            flag_layer = Layer(layer.names, classes=classes.EXTRAPOLATION)
            output = open_outputs.enter_context(
                write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, empty)
            )
            flag_output = open_outputs.enter_context(
                write_raster(p.EXTRAPOLATION, grid, flag_layer, task.provenance, task.running)
            )
            for start in range(0, len(days), DAYS_AT_ONCE):
                some = tuple(days[start : start + DAYS_AT_ONCE])
                sources = lst_sources(SeriesSource(stacks, some, BYTES_A_DAY * len(some)), model, p.DEM)
                if start == 0:
                    task.align(
                        grid, *(stack.source for parts in stacks.values() for stack in parts), sources.get(ELEVATION)
                    )
                    task.tell_fill_in_elevations(sources.get(ELEVATION), grid)
                share = partial(_progress, task, start / len(days), len(some) / len(days))
                running = replace(task.running, progress=share)
                for window, (predicted, beyond) in map_windows(compute, sources, grid, running):
                    tally.add_array(names, beyond)
                    for band, (gst, flags) in enumerate(predicted, start=start + 1):
                        output.write(window, gst, band)
                        flag_output.write(window, flags, band)
                        extrapolated += int(np.count_nonzero(flags == classes.EXTRAPOLATED.value))
            for sentence in tally.sentences(stacks):
                task.warn(sentence)
            percent = 100 * extrapolated / max(output.valid_cells, 1)
        task.info(f"{percent:.1f} % of the predictions lie outside the training ranges of the model.")
        return {"DAYS": len(days), "EXTRAPOLATED_PERCENT": percent}


def _progress(task: Task, before: float, part: float, share: float) -> None:
    """Show how far the run is, when `share` of a part of it is done."""
    task.progress(before + part * share)
