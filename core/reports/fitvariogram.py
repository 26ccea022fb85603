"""The report on the variogram of a scene."""

from __future__ import annotations

import numpy as np

from ..lst.scenefit import SceneFit
from . import charts
from .report import Report

FITS = {"likelihood": "approximate likelihood", "moments": "least squares on the empirical variogram"}


def report_fitvariogram(report: Report, result: SceneFit) -> None:
    """Fill a report with the variogram of a scene beside the empirical one."""
    report.key_figures(
        [
            ("Nugget [K²]", result.nugget, ""),
            ("Partial sill [K²]", result.partial_sill, "of all structures"),
            ("Range [km]", result.longest_range / 1000, "practical range of the longest structure"),
            ("RMSE [K]", result.rmse, "of single known cells predicted from the others"),
        ]
    )
    empirical = result.empirical
    distance = np.linspace(0, empirical.distance.max(), 200)
    points = charts.Series("empirical, all pairs", empirical.distance / 1000, empirical.semivariance, points=True)
    fitted = charts.Series("fitted", distance / 1000, result.variogram.semivariance(distance))
    report.figure(
        charts.lines([points, fitted], "Variogram", "distance [km]", "semivariance [K²]"),
        f"Empirical and fitted variogram of the residuals of '{result.name}', band {result.band}. An anisotropic model "
        "is drawn along its longest range; the empirical variogram averages over all directions.",
    )
    explained = "" if np.isnan(result.r2) else f", which explains {100 * result.r2:.0f} % of the variance"
    report.paragraph(f"The variogram is {result.variogram.describe()}. The trend is '{result.trend}'{explained}.")
    for fallback in result.warnings:
        report.notice(fallback)
    report.methods(
        f"The variogram of the residuals from the trend ({result.trend}) was estimated by {FITS[result.recipe.fit]}: "
        f"{result.variogram.describe()}."
    )
