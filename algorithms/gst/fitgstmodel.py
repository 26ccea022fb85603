"""The regression of ground surface temperature on land surface temperature."""

from __future__ import annotations

from typing import Any

from ...core.about import METHOD
from ...core.errors import InputError
from ...core.gst.fit import Fitting, fit_gst_model
from ...core.gst.model import METHODS, POOLED
from ...core.gst.modelfile import write_model
from ...core.gst.seasons import MAX_PAIRS
from ...core.gst.table import clean_table
from ...core.language import tr
from ...core.prepare.scenes import OVERPASSES
from ...core.reports.fitgstmodel import RANDOM, SCORES, STATION, report_fitgstmodel
from ...core.reports.numbers import fixed
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    Values,
    choice,
    field,
    fields,
    model_output,
    number,
    report_output,
    seed_parameter,
    switch,
    table,
    whole_number,
)
from .overpasses import show_cleaning

UNITS = ("degc", "kelvin")


class FitGstModel(PermafrostAlgorithm):
    """Algorithm ``permafrost:fitgstmodel``."""

    ID = "fitgstmodel"
    TITLE = "Fit GST model"
    GROUP = Group.GST
    TAGS = "regression, ridge, cross-validation, ground surface temperature, LST, stations, loggers, calibration, GST"
    SUMMARY = "Fits daily ground surface temperature at stations to land surface temperature by ridge regression."
    DESCRIPTION = """
        Each row of the table is a station on a day: its daily mean ground surface temperature and the land surface
        temperatures of its cell. Rows without station, date or GST, fill values, texts and repeated station-days are
        left out, and the report states how many and why. Temperatures in tenths of a degree or in kelvin are refused,
        and so is a table of which more than a tenth cannot be read. Dates, numbers and stations are read as in 'Sample
        LST at stations'.

        Predictors are standardised, the intercept is not penalised, and the penalty is the one with the smallest error
        in cross-validation with random folds. Where some overpasses are missing, equations for two or three of them
        stand in.

        Two validations are reported. Random folds leave out days of stations that are otherwise known. Leaving out all
        days of a station shows what error to expect where there is no station.
    """
    EXAMPLE = "INPUT=training.csv OUTPUT=model.json OUTPUT_HTML=report.html"
    REFERENCES = (
        "Hoerl, A. E. & Kennard, R. W. (1970): Ridge regression: biased estimation for nonorthogonal problems. "
        "Technometrics 12(1), 55-67. doi:10.1080/00401706.1970.10488634",
        METHOD,
    )

    RESUMES = True

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            table(
                "INPUT",
                "Training table",
                "GST and LST by station and day, as a layer or a CSV file.",
                fields=("TARGET", "PREDICTORS", "STATION", "DATE"),
            ),
            field(
                "TARGET",
                "GST [°C]",
                "Field with the daily mean ground surface temperature.",
                "INPUT",
                default="gst",
            ),
            fields(
                "PREDICTORS",
                "Predictors",
                "Fields with land surface temperatures, named as the overpasses: terra_day, terra_night, aqua_day, "
                "aqua_night. A field elevation [m] may be among them. The model predicts from rasters of these names.",
                "INPUT",
                OVERPASSES,
            ),
            field("STATION", "Station", "Field with the name of the station.", "INPUT", default="station"),
            field(
                "DATE",
                "Date",
                "Field with the day, as a date or as text such as YYYY-MM-DD.",
                "INPUT",
                default="date",
            ),
            choice(
                "UNIT", "Unit of the LSTs", "degc: °C. kelvin: converted to °C. GST is in °C either way.", UNITS, "degc"
            ),
            choice(
                "METHOD",
                "Method",
                "ridge: ridge regression. ols: ordinary least squares, for comparison.",
                METHODS,
                "ridge",
            ),
            switch(
                "SEASONAL",
                "Each season separately",
                "Fits DJF, MAM, JJA and SON separately; otherwise one model applies to the whole year.",
                False,
            ),
            whole_number(
                "HARMONICS",
                "Harmonics of the year",
                "Adds sine and cosine of the day of the year to the predictors: 1 for the annual wave, 2 for the "
                "semi-annual wave, too.",
                0,
                0,
                MAX_PAIRS,
                advanced=True,
            ),
            whole_number(
                "FOLDS", "Random folds", "Number of folds that choose the penalty.", 10, 2, 1000, advanced=True
            ),
            number("ALPHA_MIN", "Smallest penalty", "Lower end of the range of penalties.", 1e-3, 1e-9, advanced=True),
            number("ALPHA_MAX", "Largest penalty", "Upper end of the range of penalties.", 1e4, 1e-9, advanced=True),
            seed_parameter("The same seed gives the same random folds.", 0),
            model_output("OUTPUT", "GST model", "A JSON file with the equations and their scores."),
            report_output(),
            NumberOutput("ALPHA", "Penalty, unless each season has its own"),
            *(
                NumberOutput(f"{attribute.upper()}{suffix}", f"{label}, {way}")
                for suffix, way in (("", RANDOM), ("_STATION", STATION))
                for attribute, label in SCORES
            ),
        )

    def check(self, p: Values) -> None:
        """Require a valid range of penalties."""
        if p.ALPHA_MIN > p.ALPHA_MAX:
            raise InputError(
                tr(
                    "ALPHA_MIN is {alpha_min:g} and ALPHA_MAX is {alpha_max:g}: the first may not be above the second.",
                    alpha_min=p.ALPHA_MIN,
                    alpha_max=p.ALPHA_MAX,
                )
            )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Clean the table, fit, validate, write."""
        training, cleaning = clean_table(
            p.INPUT.take_fields(), p.STATION, p.DATE, p.TARGET, p.PREDICTORS, p.INPUT.name, p.UNIT == "kelvin"
        )
        show_cleaning(cleaning, task)
        fitting = Fitting(p.METHOD, p.FOLDS, p.ALPHA_MIN, p.ALPHA_MAX, p.SEASONAL, p.HARMONICS, p.SEED)
        simulated = {"simulated": task.simulated} if task.simulated else {}
        task.info(tr("Fitting and cross-validating the model on {rows} rows ...", rows=len(training.gst)))
        provenance = {"table": p.INPUT.name, **task.parameters, **simulated}
        fit = fit_gst_model(training, fitting, provenance, task.require_not_cancelled)
        task.warn(*fit.warnings)
        if p.OUTPUT:
            write_model(fit.model, p.OUTPUT)
        task.write_report(p.OUTPUT_HTML, lambda report: report_fitgstmodel(report, fit, cleaning))
        random, station = fit.model.random.overall, fit.model.station.overall
        task.info(
            tr(
                "RMSE {rmse_random} K with {random}, {rmse_station} K with {station}.",
                rmse_random=fixed(random.rmse, 2),
                random=tr(RANDOM),
                rmse_station=fixed(station.rmse, 2),
                station=tr(STATION),
            )
        )
        results = {
            f"{attribute.upper()}{suffix}": getattr(scores, attribute)
            for suffix, scores in (("", random), ("_STATION", station))
            for attribute, _ in SCORES
        }
        return results if p.SEASONAL else {**results, "ALPHA": fit.model.equations[POOLED][0].alpha}
