"""Daily ground surface temperature from land surface temperature and a model."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.gst.model import GstModel
from ...core.gst.modelfile import read_model
from ...core.language import tr
from ...raster.gst.prediction import PredictionJob, run_prediction
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, Values, input_file, raster_output, running_parameters, scheduler_parameter
from .overpasses import (
    needed_elevation,
    overpass_parameters,
    read_series,
    require_inputs,
    require_one_start,
    show_alignment,
)


class PredictGst(PermafrostAlgorithm):
    """Algorithm ``permafrost:predictgst``."""

    ID = "predictgst"
    TITLE = "Predict GST"
    GROUP = Group.GST
    TAGS = "ground surface temperature, GST, daily, LST, regression, prediction, extrapolation, stack"
    SUMMARY = "Predicts daily ground surface temperature from land surface temperature by a GST model."
    DESCRIPTION = """
        The result is a stack like those of the LST: one band per day, in hundredths of °C. Where an overpass is
        missing, the equations of the model for two or three overpasses stand in; where too few are left, there is no
        value.

        Degree days do not need this stack: 'Degree days' predicts the days itself and writes only their sums.

        Stations are usually low and permafrost is high, so cells may be colder than all training data. The second
        output marks the predictions for which a predictor lies outside its training range.
    """
    EXAMPLE = (
        "GST_MODEL=model.json TERRA_DAY=terra_day_2005.tif TERRA_NIGHT=terra_night_2005.tif "
        "AQUA_DAY=aqua_day_2005.tif AQUA_NIGHT=aqua_night_2005.tif OUTPUT=gst_2005.tif"
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            input_file("GST_MODEL", "GST model", "A JSON file from 'Fit GST model'.", "json"),
            *overpass_parameters("Needed where the model predicts from it."),
            *running_parameters(),
            scheduler_parameter(),
            raster_output("OUTPUT", "GST stack [°C]", "Daily mean, one band per day.", classes.TEMPERATURE),
            raster_output(
                "EXTRAPOLATION",
                "Extrapolation",
                "1 where all predictors of the day are within their training ranges, 2 where one is outside; one band "
                "per day.",
                classes.EXTRAPOLATION,
                optional=True,
                by_default=False,
            ),
            NumberOutput("DAYS", "Days predicted"),
            NumberOutput("EXTRAPOLATED_PERCENT", "Predictions outside the training ranges [%]"),
        )

    def check(self, p: Values) -> GstModel:
        """Require a valid model and its predictors; return the model."""
        model = read_model(p.GST_MODEL)
        require_inputs(p, model)
        require_one_start(p, model.overpasses)
        return model

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Predict a few days at a time, window by window."""
        model = task.checked
        series = read_series(p, model.overpasses, needed_elevation(p, model), task)
        show_alignment(series, task)
        with task.runner(series.paths) as running:
            result = run_prediction(PredictionJob(series, model), p.OUTPUT, p.EXTRAPOLATION, task.provenance, running)
        task.warn(*result.warnings)
        percent = result.extrapolated_percent
        task.info(
            tr("{percent:.1f} % of the predictions lie outside the training ranges of the model.", percent=percent)
        )
        return {"DAYS": result.days, "EXTRAPOLATED_PERCENT": percent}
