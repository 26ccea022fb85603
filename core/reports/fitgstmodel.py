"""The report of fitting a GST model."""

from __future__ import annotations

import numpy as np

from ..gst.fit import Fit
from ..gst.model import POOLED
from ..gst.ridge import Scores, collinearity
from ..gst.rows import Cleaning
from ..language import tr
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
            (f"RMSE, {STATION}", f"{fixed(station.rmse, 2)} K", tr("to be expected where there is no station")),
            (f"RMSE, {RANDOM}", f"{fixed(random.rmse, 2)} K", tr("to be expected between the days of known stations")),
            (f"R², {STATION}", station.r2, tr("{r2} with {random}", r2=fixed(random.r2), random=RANDOM)),
            (
                "Rows",
                random.n,
                tr("with all predictors, of {n_stations} stations", n_stations=len(fit.model.random.stations)),
            ),
        ]
    )
    report.paragraph(
        tr(
            "Temperatures of a station hardly change from one day to the next, so random folds contain part "
            "of the answer. Most cells of a map have no station: the scores with stations left out apply to "
            "them."
        )
    )
    report.table(
        ["Validation", "Rows", *(label for _, label in SCORES)],
        [_row(RANDOM, random), _row(STATION, station)],
        tr("Cross-validated scores. Bias is prediction minus observation."),
    )
    report.figure(
        charts.scatter(
            fit.table.gst, fit.station, tr("Observed and predicted"), tr("Observed GST [°C]"), tr("Predicted GST [°C]")
        ),
        tr("Predictions for stations that were left out, against observations."),
    )


def _residuals(report: Report, fit: Fit) -> None:
    model = fit.model
    report.section(tr("Errors by station, season and temperature"))
    for title, by_random, by_station in (
        ("Station", model.random.stations, model.station.stations),
        ("Season", model.random.seasons, model.station.seasons),
    ):
        report.table(
            [
                title,
                "Rows",
                *(label for _, label in SCORES),
                f"RMSE, {RANDOM} [K]",
                tr("Bias, {random} [K]", random=RANDOM),
            ],
            [
                (*_row(name, left_out), by_random[name].rmse, by_random[name].bias)
                for name, left_out in by_station.items()
            ],
            tr(
                "Scores by {title}, with {station} and, in the last two columns, with {random}.",
                title=title.lower(),
                station=STATION,
                random=RANDOM,
            ),
        )
    centres, random, station = fit.mean_residuals(RESIDUAL_BIN)
    series = [
        charts.Series(RANDOM, centres.tolist(), random.tolist()),
        charts.Series(STATION, centres.tolist(), station.tolist()),
    ]
    report.figure(
        charts.lines(
            series, tr("Residuals by temperature"), tr("Observed GST [°C]"), tr("Mean prediction minus observation [K]")
        ),
        tr(
            "Mean error by observed temperature, in bins of {residual_bin:g} K. A falling line means that "
            "extremes are predicted too close to the mean, so that freezing and thawing degree days are too "
            "small.",
            residual_bin=RESIDUAL_BIN,
        ),
    )


def _penalties(report: Report, fit: Fit) -> None:
    for season, curve in fit.curves.items():
        exponents = np.log10(curve.alphas).tolist()
        series = [
            charts.Series(RANDOM, exponents, curve.random.tolist()),
            charts.Series(STATION, exponents, curve.station.tolist()),
        ]
        report.figure(
            charts.lines(series, tr("Error and penalty"), tr("log10 of the penalty"), "RMSE [K]"),
            tr(
                "Cross-validated error by penalty, {season}. The penalty {alpha} has the smallest error with "
                "{random} and was chosen.",
                season=_season(season),
                alpha=_alpha(fit, season),
                random=RANDOM,
            ),
        )


def _equations(report: Report, fit: Fit) -> None:
    report.section(tr("The model"))
    if len(fit.model.predictors) > 1:
        _collinearity(report, fit)
    for season, (first, *others) in fit.model.equations.items():
        constant, slopes = first.slopes
        report.table(
            [
                "Predictor",
                tr("Coefficient [K per s.d.]"),
                tr("Slope [K per unit]"),
                "Mean",
                "s.d.",
                "Lowest",
                "Highest",
            ],
            zip(
                first.predictors,
                first.coefficients,
                slopes.tolist(),
                first.means,
                first.scales,
                first.lowest,
                first.highest,
            ),
            tr(
                "Coefficients and training ranges, {season}. Intercept {constant} °C, penalty {alpha:.4g}. "
                "Predictions outside the ranges are extrapolations.",
                season=_season(season),
                constant=fixed(constant),
                alpha=first.alpha,
            ),
        )
        if others:
            report.table(
                ["Predictors", "Rows", f"RMSE, {RANDOM} [K]", f"RMSE, {STATION} [K]"],
                [(", ".join(e.predictors), e.rows, e.rmse_random, e.rmse_station) for e in others],
                tr(
                    "Equations that stand in where overpasses are missing, {season}, in order of preference.",
                    season=_season(season),
                ),
            )


def _collinearity(report: Report, fit: Fit) -> None:
    inflation, condition = collinearity(fit.table.predictors)
    if inflation.max() > MAX_INFLATION:
        report.notice(
            tr(
                "The predictors are collinear (variance inflation up to {max:.0f}, condition number "
                "{condition:.0f}): their weighted sum is meaningful, a single coefficient and its sign are not.",
                max=inflation.max(),
                condition=condition,
            )
        )
    report.table(
        ["Predictor", tr("Variance inflation")],
        zip(fit.model.predictors, inflation.tolist()),
        tr(
            "Variance inflation factors; predictors above {max_inflation:g} are collinear with others.",
            max_inflation=MAX_INFLATION,
        ),
    )


def _methods(fit: Fit) -> str:
    """Return the text for a methods section."""
    model, random, station = fit.model, fit.model.random.overall, fit.model.station.overall
    is_ridge = model.method == "ridge"
    within = tr("for each season separately") if model.seasonal else tr("for all seasons together")
    harmonics = tr(" and harmonics of the day of the year") if model.harmonics else ""
    penalty = tr("The penalty") if model.seasonal else tr("The penalty of {alpha}", alpha=_alpha(fit, POOLED))
    chosen = (
        tr(" {penalty} was chosen by {folds}-fold cross-validation.", penalty=penalty, folds=fit.fitting.folds)
        if is_ridge
        else ""
    )
    return tr(
        "Daily mean ground surface temperature was regressed on {predictors}{harmonics} by {is_ridge} "
        "with standardised predictors {within}, using {n} station-days from {n_stations} "
        "stations.{chosen} Cross-validation with random folds gave {score_text}; leaving stations out "
        "gave {score_text_2}.",
        predictors=", ".join(model.predictors),
        harmonics=harmonics,
        is_ridge="ridge regression" if is_ridge else "ordinary least squares",
        within=within,
        n=random.n,
        n_stations=len(model.random.stations),
        chosen=chosen,
        score_text=_score_text(random),
        score_text_2=_score_text(station),
    )


def _score_text(scores: Scores) -> str:
    return tr(
        "R² = {r2}, RMSE = {rmse} K, MAE = {mae} K and bias = {bias} K",
        r2=fixed(scores.r2, 2),
        rmse=fixed(scores.rmse, 2),
        mae=fixed(scores.mae, 2),
        bias=fixed(scores.bias, 2),
    )


def _row(name: str, scores: Scores) -> tuple:
    return (name, scores.n, *(getattr(scores, attribute) for attribute, _ in SCORES))


def _alpha(fit: Fit, season: str) -> str:
    return f"{fit.model.equations[season][0].alpha:.4g}"


def _season(season: str) -> str:
    return tr("all seasons") if season == POOLED else season
