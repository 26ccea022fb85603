"""The report of fitting a GST model."""

from __future__ import annotations

import numpy as np

from ..gst.fit import Fit
from ..gst.model import POOLED
from ..gst.ridge import Scores
from ..gst.rows import Cleaning
from ..language import later, tr
from . import charts
from .numbers import fixed
from .report import Report
from .wording import layer_in_words, predictors_in_words

# Variance inflation above which a single coefficient has no meaning.
MAX_INFLATION = 10.0

# Width of the bins of observed temperature in which residuals are averaged, K.
RESIDUAL_BIN = 5.0

# Attributes of `Scores`, and how they are labelled.
SCORES = (("r2", "R²"), ("rmse", later("RMSE [K]")), ("mae", later("MAE [K]")), ("bias", later("Bias [K]")))

SEASON_NAMES = {"DJF": later("DJF"), "MAM": later("MAM"), "JJA": later("JJA"), "SON": later("SON")}

RANDOM, STATION = later("random folds"), later("stations left out")


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
    report.section(tr("Rows"))
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
            (
                tr("RMSE, {validation}", validation=tr(STATION)),
                f"{fixed(station.rmse, 2)} K",
                tr("to be expected where there is no station"),
            ),
            (
                tr("RMSE, {validation}", validation=tr(RANDOM)),
                f"{fixed(random.rmse, 2)} K",
                tr("to be expected between the days of known stations"),
            ),
            (
                tr("R², {validation}", validation=tr(STATION)),
                fixed(station.r2, 2),
                tr("{r2} with {random}", r2=fixed(random.r2, 2), random=tr(RANDOM)),
            ),
            (
                tr("Rows"),
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
        [tr("Validation"), tr("Rows"), *(tr(label) for _, label in SCORES)],
        [_row(tr(RANDOM), random), _row(tr(STATION), station)],
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
    both = {"station": tr(STATION), "random": tr(RANDOM)}
    by_station_and_season = (
        (
            tr("Station"),
            tr("Scores by station, with {station} and, in the last two columns, with {random}.", **both),
            model.random.stations,
            model.station.stations,
        ),
        (
            tr("Season"),
            tr("Scores by season, with {station} and, in the last two columns, with {random}.", **both),
            model.random.seasons,
            model.station.seasons,
        ),
    )
    for title, caption, by_random, by_station in by_station_and_season:
        report.table(
            [
                title,
                tr("Rows"),
                *(tr(label) for _, label in SCORES),
                tr("RMSE, {validation} [K]", validation=tr(RANDOM)),
                tr("Bias, {random} [K]", random=tr(RANDOM)),
            ],
            [
                (*_row(_shown(name), left_out), fixed(by_random[name].rmse, 2), fixed(by_random[name].bias, 2))
                for name, left_out in by_station.items()
            ],
            caption,
        )
    centres, random, station = fit.mean_residuals(RESIDUAL_BIN)
    series = [
        charts.Series(tr(RANDOM), centres.tolist(), random.tolist()),
        charts.Series(tr(STATION), centres.tolist(), station.tolist()),
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
            charts.Series(tr(RANDOM), exponents, curve.random.tolist()),
            charts.Series(tr(STATION), exponents, curve.station.tolist()),
        ]
        report.figure(
            charts.lines(series, tr("Error and penalty"), tr("log10 of the penalty"), tr("RMSE [K]")),
            tr(
                "Cross-validated error by penalty, {season}. The penalty {alpha} has the smallest error with "
                "{random} and was chosen.",
                season=_season(season),
                alpha=_alpha(fit, season),
                random=tr(RANDOM),
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
                tr("Predictor"),
                tr("Coefficient [K per s.d.]"),
                tr("Slope [K per unit]"),
                tr("Mean"),
                tr("s.d."),
                tr("Lowest"),
                tr("Highest"),
            ],
            zip(
                (_predictor(name) for name in first.predictors),
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
                [
                    tr("Predictors"),
                    tr("Rows"),
                    tr("RMSE, {validation} [K]", validation=tr(RANDOM)),
                    tr("RMSE, {validation} [K]", validation=tr(STATION)),
                ],
                [(", ".join(map(_predictor, e.predictors)), e.rows, e.rmse_random, e.rmse_station) for e in others],
                tr(
                    "Equations that stand in where overpasses are missing, {season}, in order of preference.",
                    season=_season(season),
                ),
            )


def _collinearity(report: Report, fit: Fit) -> None:
    inflation, condition = fit.collinearity()
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
        [tr("Predictor"), tr("Variance inflation")],
        zip((_predictor(name) for name in fit.model.predictors), inflation.tolist()),
        tr(
            "Variance inflation factors; predictors above {max_inflation:g} are collinear with others.",
            max_inflation=MAX_INFLATION,
        ),
    )


def _methods(fit: Fit) -> str:
    """Return the text for a methods section."""
    model, random, station = fit.model, fit.model.random.overall, fit.model.station.overall
    predictors = predictors_in_words(model.predictors)
    if model.harmonics:
        predictors = tr("{predictors} and harmonics of the day of the year", predictors=predictors)
    ridge = tr("ridge regression") if model.method == "ridge" else tr("ordinary least squares")
    within = tr("for each season separately") if model.seasonal else tr("for all seasons together")
    sentences = [
        tr(
            "Daily mean ground surface temperature was regressed on {predictors} by {regression} with standardised "
            "predictors {within}, using {rows} station-days from {stations} stations.",
            predictors=predictors,
            regression=ridge,
            within=within,
            rows=fixed(random.n, 0),
            stations=len(model.random.stations),
        ),
        _chosen(fit),
        tr(
            "Cross-validation with random folds gave {random}; leaving stations out gave {station}.",
            random=_score_text(random),
            station=_score_text(station),
        ),
    ]
    return " ".join(filter(None, sentences))


def _chosen(fit: Fit) -> str:
    """Return how the penalty was chosen; empty where there is none."""
    folds = fit.fitting.folds
    if fit.model.method != "ridge":
        return ""
    if fit.model.seasonal:
        return tr("The penalty was chosen by {folds}-fold cross-validation.", folds=folds)
    return tr(
        "The penalty of {alpha} was chosen by {folds}-fold cross-validation.", alpha=_alpha(fit, POOLED), folds=folds
    )


def _score_text(scores: Scores) -> str:
    return tr(
        "R² = {r2}, RMSE = {rmse} K, MAE = {mae} K and bias = {bias} K",
        r2=fixed(scores.r2, 2),
        rmse=fixed(scores.rmse, 2),
        mae=fixed(scores.mae, 2),
        bias=fixed(scores.bias, 2),
    )


def _predictor(name: str) -> str:
    """Return a predictor as tables name it."""
    return layer_in_words(name, name).strip("'")


def _row(name: str, scores: Scores) -> tuple:
    return (name, scores.n, *(fixed(getattr(scores, attribute), 2) for attribute, _ in SCORES))


def _alpha(fit: Fit, season: str) -> str:
    return f"{fit.model.equations[season][0].alpha:.4g}"


def _season(season: str) -> str:
    return tr("all seasons") if season == POOLED else _shown(season)


def _shown(name: str) -> str:
    """Return the name of a season in the user's language, and that of a station as it is."""
    return tr(SEASON_NAMES[name]) if name in SEASON_NAMES else name
