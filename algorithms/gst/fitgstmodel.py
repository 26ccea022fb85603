"""The regression of ground surface temperature on land surface temperature."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core.errors import InputError
from ...core.gst.fit import Fit, Fitting, fit_gst_model
from ...core.gst.model import METHODS, POOLED, write_model
from ...core.gst.ridge import Scores, collinearity
from ...core.gst.seasons import MAX_PAIRS
from ...core.gst.table import Cleaning, clean_table
from ...core.prepare.scenes import OVERPASSES
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    choice,
    field,
    fields,
    model_output,
    number,
    report_output,
    switch,
    table,
    whole_number,
)
from .overpasses import tell

# Variance inflation from which a single coefficient says nothing.
INFLATED = 10.0

# Observations with a temperature this much apart share a mean residual in the report, K.
RESIDUAL_BIN = 5.0

UNITS = ("degc", "kelvin")

# Name of the score, and decimals are those of the report.
SCORES = (("R2", "r2", "R²"), ("RMSE", "rmse", "RMSE [K]"), ("MAE", "mae", "MAE [K]"), ("BIAS", "bias", "Bias [K]"))


class FitGstModel(PermafrostAlgorithm):
    """Algorithm ``permafrost:fitgstmodel``."""

    ID = "fitgstmodel"
    TITLE = "Fit GST model"
    GROUP = Group.GST
    TAGS = "regression, ridge, cross-validation, ground surface temperature, LST, stations, loggers, calibration, GST"
    SUMMARY = "Fits daily ground surface temperature of stations to land surface temperature by ridge regression."
    DESCRIPTION = """
        A row of the table is one station on one day: its daily mean ground surface temperature and the land surface
        temperatures of its cell. Rows without station, date or GST, fill values, texts and repeated station-days are
        left out, and the report tells how many and why. Temperatures in tenths of a degree or in kelvin are refused,
        and so is a table of which more than a tenth cannot be read. Dates, numbers and stations are read as in 'Sample
        LST at stations'.

        Predictors are standardised, the intercept is not penalised, and the penalty is the one with the smallest error
        in cross-validation with random folds. Where some overpasses are missing, models of two or three of them stand
        in.

        Two validations stand side by side. Random folds leave out days of stations that are otherwise known;
        leave-station-out leaves out all days of a station, and tells what to expect where there is none.
    """
    EXAMPLE = "INPUT=training.csv OUTPUT=model.json OUTPUT_HTML=report.html"
    REFERENCES = (
        "Hoerl, A. E. & Kennard, R. W. (1970): Ridge regression: biased estimation for nonorthogonal problems. "
        "Technometrics 12(1), 55-67. doi:10.1080/00401706.1970.10488634",
        "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & "
        "Remote Sensing 62(1). doi:10.1080/15481603.2025.2596941",
    )

    RESUMES = True

    def declare(self) -> tuple:
        """Parameters and outputs."""
        ways = (("", "random folds"), ("_STATION", "stations left out"))
        return (
            table("INPUT", "Training table", "Stations by day with GST and LST, as a layer or a CSV file."),
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
            field("STATION", "Station", "Field that names the station.", "INPUT", default="station"),
            field(
                "DATE",
                "Date",
                "Field with the day, as a date or as text such as YYYY-MM-DD.",
                "INPUT",
                default="date",
            ),
            choice(
                "UNIT", "Unit of the LSTs", "degc: °C. kelvin: turned into °C. GST is in °C either way.", UNITS, "degc"
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
                "Each season by itself",
                "Fits DJF, MAM, JJA and SON one by one; else one model holds for the whole year.",
                False,
            ),
            whole_number(
                "HARMONICS",
                "Waves of the year",
                "Adds sine and cosine of the day of the year to the predictors: 1 the annual wave, 2 the semi-annual "
                "one too.",
                0,
                0,
                MAX_PAIRS,
                advanced=True,
            ),
            whole_number(
                "FOLDS", "Random folds", "Number of folds that choose the penalty.", 10, 2, 1000, advanced=True
            ),
            number("ALPHA_MIN", "Smallest penalty", "Penalties from here on are tried.", 1e-3, 1e-9, advanced=True),
            number("ALPHA_MAX", "Largest penalty", "Penalties up to here are tried.", 1e4, 1e-9, advanced=True),
            whole_number("SEED", "Seed", "Equal seeds give equal random folds.", 0, 0, 2**31 - 1, advanced=True),
            model_output("OUTPUT", "GST model", "A JSON file with all that predicting needs, and the scores."),
            report_output(),
            NumberOutput("ALPHA", "Penalty; not given for seasons"),
            *(NumberOutput(f"{name}{suffix}", f"{label}, {way}") for suffix, way in ways for name, _, label in SCORES),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Penalties are a range."""
        if p.ALPHA_MIN > p.ALPHA_MAX:
            raise InputError(
                f"ALPHA_MIN is {p.ALPHA_MIN:g} and ALPHA_MAX is {p.ALPHA_MAX:g}: the first may not be above the second."
            )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Clean the table, fit, validate, write."""
        training, cleaning = clean_table(
            p.INPUT.fields, p.STATION, p.DATE, p.TARGET, p.PREDICTORS, p.INPUT.name, p.UNIT == "kelvin"
        )
        tell(cleaning, task)
        fitting = Fitting(p.METHOD, p.FOLDS, p.ALPHA_MIN, p.ALPHA_MAX, p.SEASONAL, p.HARMONICS, p.SEED)
        provenance = {"table": p.INPUT.name, **task.parameters}
        if task.simulated:
            provenance["simulated"] = task.simulated
        fit = fit_gst_model(training, fitting, provenance)
        for season, curve in fit.curves.items():
            alpha = fit.model.equations[season][0].alpha
            if p.METHOD == "ridge" and len(curve.alphas) > 1 and alpha in (curve.alphas[0], curve.alphas[-1]):
                task.warn(f"The penalty {alpha:g} is at the end of its range: widen ALPHA_MIN and ALPHA_MAX.")
        if p.OUTPUT:
            write_model(fit.model, p.OUTPUT)
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, fit, cleaning))
        random, station = fit.model.random.overall, fit.model.station.overall
        task.info(
            f"RMSE {fixed(random.rmse, 2)} K with random folds, {fixed(station.rmse, 2)} K with stations left out."
        )
        results = {name: getattr(random, attribute) for name, attribute, _ in SCORES}
        results.update({f"{name}_STATION": getattr(station, attribute) for name, attribute, _ in SCORES})
        if not p.SEASONAL:
            results["ALPHA"] = fit.model.equations[POOLED][0].alpha
        return results


def _report(report: Report, p: SimpleNamespace, fit: Fit, cleaning: Cleaning) -> None:
    model, gst = fit.model, fit.table.gst
    random, station = model.random.overall, model.station.overall
    report.key_figures(
        [
            ("RMSE, stations left out", f"{fixed(station.rmse, 2)} K", "to expect where there is no station"),
            ("RMSE, random folds", f"{fixed(random.rmse, 2)} K", "to expect between days of known stations"),
            ("R², stations left out", station.r2, f"{fixed(random.r2)} with random folds"),
            ("Rows", random.n, f"of {len(model.random.stations)} stations"),
        ]
    )
    report.paragraph(
        "Neighbouring days of a station are nearly the same, so random folds know the answer in part. A map is made of "
        "cells without a station: the scores with stations left out are the ones that hold for it."
    )
    report.table(
        ["Validation", "Rows", *(label for _, _, label in SCORES)],
        [_row("random folds", random), _row("stations left out", station)],
        "Cross-validated scores. Bias is prediction minus observation.",
    )
    report.figure(
        charts.scatter(gst, fit.station, "Observed and predicted", "Observed GST [°C]", "Predicted GST [°C]"),
        "Predictions for stations that were left out, against observations.",
    )
    report.section("Rows")
    for sentence in cleaning.sentences():
        report.paragraph(sentence)
    _residuals(report, fit)
    if p.METHOD == "ridge":
        for season, curve in fit.curves.items():
            exponents = np.log10(curve.alphas)
            series = [
                charts.Series("random folds", exponents, curve.random),
                charts.Series("stations left out", exponents, curve.station),
            ]
            report.figure(
                charts.lines(series, "Error and penalty", "log10 of the penalty", "RMSE [K]"),
                f"Cross-validated error for each penalty, {_season(season)}. Random folds chose the penalty "
                f"{model.equations[season][0].alpha:.4g}.",
            )
    _coefficients(report, fit)
    within = "for each season" if model.seasonal else "for all seasons together"
    waves = " and harmonics of the day of the year" if model.harmonics else ""
    penalty = "The penalty" if model.seasonal else f"The penalty of {model.equations[POOLED][0].alpha:.4g}"
    report.methods(
        f"Daily mean ground surface temperature was regressed on {', '.join(model.predictors)}{waves} "
        f"by {'ridge regression' if p.METHOD == 'ridge' else 'ordinary least squares'} with standardised predictors "
        f"{within}, on {random.n} station-days of {len(model.random.stations)} stations."
        + (f" {penalty} was chosen by {p.FOLDS}-fold cross-validation." if p.METHOD == "ridge" else "")
        + f" Cross-validated with random folds, R² is {fixed(random.r2, 2)}, RMSE {fixed(random.rmse, 2)} K, MAE "
        f"{fixed(random.mae, 2)} K and bias {fixed(random.bias, 2)} K; with stations left out they are "
        f"{fixed(station.r2, 2)}, {fixed(station.rmse, 2)} K, {fixed(station.mae, 2)} K and "
        f"{fixed(station.bias, 2)} K."
    )


def _residuals(report: Report, fit: Fit) -> None:
    model, gst = fit.model, fit.table.gst
    report.section("Errors by station, season and temperature")
    for title, by_random, by_station in (
        ("Station", model.random.stations, model.station.stations),
        ("Season", model.random.seasons, model.station.seasons),
    ):
        report.table(
            [
                title,
                "Rows",
                "R²",
                "RMSE [K]",
                "MAE [K]",
                "Bias [K]",
                "RMSE, random folds [K]",
                "Bias, random folds [K]",
            ],
            [
                (*_row(name, left_out), by_random[name].rmse, by_random[name].bias)
                for name, left_out in by_station.items()
            ],
            f"Scores by {title.lower()}, with stations left out and, in the last columns, with random folds.",
        )
    bins = np.round(gst / RESIDUAL_BIN) * RESIDUAL_BIN
    centres = np.unique(bins)
    series = [
        charts.Series(label, centres, [np.nanmean(np.append((predicted - gst)[bins == c], np.nan)) for c in centres])
        for label, predicted in (("random folds", fit.random), ("stations left out", fit.station))
    ]
    report.figure(
        charts.lines(series, "Residuals by temperature", "Observed GST [°C]", "Mean prediction minus observation [K]"),
        f"Mean error by observed temperature, in steps of {RESIDUAL_BIN:g} K. A falling line means that extremes are "
        "drawn to the mean: freezing and thawing degree days come out too small.",
    )


def _coefficients(report: Report, fit: Fit) -> None:
    model = fit.model
    report.section("The model")
    if len(model.predictors) > 1:
        _collinearity(report, fit)
    for season, (first, *fall_backs) in model.equations.items():
        constant, slopes = first.slopes
        report.table(
            ["Predictor", "Coefficient [K per s.d.]", "Slope", "Mean", "s.d.", "Lowest", "Highest"],
            zip(
                first.predictors,
                first.coefficients,
                slopes.tolist(),
                first.means,
                first.scales,
                first.lowest,
                first.highest,
            ),
            f"Coefficients and training ranges, {_season(season)}. Intercept {fixed(constant)} °C, penalty "
            f"{first.alpha:.4g}. Predictions outside the ranges are extrapolations.",
        )
        if fall_backs:
            report.table(
                ["Predictors", "Rows", "RMSE, random folds [K]", "RMSE, stations left out [K]"],
                [(", ".join(e.predictors), e.rows, e.rmse_random, e.rmse_station) for e in fall_backs],
                f"Models that stand in where overpasses are missing, {_season(season)}, in the order of their use.",
            )


def _collinearity(report: Report, fit: Fit) -> None:
    inflation, condition = collinearity(fit.table.predictors)
    if inflation.max() > INFLATED:
        report.notice(
            f"The predictors repeat each other (variance inflation up to {inflation.max():.0f}, condition number "
            f"{condition:.0f}): their sum is meaningful, a single coefficient and its sign are not."
        )
    report.table(
        ["Predictor", "Variance inflation"],
        zip(fit.model.predictors, inflation.tolist()),
        f"How far each predictor follows from the others; above {INFLATED:g} they are collinear.",
    )


def _row(name: str, of: Scores) -> tuple:
    return (name, of.n, *(getattr(of, attribute) for _, attribute, _ in SCORES))


def _season(season: str) -> str:
    return "all seasons" if season == POOLED else season
