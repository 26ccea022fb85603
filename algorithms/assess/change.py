"""Change of permafrost between maps or windows of years, and the trend of TTOP."""

from __future__ import annotations

from typing import Any, Sequence, Union

from qgis.core import QgsProcessing

from ...core import classes
from ...core.assess.change import TRANSITION_FIELDS, Comparison
from ...core.assess.periods import read_periods
from ...core.errors import InputError
from ...core.language import tr
from ...core.lists import at_commas
from ...core.reports.change import EQUILIBRIUM, ChangeFigures, report_change, transitions_sentence
from ...raster.assess.change import ChangeOutputs, MapsJob, YearsJob, run_change
from ...raster.publish.preview import map_figure, significant_figure
from ...raster.read.classes import ClassSource
from ...raster.read.rasters import RasterSource
from ...raster.read.years import join_years, year_in
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import cover_source
from ..parameters import (
    NumberOutput,
    Values,
    choice,
    either,
    number,
    raster_or_vector,
    raster_output,
    rasters,
    report_output,
    running_parameters,
    scheduler_parameter,
    table_output,
    text,
    whole_number,
)


class Change(PermafrostAlgorithm):
    """Algorithm ``permafrost:change``."""

    ID = "change"
    TITLE = "Change of permafrost"
    GROUP = Group.ASSESS
    TAGS = "change, trend, transition, degradation, Mann-Kendall, Sen slope, false discovery rate, time series, climate"
    SUMMARY = "Compares permafrost between windows of years, and tests the trend of TTOP in each cell."
    DESCRIPTION = f"""
        The mean of yearly TTOP over each window of years is classified as by 'Permafrost map'; single years are
        weather. Ready permafrost maps are compared in the same way. Areas are computed on the ellipsoid, over the cells
        that have a class at all times, so the areas of the transitions add up to those of the classes at both times.

        {EQUILIBRIUM}

        The trend of each cell is Sen's slope over all years, tested by Mann and Kendall with a correction for ties. In
        a map of many cells some are significant by chance: SIGNIFICANCE holds the p-value adjusted after Benjamini and
        Hochberg over all cells. Among the cells at or below 0.1, no more than a tenth are expected to be false if years
        are independent. Neighbouring cells share their weather and are right or wrong together. docs/change.md shows
        how often the test errs, and what it detects, on simulated data.
    """
    EXAMPLE = "TTOP=ttop_of_years.tif OUTPUT=transitions.tif TREND=trend.tif SIGNIFICANCE=significance.tif"
    REFERENCES = (
        "Zhao, J. et al. (2025): The thermal state of permafrost under climate change on the Qinghai-Tibet Plateau "
        "(1980-2022): a case study of the West Kunlun. The Cryosphere 19, 4211-4236. doi:10.5194/tc-19-4211-2025",
        "Mann, H. B. (1945): Nonparametric tests against trend. Econometrica 13(3), 245-259. doi:10.2307/1907187",
        "Sen, P. K. (1968): Estimates of the regression coefficient based on Kendall's tau. Journal of the American "
        "Statistical Association 63(324), 1379-1389. doi:10.1080/01621459.1968.10480934",
        "Hamed, K. H. & Rao, A. R. (1998): A modified Mann-Kendall trend test for autocorrelated data. Journal of "
        "Hydrology 204, 182-196. doi:10.1016/S0022-1694(97)00125-X",
        "Benjamini, Y. & Hochberg, Y. (1995): Controlling the false discovery rate: a practical and powerful approach "
        "to multiple testing. Journal of the Royal Statistical Society B 57(1), 289-300. "
        "doi:10.1111/j.2517-6161.1995.tb02031.x",
        'Wilks, D. S. (2016): "The stippling shows statistically significant grid points": how research results are '
        "routinely overstated and overinterpreted, and what to do about it. Bulletin of the American Meteorological "
        "Society 97(12), 2263-2273. doi:10.1175/BAMS-D-15-00267.1",
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        cover = "Polygons, or a raster whose values above 0 count. Only with TTOP."
        return (
            either(
                rasters(
                    "TTOP",
                    "TTOP per year [°C] (or permafrost maps)",
                    "Rasters with a band per year, as 'TTOP' writes them, or one raster per year. The years are read "
                    "from the names of the bands, or of layers with a single band.",
                    optional=True,
                    unit="degC",
                )
            ),
            either(
                rasters(
                    "MAPS",
                    "Permafrost maps (or TTOP per year)",
                    "Two or more maps with the classes of 'Permafrost map', in chronological order.",
                    optional=True,
                    one_band=True,
                )
            ),
            text(
                "PERIODS",
                "Windows of years",
                "Two or more, in chronological order, such as 2005-2009, 2016-2020; by default the first and the last "
                "five years. For maps: their labels, separated by commas.",
                optional=True,
            ),
            number("THRESHOLD", "Threshold [°C]", "Permafrost is where mean TTOP is at or below it.", 0.0, -20.0, 20.0),
            raster_or_vector("GLACIERS", "Glaciers", cover, polygons, optional=True, near=["TTOP"]),
            raster_or_vector("LAKES", "Lakes", cover, polygons, optional=True, near=["TTOP"]),
            raster_or_vector("BASIN", "Basin", f"Cells outside are excluded. {cover}", polygons, optional=True),
            number(
                "ALPHA",
                "False discovery rate",
                "Trends with an adjusted p-value at or below it are significant; if years are independent, at most "
                "this share of them is expected to be false.",
                0.10,
                0.0001,
                0.5,
            ),
            choice(
                "AUTOCORRELATION",
                "Autocorrelation of years",
                "none: years are taken as independent. hamed_rao: the variance of the test increases with significant "
                "autocorrelation of the ranks and never decreases; few years say little about it, see docs/change.md.",
                ["none", "hamed_rao"],
                "none",
                advanced=True,
            ),
            whole_number(
                "MIN_YEARS", "Years for a trend", "A cell with fewer values has no trend.", 8, 4, 200, advanced=True
            ),
            whole_number(
                "START_YEAR",
                "First year",
                "Year of the first band, where bands do not name theirs; the others follow year by year, or in the "
                "steps of the years that they name. 0 reads the years from the names.",
                0,
                0,
                2200,
                advanced=True,
            ),
            *running_parameters(),
            scheduler_parameter(),
            raster_output(
                "OUTPUT",
                "Transitions",
                "From the first to the last time: ten times the class before plus the class after.",
                classes.TRANSITIONS,
                optional=True,
            ),
            raster_output(
                "TREND",
                "Trend of TTOP [°C per decade]",
                "Sen's slope over all years, of cells that are neither glacier nor lake.",
                classes.TREND,
                optional=True,
                by_default=False,
            ),
            raster_output(
                "SIGNIFICANCE",
                "Significance of the trend",
                "p-value of the Mann-Kendall test, adjusted for the false discovery rate over all cells.",
                classes.SIGNIFICANCE,
                optional=True,
                by_default=False,
            ),
            table_output("TABLE", "Areas of the transitions", "One row per pair of times and pair of classes."),
            report_output(),
            NumberOutput("COMPARED_KM2", "Area with a class at all times [km²]"),
            NumberOutput("PERMAFROST_FIRST_KM2", "Area of permafrost at the first time [km²]"),
            NumberOutput("PERMAFROST_LAST_KM2", "Area of permafrost at the last time [km²]"),
            NumberOutput("NO_LONGER_KM2", "Permafrost no longer in equilibrium with the climate [km²]"),
            NumberOutput("NEWLY_KM2", "Permafrost newly in equilibrium with the climate [km²]"),
            NumberOutput("SLOPE_MEAN", "Mean trend of TTOP [°C per decade]"),
            NumberOutput("WARMING_PERCENT", "Cells that warm significantly [%]"),
            NumberOutput("COOLING_PERCENT", "Cells that cool significantly [%]"),
        )

    def check(self, p: Values) -> Union[MapsJob, YearsJob]:
        """Require either TTOP or maps, with what belongs to them; return the job."""
        if bool(p.TTOP) == bool(p.MAPS):
            raise InputError(
                tr("Both TTOP and MAPS are given: choose TTOP of several years, or two or more permafrost maps.")
                if p.TTOP
                else tr("Neither TTOP nor MAPS is given: choose TTOP of several years, or two or more permafrost maps.")
            )
        return _years_job(p) if p.TTOP else _maps_job(p)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compare the times, and test the trend where there are yearly values."""
        job, outputs = task.checked, ChangeOutputs(p.OUTPUT, p.TREND, p.SIGNIFICANCE)
        task.note_alignment(job.first.grid(), *job.rasters)
        task.info(job.describe())
        task.warn(*job.warnings)
        with task.runner(job.paths) as running:
            result = run_change(job, outputs, task.provenance, running)
        transitions, trends = result.transitions, result.trends
        task.write_table("TABLE", TRANSITION_FIELDS, transitions.rows())
        task.write_report(
            p.OUTPUT_HTML,
            lambda report: report_change(report, result, _figures(outputs, transitions.values(), p.ALPHA)),
        )
        task.info(transitions_sentence(transitions))
        return {
            "COMPARED_KM2": transitions.compared_km2,
            "PERMAFROST_FIRST_KM2": transitions.permafrost_km2[0],
            "PERMAFROST_LAST_KM2": transitions.permafrost_km2[-1],
            "NO_LONGER_KM2": transitions.no_longer_km2,
            "NEWLY_KM2": transitions.newly_km2,
            "SLOPE_MEAN": trends.slope_mean if trends else float("nan"),
            "WARMING_PERCENT": trends.warming_percent if trends else float("nan"),
            "COOLING_PERCENT": trends.cooling_percent if trends else float("nan"),
        }


def _maps_job(p: Values) -> MapsJob:
    """Return the comparison of maps; refuse what is for TTOP only."""
    alien = [name for name in ("GLACIERS", "LAKES", "BASIN", "TREND", "SIGNIFICANCE") if getattr(p, name)]
    if alien:
        raise InputError(tr("MAPS is given with what is only for TTOP: leave out {alien}.", alien=", ".join(alien)))
    if len(p.MAPS) < 2:
        raise InputError(
            tr("MAPS holds only '{name}', and a change needs two maps: add another one.", name=p.MAPS[0].name)
        )
    labels = at_commas(p.PERIODS) if p.PERIODS else [source.name for source in p.MAPS]
    if len(labels) != len(p.MAPS):
        raise InputError(
            tr(
                "PERIODS '{periods}' has {n_labels} labels for {n_maps} maps: give one for each, or none.",
                periods=p.PERIODS,
                n_labels=len(labels),
                n_maps=len(p.MAPS),
            )
        )
    _require_order(labels)
    return MapsJob(tuple(map(ClassSource.of, p.MAPS)), tuple(labels))


def _require_order(labels: Sequence[str]) -> None:
    """Raise an `InputError` where a label names an earlier year than the one before: what is lost would seem gained."""
    dated = [(label, year_in(label)) for label in labels]
    for (label, year), (following, next_year) in zip(dated, dated[1:]):
        if year is not None and next_year is not None and next_year < year:
            raise InputError(
                tr(
                    "'{label}' is given before '{following}', and maps have to be in the order of time: give the "
                    "earliest first, or label them in PERIODS if these years are not their times.",
                    label=label,
                    following=following,
                )
            )


def _years_job(p: Values) -> YearsJob:
    """Return the comparison of windows of years."""
    ttop = join_years(p.TTOP, p.START_YEAR or None)
    comparison = Comparison(
        ttop.years,
        tuple(read_periods(p.PERIODS or "", ttop.years)),
        p.THRESHOLD,
        p.MIN_YEARS,
        p.AUTOCORRELATION == "hamed_rao",
        p.ALPHA,
    )
    covers = (None if layer is None else cover_source(layer) for layer in (p.GLACIERS, p.LAKES, p.BASIN))
    return YearsJob(ttop, p.TTOP[0], comparison, *covers)


def _figures(outputs: ChangeOutputs, values: set[int], alpha: float) -> ChangeFigures:
    """Draw the rasters that were written, with those transitions in the legend that occur."""
    transitions = trend = ""
    if outputs.transitions:
        found = [entry for entry in classes.TRANSITIONS if entry.value in values]
        transitions = map_figure(RasterSource(outputs.transitions, "transitions"), found, tr("Transitions"))
    if outputs.trend and outputs.significance:
        slope, adjusted = (RasterSource(path, "trend") for path in (outputs.trend, outputs.significance))
        trend = significant_figure(slope, adjusted, alpha, tr("°C per decade"), tr("Significant trends"))
    return ChangeFigures(transitions, trend)
