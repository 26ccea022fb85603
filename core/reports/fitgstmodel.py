"""The report of fitting a GST model."""

from __future__ import annotations

import numpy as np

from ..gst.fit import Fit
from ..gst.model import POOLED
from ..gst.ridge import Scores, collinearity
from ..gst.rows import Cleaning
from . import charts
from .numbers import fixed
from .report import Report

# Variance inflation above which a single coefficient has no meaning.
MAX_INFLATION = 10.0

# Width of the bins of observed temperature in which residuals are averaged, K.
RESIDUAL_BIN = 5.0

# Attributes of `Scores`, and how they are labelled.
SCORES = (("r2", "R²"), ("rmse", "RMSE [K]"), ("mae", "MAE [K]"), ("bias", "Bias [K]"))

RANDOM, STATION = "random folds", "stations left out"


def report_fitgstmodel(report: Report, fit: Fit, cleaning: Cleaning) -> None:
    """Fill a report with the scores, residuals and equations of a fit.

    Parameters
    ----------
    report : Report
    fit : Fit
    cleaning : Cleaning
        What became of the rows of the table.
    """
    _scores(report, fit)
    report.section("Rows")
    for sentence in cleaning.sentences():
        report.paragraph(sentence)
    _residuals(report, fit)
    if fit.model.method == "ridge":
        _penalties(report, fit)
    _equations(report, fit)
    report.methods(_methods(fit))


def _scores(report: Report, fit: Fit) -> None:
    random, station = fit.model.random.overall, fit.model.station.overall
    report.key_figures(
        [
            (f"RMSE, {STATION}", f"{fixed(station.rmse, 2)} K", "to be expected where there is no station"),
            (f"RMSE, {RANDOM}", f"{fixed(random.rmse, 2)} K", "to be expected between the days of known stations"),
            (f"R², {STATION}", station.r2, f"{fixed(random.r2)} with {RANDOM}"),
            ("Rows", random.n, f"with all predictors, of {len(fit.model.random.stations)} stations"),
        ]
    )
    report.paragraph(
        "Temperatures of a station hardly change from one day to the next, so random folds contain part of the answer. "
        "Most cells of a map have no station: the scores with stations left out apply to them."
    )
    report.table(
        ["Validation", "Rows", *(label for _, label in SCORES)],
        [_row(RANDOM, random), _row(STATION, station)],
        "Cross-validated scores. Bias is prediction minus observation.",
    )
    report.figure(
        charts.scatter(fit.table.gst, fit.station, "Observed and predicted", "Observed GST [°C]", "Predicted GST [°C]"),
        "Predictions for stations that were left out, against observations.",
    )


def _residuals(report: Report, fit: Fit) -> None:
    model = fit.model
    report.section("Errors by station, season and temperature")
    for title, by_random, by_station in (
        ("Station", model.random.stations, model.station.stations),
        ("Season", model.random.seasons, model.station.seasons),
    ):
        report.table(
            [title, "Rows", *(label for _, label in SCORES), f"RMSE, {RANDOM} [K]", f"Bias, {RANDOM} [K]"],
            [
                (*_row(name, left_out), by_random[name].rmse, by_random[name].bias)
                for name, left_out in by_station.items()
            ],
            f"Scores by {title.lower()}, with {STATION} and, in the last two columns, with {RANDOM}.",
        )
    centres, random, station = fit.mean_residuals(RESIDUAL_BIN)
    series = [
        charts.Series(RANDOM, centres.tolist(), random.tolist()),
        charts.Series(STATION, centres.tolist(), station.tolist()),
    ]
    report.figure(
        charts.lines(series, "Residuals by temperature", "Observed GST [°C]", "Mean prediction minus observation [K]"),
        f"Mean error by observed temperature, in bins of {RESIDUAL_BIN:g} K. A falling line means that extremes are "
        "predicted too close to the mean, so that freezing and thawing degree days are too small.",
    )


def _penalties(report: Report, fit: Fit) -> None:
    for season, curve in fit.curves.items():
        exponents = np.log10(curve.alphas).tolist()
        series = [
            charts.Series(RANDOM, exponents, curve.random.tolist()),
            charts.Series(STATION, exponents, curve.station.tolist()),
        ]
        report.figure(
            charts.lines(series, "Error and penalty", "log10 of the penalty", "RMSE [K]"),
            f"Cross-validated error by penalty, {_season(season)}. The penalty {_alpha(fit, season)} has the smallest "
            f"error with {RANDOM} and was chosen.",
        )


def _equations(report: Report, fit: Fit) -> None:
    report.section("The model")
    if len(fit.model.predictors) > 1:
        _collinearity(report, fit)
    for season, (first, *others) in fit.model.equations.items():
        constant, slopes = first.slopes
        report.table(
            ["Predictor", "Coefficient [K per s.d.]", "Slope [K per unit]", "Mean", "s.d.", "Lowest", "Highest"],
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
        if others:
            report.table(
                ["Predictors", "Rows", f"RMSE, {RANDOM} [K]", f"RMSE, {STATION} [K]"],
                [(", ".join(e.predictors), e.rows, e.rmse_random, e.rmse_station) for e in others],
                f"Equations that stand in where overpasses are missing, {_season(season)}, in order of preference.",
            )


def _collinearity(report: Report, fit: Fit) -> None:
    inflation, condition = collinearity(fit.table.predictors)
    if inflation.max() > MAX_INFLATION:
        report.notice(
            f"The predictors are collinear (variance inflation up to {inflation.max():.0f}, condition number "
            f"{condition:.0f}): their weighted sum is meaningful, a single coefficient and its sign are not."
        )
    report.table(
        ["Predictor", "Variance inflation"],
        zip(fit.model.predictors, inflation.tolist()),
        f"Variance inflation factors; predictors above {MAX_INFLATION:g} are collinear with others.",
    )


def _methods(fit: Fit) -> str:
    """Return the text for a methods section."""
    model, random, station = fit.model, fit.model.random.overall, fit.model.station.overall
    is_ridge = model.method == "ridge"
    within = "for each season separately" if model.seasonal else "for all seasons together"
    harmonics = " and harmonics of the day of the year" if model.harmonics else ""
    penalty = "The penalty" if model.seasonal else f"The penalty of {_alpha(fit, POOLED)}"
    chosen = f" {penalty} was chosen by {fit.fitting.folds}-fold cross-validation." if is_ridge else ""
    return (
        f"Daily mean ground surface temperature was regressed on {', '.join(model.predictors)}{harmonics} by "
        f"{'ridge regression' if is_ridge else 'ordinary least squares'} with standardised predictors {within}, using "
        f"{random.n} station-days from {len(model.random.stations)} stations.{chosen} Cross-validation with random "
        f"folds gave {_score_text(random)}; leaving stations out gave {_score_text(station)}."
    )


def _score_text(scores: Scores) -> str:
    return (
        f"R² = {fixed(scores.r2, 2)}, RMSE = {fixed(scores.rmse, 2)} K, MAE = {fixed(scores.mae, 2)} K and bias = "
        f"{fixed(scores.bias, 2)} K"
    )


def _row(name: str, scores: Scores) -> tuple:
    return (name, scores.n, *(getattr(scores, attribute) for attribute, _ in SCORES))


def _alpha(fit: Fit, season: str) -> str:
    return f"{fit.model.equations[season][0].alpha:.4g}"


def _season(season: str) -> str:
    return "all seasons" if season == POOLED else season
