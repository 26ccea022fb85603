"""Degree days from daily ground surface temperature, or directly from land surface temperature and a model."""

from __future__ import annotations

from typing import Any, Optional

from ...core import classes
from ...core.about import METHOD
from ...core.errors import InputError
from ...core.gst.degreedays import MAX_MIN_DAYS, MISSING, Summing, year_name
from ...core.gst.model import GstModel
from ...core.gst.modelfile import read_model
from ...core.language import tr
from ...raster.gst.degreedays import GST, DegreeDayJob, DegreeDayOutputs, run_degree_days
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    Values,
    choice,
    either,
    input_file,
    raster_output,
    rasters,
    running_parameters,
    scheduler_parameter,
    switch,
    whole_number,
)
from .overpasses import (
    given_overpasses,
    needed_elevation,
    overpass_parameters,
    read_series,
    require_inputs,
    require_one_start,
    show_alignment,
)

# The outputs of which at least one is required; with EXTRAPOLATION they are the fields of `DegreeDayOutputs`.
OUTPUTS = ("DDT", "DDF", "MAGST", "VALID_DAYS", "DDT_MEAN", "DDF_MEAN", "MAGST_MEAN")


class DegreeDays(PermafrostAlgorithm):
    """Algorithm ``permafrost:degreedays``."""

    ID = "degreedays"
    TITLE = "Degree days"
    GROUP = Group.GST
    TAGS = (
        "DDT, DDF, thawing degree days, freezing degree days, thawing index, freezing index, MAGST, GST, freezing year"
    )
    SUMMARY = "Sums daily ground surface temperature to thawing and freezing degree days of each year."
    DESCRIPTION = """
        DDT is the sum of the positive daily means of a year and DDF the magnitude of the sum of the negative ones. The
        mean annual ground surface temperature is (DDT - DDF) / P, where P is the number of days of the year.

        Daily temperatures are read from GST stacks, or predicted from LST stacks by a GST model without being written.
        The stacks are read once, day by day.

        Most missing days are in winter, so a plain sum is too small, and scaling the sum of the year is biased. By
        default each month is scaled by its days over its valid days; a cell with too few valid days in any month has no
        value for the year. Years in which the series begins or ends are left out.

        Predicted temperatures are conditional means, which vary less than the true ones. Around 0 °C their sums are
        therefore too small, DDT and DDF by the same amount, and MAGST is not. RESIDUAL_VARIANCE adds what is missing
        on average, by the expectation of a normal temperature above and below 0 °C.

        A run that was stopped resumes when it is started again with the same inputs and parameters: finished blocks
        are kept in a hidden folder beside the first output.
    """
    EXAMPLE = (
        "GST_MODEL=model.json TERRA_DAY=terra_day_2005.tif TERRA_NIGHT=terra_night_2005.tif "
        "AQUA_DAY=aqua_day_2005.tif AQUA_NIGHT=aqua_night_2005.tif DDT=ddt.tif DDF=ddf.tif"
    )
    REFERENCES = (
        METHOD,
        "Calov, R. & Greve, R. (2005): A semi-analytical solution for the positive degree-day model with stochastic "
        "temperature variations. Journal of Glaciology 51(172), 173-175. doi:10.3189/172756505781829601",
    )

    RESUMES = True

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            either(
                rasters(
                    "GST",
                    "GST stacks (or a GST model with LST stacks)",
                    "Daily ground surface temperature in °C, one band per day, in one file or several consecutive "
                    "ones.",
                    optional=True,
                    unit="degC",
                )
            ),
            either(
                input_file(
                    "GST_MODEL",
                    "GST model (or GST stacks)",
                    "From 'Fit GST model'; predicts GST from the LST stacks.",
                    "json",
                    optional=True,
                )
            ),
            *overpass_parameters("Needed where the model predicts from it."),
            whole_number(
                "YEAR_START",
                "First month of the year",
                "1 for calendar years, 8 or 9 for freezing years, which keep a winter together.",
                1,
                1,
                12,
            ),
            choice(
                "MISSING",
                "Missing days",
                "monthly: each month is scaled by its days over its valid days. harmonic: missing days are taken from "
                "annual and semi-annual waves fitted to the valid days of the year. none: only valid days are summed, "
                "so DDT and DDF are too small where days are missing, while MAGST is divided by the valid days.",
                MISSING,
                "monthly",
            ),
            whole_number(
                "MIN_DAYS",
                "Valid days per month",
                "A cell with fewer valid days in any month has no value for the year.",
                10,
                1,
                MAX_MIN_DAYS,
            ),
            switch(
                "RESIDUAL_VARIANCE",
                "Account for the residual variance of the model",
                "Only with a model. DDT and DDF are the expected sums of daily temperatures that are normal about the "
                "predictions, with the variance of the daily errors at stations left out, the mean error of each "
                "station excepted.",
                False,
                advanced=True,
            ),
            *running_parameters(),
            scheduler_parameter(),
            raster_output(
                "DDT",
                "DDT per year [°C d]",
                "Thawing degree days, one band per year.",
                classes.DEGREE_DAYS,
                optional=True,
                by_default=False,
            ),
            raster_output(
                "DDF",
                "DDF per year [°C d]",
                "Freezing degree days, one band per year.",
                classes.DEGREE_DAYS,
                optional=True,
                by_default=False,
            ),
            raster_output(
                "MAGST",
                "MAGST per year [°C]",
                "Mean annual ground surface temperature, one band per year.",
                classes.TTOP,
                optional=True,
                by_default=False,
            ),
            raster_output(
                "VALID_DAYS",
                "Valid days per year",
                "Days with a value, one band per year.",
                classes.VALID_DAYS,
                optional=True,
                by_default=False,
            ),
            raster_output(
                "DDT_MEAN",
                "Mean DDT [°C d]",
                "Mean over the valid years of a cell.",
                classes.DEGREE_DAYS,
                optional=True,
            ),
            raster_output(
                "DDF_MEAN",
                "Mean DDF [°C d]",
                "Mean over the valid years of a cell.",
                classes.DEGREE_DAYS,
                optional=True,
            ),
            raster_output(
                "MAGST_MEAN", "Mean MAGST [°C]", "Mean over the valid years of a cell.", classes.TTOP, optional=True
            ),
            raster_output(
                "EXTRAPOLATION",
                "Extrapolated days [%]",
                "Share of the valid days of a year on which an overpass or the elevation is outside the training range "
                "of the model, one band per year. Only with a model.",
                classes.PERCENT,
                optional=True,
                by_default=False,
            ),
            NumberOutput("YEARS", "Years summed"),
        )

    def check(self, p: Values) -> Optional[GstModel]:
        """Require either GST, or a model with its predictors; return the model."""
        lst = [overpass.upper() for overpass in given_overpasses(p)]
        if bool(p.GST) == bool(p.GST_MODEL):
            raise InputError(
                tr("Both GST and GST_MODEL are given: choose GST stacks, or a model with LST stacks.")
                if p.GST
                else tr("Neither GST nor GST_MODEL is given: choose GST stacks, or a model with LST stacks.")
            )
        if not any(getattr(p, name) for name in OUTPUTS):
            raise InputError(
                tr("No output is requested: give a file name for one of {outputs}.", outputs=", ".join(OUTPUTS))
            )
        if p.GST and lst:
            raise InputError(
                tr("GST and {lst} are given: leave the LST stacks out, or choose a model.", lst=", ".join(lst))
            )
        if p.GST and p.EXTRAPOLATION:
            raise InputError(tr("EXTRAPOLATION is requested with GST stacks: leave it out, it needs a model."))
        if p.GST and p.RESIDUAL_VARIANCE:
            raise InputError(
                tr(
                    "RESIDUAL_VARIANCE is on with GST stacks, and the variance is that of a model: switch it off, or "
                    "give the model and LST stacks."
                )
            )
        model = read_model(p.GST_MODEL) if p.GST_MODEL else None
        if model is not None and p.RESIDUAL_VARIANCE and not model.daily_sd > 0:
            raise InputError(
                tr(
                    "GST model '{name}' states no daily errors at stations left out: switch RESIDUAL_VARIANCE off, or "
                    "fit the model again.",
                    name=p.GST_MODEL,
                )
            )
        if model is not None:
            require_inputs(p, model)
        require_one_start(p, _series_names(model))
        return model

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Sum year by year, window by window."""
        model = task.checked
        series = read_series(p, _series_names(model), needed_elevation(p, model), task)
        daily_sd = model.daily_sd if model is not None and p.RESIDUAL_VARIANCE else 0.0
        job = DegreeDayJob(series, Summing(p.YEAR_START, p.MISSING, p.MIN_DAYS, daily_sd), model)
        complete, incomplete = (", ".join(map(year_name, years)) for years in job.years())
        if incomplete:
            task.warn(tr("Left out, since the series begins or ends within: {incomplete}.", incomplete=incomplete))
        show_alignment(series, task)
        task.info(tr("Years: {complete}.", complete=complete))
        if daily_sd > 0:
            task.info(
                tr(
                    "Residual variance: daily temperatures are taken as normal about the predictions with a standard "
                    "deviation of {daily_sd:.2f} K.",
                    daily_sd=daily_sd,
                )
            )
        if p.MISSING == "none":
            task.warn(
                tr(
                    "MISSING is none: where days are missing, DDT and DDF are sums of the valid days and too small, "
                    "while MAGST is divided by the number of valid days: choose monthly or harmonic for the whole "
                    "year."
                )
            )
        outputs = DegreeDayOutputs(**{name.lower(): getattr(p, name) for name in (*OUTPUTS, "EXTRAPOLATION")})
        with task.runner(series.paths) as running:
            result = run_degree_days(job, outputs, task.provenance, running)
        task.warn(*result.warnings)
        return {"YEARS": len(result.years)}


def _series_names(model: Optional[GstModel]) -> tuple[str, ...]:
    """Return the names of the series to read, which are those of parameters in lower case."""
    return (GST,) if model is None else model.overpasses
