"""Gaps of LST stacks filled by kriging."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Iterable

import numpy as np

from ...core import classes
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...raster.prepare.beyond import count_beyond
from ...raster.publish.preview import field_figure, thinned
from ...raster.read.sources import RasterSource
from ...raster.run.cluster import require_address
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    raster_output,
    report_output,
    running_parameters,
    scheduler_parameter,
    whole_number,
)
from . import kriging


class FillLstGaps(PermafrostAlgorithm):
    """Algorithm ``permafrost:filllstgaps``."""

    ID = "filllstgaps"
    TITLE = "Fill gaps of LST"
    GROUP = Group.LST
    TAGS = "gap filling, interpolation, kriging, clouds, reconstruction, MODIS, TRIMS, LST, DEM, variogram"
    SUMMARY = "Fills the gaps of land surface temperature by ordinary kriging with elevation, with its uncertainty."
    DESCRIPTION = """
        Scene by scene a trend is fitted to the known cells, the residuals are kriged from the known cells around each
        gap, and the trend is added back. Known cells come out as they are stored, bit for bit. The kriging standard
        deviation says how far a measurement may lie from the estimate: two of them make a 95 % interval.

        Fitted slopes are guarded: where they are implausible, or too few cells are known, the next simpler trend is
        taken, and the report says so for each scene. Gaps farther than 250 cells from any known cell hold the trend
        alone. A scene without any known cell stays empty.

        The memory does not depend on the number of scenes. A run that was stopped goes on where it was when it is
        started again with the same inputs and parameters: finished scenes wait in a hidden folder beside OUTPUT.
    """
    EXAMPLE = "INPUT=terra_day_2005.tif DEM=dem.tif OUTPUT=filled.tif OUTPUT_STD=std.tif OUTPUT_HTML=report.html"
    REFERENCES = kriging.REFERENCES

    RESUMES = True

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            *kriging.stack_inputs(),
            *kriging.trend_parameters(),
            *kriging.variogram_parameters(),
            *kriging.neighbourhood_parameters(),
            whole_number(
                "VALIDATION",
                "Cells of the cross-validation",
                "Known cells of each scene that are predicted from the others for the report; 0 leaves it out.",
                500,
                0,
                100_000,
                advanced=True,
            ),
            *running_parameters(),
            scheduler_parameter(),
            raster_output("OUTPUT", "Filled LST", "As the input, without its gaps.", classes.TEMPERATURE),
            raster_output(
                "OUTPUT_STD",
                "Kriging standard deviation [K]",
                "One band per scene; 0 in known cells.",
                classes.UNCERTAINTY,
                optional=True,
            ),
            report_output(),
            NumberOutput("FILLED", "Gaps filled, in all scenes"),
            NumberOutput("REMAINING", "Gaps that remain, in all scenes"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Refuse settings that do not go together."""
        kriging.check_kriging(p)
        if p.SCHEDULER:
            require_address(p.SCHEDULER)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Fill scene by scene."""
        # SciPy, which this needs, is not everywhere: the provider loads without it.
        from ...raster.lst.filling import fill_stack
        from .jobs import job_of, method_sentence

        job = job_of(p, validation_cells=p.VALIDATION)
        grid = p.INPUT.grid()
        task.require_metres(p.INPUT)
        task.align(grid, p.DEM)
        task.tell_fill_in_elevations(p.DEM, grid)
        for sentence in count_beyond(job.stack, job.stack.days, task.running.part(0.0, 0.01)):
            task.warn(sentence)
        task.info(f"{len(job.stack.days)} scenes on {grid.describe()}.")
        with task.runner(job.paths) as running:
            outcomes = fill_stack(job, p.OUTPUT, p.OUTPUT_STD, task.provenance, running)
        for outcome in outcomes:
            if outcome.fallbacks:
                task.info(f"{outcome.label}: {'; '.join(outcome.fallbacks)}.")
        departures = sum(bool(outcome.fallbacks) for outcome in outcomes)
        if departures:
            task.warn(
                f"{departures} of {len(outcomes)} scenes were not filled with the trend or variogram asked for: the "
                "log says why for each."
            )
        filled, remaining = sum(o.filled for o in outcomes), sum(o.remaining for o in outcomes)
        if remaining:
            task.warn(f"{remaining} gaps remain: their scenes have no known cell.")
        task.write_report(
            p.OUTPUT_HTML, lambda report: _report(report, p, job, outcomes, method_sentence(p), filled, remaining)
        )
        task.info(f"{filled} gaps are filled.")
        return {"FILLED": filled, "REMAINING": remaining}


def _report(
    report: Report, p: SimpleNamespace, job: Any, outcomes: list, method: str, filled: int, remaining: int
) -> None:
    rmse, bias, coverage, crps = (
        _mean(getattr(o, name) for o in outcomes) for name in ("rmse", "bias", "coverage", "crps")
    )
    validated = not np.isnan(rmse)
    report.subtitle = p.INPUT.name
    figures = [
        ("Gaps filled", filled, f"{remaining} remain"),
        ("Scenes", len(job.stack.days), f"gap share {100 * _mean(o.gap_share for o in outcomes):.1f} % on average"),
    ]
    if validated:
        figures += [
            ("RMSE [K]", rmse, "of single known cells predicted from the others, mean over scenes"),
            ("Coverage", coverage, "of nominal 95 % intervals, at the same cells"),
        ]
        method += (
            f" In cross-validation at single known cells of {p.INPUT.name} the mean error was {fixed(bias, 2)} K, "
            f"the RMSE {fixed(rmse, 2)} K and the CRPS {fixed(crps, 2)} K, and nominal 95 % intervals "
            f"covered {fixed(100 * coverage, 1)} % (means over scenes)."
        )
    report.key_figures(figures)
    if validated:
        report.paragraph(
            "Single cells have known neighbours on all sides, so these scores flatter: 'Assess gap filling' hides "
            "whole clouds instead. The intervals should cover 93 to 97 %."
        )
    _pictures(report, p, job, outcomes)
    if len(outcomes) > 2:
        number = np.arange(1, len(outcomes) + 1)
        shares = charts.Series("gap share", number, [100 * o.gap_share for o in outcomes])
        report.figure(charts.lines([shares], "Gap share", "scene", "gap share [%]"), "Share of gaps, scene by scene.")
    report.section("Scenes")
    header = ["Scene", "Gaps [%]", "Filled", "Remaining", "Far", "Trend", "Slope [K/km]", "r²"]
    rows = [_row(o) for o in outcomes]
    note = "How each scene was filled. Far: gaps without a known cell within 250 cells, which hold the trend."
    if validated:
        header += ["RMSE [K]", "Coverage"]
        rows = [(*row, o.rmse, o.coverage) for row, o in zip(rows, outcomes)]
        note += " RMSE and coverage are of single known cells predicted from the others."
    report.table(header, rows, note, align="lrrrrl" + "r" * (len(header) - 6))
    report.section("Variograms")
    report.table(
        ["Scene", "Variogram of the residuals"],
        ((o.label, o.variogram or "none") for o in outcomes),
        "Ranges are practical ranges.",
        align="ll",
    )
    if any(o.fallbacks for o in outcomes):
        report.section("Fallbacks")
        report.table(
            ["Scene", "What was done otherwise than asked for"],
            ((o.label, "; ".join(o.fallbacks)) for o in outcomes if o.fallbacks),
            "",
            align="ll",
        )
    report.methods(method)


def _row(o: Any) -> tuple:
    trend = f"{o.trend}, {o.references} scenes" if o.references else o.trend
    return o.label, f"{100 * o.gap_share:.1f}", o.filled, o.remaining, o.far, trend, o.lapse_rate, o.r2


def _mean(values: Iterable[float]) -> float:
    """Give the mean of what is defined; NaN where nothing is."""
    values = np.array(list(values), float)
    values = values[np.isfinite(values)]
    return float(values.mean()) if values.size else float("nan")


def _pictures(report: Report, p: SimpleNamespace, job: Any, outcomes: list) -> None:
    """Show the scene in which most gaps were filled, before and after."""
    days = job.stack.days
    band = 1 + int(np.argmax([outcome.filled for outcome in outcomes]))
    day = days[band - 1]
    label = job.stack.label(day)
    before = thinned(job.stack.band(day))
    after = thinned(RasterSource(p.OUTPUT, p.OUTPUT, band))
    known = after[np.isfinite(after)]
    if not known.size:
        return
    limits = tuple(np.percentile(known, (1, 99)).tolist())
    report.figure(field_figure(before, limits, "", f"{label} before"), f"{label}, as it was; gaps are white.")
    report.figure(field_figure(after, limits, "", f"{label} after"), f"{label}, filled.")
    if p.OUTPUT_STD:
        deviation = thinned(RasterSource(p.OUTPUT_STD, p.OUTPUT_STD, band))
        limits = (0.0, float(np.nanpercentile(deviation, 99)))
        report.figure(
            field_figure(deviation, limits, "K", f"{label} standard deviation"),
            f"{label}, kriging standard deviation; 0 in known cells.",
        )
