"""The report on the variogram of a scene."""

from __future__ import annotations

import numpy as np

from ..language import later, tr
from ..lst.scenefit import SceneFit
from . import charts
from .numbers import fixed
from .report import Report

FITS = {"likelihood": later("approximate likelihood"), "moments": later("least squares on the empirical variogram")}


def report_fitvariogram(report: Report, result: SceneFit) -> None:
    """Fill a report with the variogram of a scene beside the empirical one."""
    report.key_figures(
        [
            (tr("Nugget [K²]"), result.nugget, ""),
            (tr("Partial sill [K²]"), result.partial_sill, tr("of all structures")),
            (tr("Range [km]"), fixed(result.longest_range / 1000, 1), tr("practical range of the longest structure")),
            (tr("RMSE [K]"), fixed(result.rmse, 2), tr("of single known cells predicted from the others")),
        ]
    )
    empirical = result.empirical
    distance = np.linspace(0, empirical.distance.max(), 200)
    points = charts.Series(tr("empirical, all pairs"), empirical.distance / 1000, empirical.semivariance, points=True)
    fitted = charts.Series(tr("fitted"), distance / 1000, result.variogram.semivariance(distance))
    report.figure(
        charts.lines([points, fitted], tr("Variogram"), tr("distance [km]"), tr("semivariance [K²]")),
        tr(
            "Empirical and fitted variogram of the residuals of '{name}', band {band}. An anisotropic model "
            "is drawn along its longest range; the empirical variogram averages over all directions.",
            name=result.name,
            band=result.band,
        ),
    )
    explained = "" if np.isnan(result.r2) else tr(", which explains {r2:.0f} % of the variance", r2=100 * result.r2)
    report.paragraph(
        tr(
            "The variogram is {variogram}. The trend is '{trend}'{explained}.",
            variogram=result.variogram.describe(),
            trend=result.trend,
            explained=explained,
        )
    )
    for fallback in result.warnings:
        report.notice(fallback)
    report.methods(
        tr(
            "The variogram of the residuals from the trend ({trend}) was estimated by {fits}: {variogram}.",
            trend=result.trend,
            fits=tr(FITS[result.recipe.fit]),
            variogram=result.variogram.describe(),
        )
    )
