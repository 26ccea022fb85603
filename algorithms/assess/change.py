"""Change of permafrost between years, and the trend behind it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, Optional, Sequence

import numpy as np
from qgis.core import QgsProcessing

from ...core import classes
from ...core.assess.periods import MIN_SHARE, Period, read_periods, window_means
from ...core.assess.transitions import CLASSES, common, require_map_classes, transition, transition_areas
from ...core.assess.trend import DiscoveryRate, trend
from ...core.celsius import require_celsius
from ...core.classes import PERMAFROST, PERMAFROST_MAP, SEASONAL_FROST
from ...core.errors import InputError
from ...core.permafrost.classify import HALF, classify
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...core.sums import exact_sum
from ...raster.publish.preview import field_figure, map_figure, thinned
from ...raster.read.sources import NO_CLASS, ClassSource, RasterSource, Source
from ...raster.read.years import YearsSource, join_years
from ...raster.run.blocks import map_windows
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import cover_source
from ..parameters import (
    NumberOutput,
    choice,
    number,
    raster_or_vector,
    raster_output,
    rasters,
    report_output,
    running_parameters,
    table_output,
    text,
    whole_number,
)

# Slopes and scores of this many pairs of years are computed in a window, so that a run ends soon when it is cancelled.
PAIRS_OF_A_WINDOW = 2**23

# A window shorter than this shows weather.
FEW_YEARS = 3


EQUILIBRIUM = (
    "TTOP is the temperature of permafrost in equilibrium with the climate of the years it was computed from. A cell "
    "that changes from permafrost to seasonally frozen ground is therefore no longer in equilibrium with the climate; "
    "it is not shown to have thawed, since deep permafrost responds with delay. In the West Kunlun the extent of "
    "permafrost stayed relatively stable over 43 years although the land surface warmed by 0.40 °C per decade (Zhao et "
    "al. 2025)."
)


@dataclass(frozen=True, eq=False)
class Times:
    """What is compared: the names of the maps or windows in the order of time, and areas summed over them.

    Attributes
    ----------
    labels : list of str
        Of the maps or windows.
    pairs : list of (int, int)
        Which are compared; the last pair is that of the first and the last.
    areas_km2 : ndarray, shape (pairs, 4, 4)
        Of the transitions.
    """

    labels: list[str]
    pairs: list[tuple[int, int]]
    areas_km2: np.ndarray

    def permafrost_km2(self) -> list[float]:
        """Give the area of permafrost in each of them."""
        first = [float(self.areas_km2[index].sum(axis=1)[0]) for index in range(len(self.labels) - 1)]
        return [*first, float(self.areas_km2[-1].sum(axis=0)[0])]


@dataclass(frozen=True, eq=False)
class Trends:
    """What is said about yearly TTOP.

    Attributes
    ----------
    years : tuple of int
        The years.
    periods : list of Period
        The windows.
    curve_km2 : ndarray, shape (2, years)
        Area with TTOP at or below the threshold, and area with a TTOP, among cells that are ground in all windows.
    slopes : ndarray, shape (3,)
        Sum of slopes, and numbers of cells that warm and that cool significantly.
    tests : int
        Cells with a trend.
    """

    years: tuple[int, ...]
    periods: list[Period]
    curve_km2: np.ndarray
    slopes: np.ndarray
    tests: int

    @property
    def percent(self) -> list[float]:
        """The area curve, in percent of the area with a TTOP in the year."""
        cold, known = self.curve_km2
        return (100 * np.divide(cold, known, out=np.full_like(cold, np.nan), where=known > 0)).tolist()

    def share(self, count: float) -> float:
        """Give a number of cells in percent of those with a trend."""
        return 100 * count / self.tests if self.tests else float("nan")


class Change(PermafrostAlgorithm):
    """Algorithm ``permafrost:change``."""

    ID = "change"
    TITLE = "Change of permafrost"
    GROUP = Group.ASSESS
    TAGS = "change, trend, transition, degradation, Mann-Kendall, Sen slope, false discovery rate, time series, climate"
    SUMMARY = "Compares permafrost between windows of years, and tests the trend of TTOP in each cell."
    DESCRIPTION = f"""
        From yearly TTOP the mean of each window of years is taken and classified as by 'Permafrost map'; windows of
        several years, since single years are weather. From ready permafrost maps the transitions are told alike.
        Areas are those on the ellipsoid, of cells that have a class at all times, so that the areas of transitions add
        up to those of the classes at both times.

        {EQUILIBRIUM}

        The trend of each cell is Sen's slope over all years, tested by Mann and Kendall with a correction for ties. In
        a map of many cells some are significant by chance: SIGNIFICANCE holds the p-value adjusted after Benjamini and
        Hochberg over all cells. Among the cells at or below 0.1, no more than a tenth are expected to be false if years
        are independent. Neighbouring cells share their weather and are right or wrong together. How often the test
        errs, and what it finds, on simulated data is told in docs/change.md.
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
        """Parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        cover = "Polygons, or a raster whose values above 0 count. Only with TTOP."
        return (
            rasters(
                "TTOP",
                "TTOP per year [°C]",
                "Rasters with a band per year, as 'TTOP' makes from yearly degree days, or one raster per year. Years "
                "are told by the names of the bands, or of the layers that have one band.",
                optional=True,
            ),
            rasters(
                "MAPS",
                "Permafrost maps",
                "Instead of TTOP: two or more maps of the classes of 'Permafrost map', in the order of time.",
                optional=True,
            ),
            text(
                "PERIODS",
                "Windows of years",
                "Two or more, in the order of time, such as 2005-2009, 2016-2020; without them the first and the last "
                "five years. For maps: their labels, separated by commas.",
                optional=True,
            ),
            number("THRESHOLD", "Threshold [°C]", "Permafrost is where mean TTOP is at or below it.", 0.0, -20.0, 20.0),
            raster_or_vector("GLACIERS", "Glaciers", cover, polygons, optional=True),
            raster_or_vector("LAKES", "Lakes", cover, polygons, optional=True),
            raster_or_vector("BASIN", "Basin", f"Outside of it nothing is compared. {cover}", polygons, optional=True),
            number(
                "ALPHA",
                "False discovery rate",
                "Adjusted p-values at or below it count as significant in the report and the numbers: the share of "
                "them that is expected to be false, if years are independent.",
                0.10,
                0.0001,
                0.5,
            ),
            choice(
                "AUTOCORRELATION",
                "Autocorrelation of years",
                "none: years are taken as independent. hamed_rao: the test's variance is widened for significant "
                "autocorrelation of the ranks, never narrowed; few years tell little about it, see docs/change.md.",
                ["none", "hamed_rao"],
                "none",
                advanced=True,
            ),
            whole_number(
                "MIN_YEARS",
                "Years for a trend",
                "A cell with fewer years with a value has no trend.",
                8,
                4,
                200,
                advanced=True,
            ),
            whole_number(
                "START_YEAR",
                "First year",
                "The year of the first band, where bands do not tell their years; the others follow year by year, or "
                "with the steps of the years that they tell. 0 reads the years from the names.",
                0,
                0,
                2200,
                advanced=True,
            ),
            *running_parameters(),
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
            table_output(
                "TABLE",
                "Areas of the transitions",
                "One line per pair of times, class before and class after: its area.",
            ),
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

    def check(self, p: SimpleNamespace) -> None:
        """Either TTOP or maps, with what belongs to them."""
        if bool(p.TTOP) == bool(p.MAPS):
            given = "Both TTOP and MAPS are" if p.TTOP else "Neither TTOP nor MAPS is"
            raise InputError(f"{given} given: choose TTOP of several years, or two or more permafrost maps.")
        if p.TTOP:
            return
        alien = [name for name in ("GLACIERS", "LAKES", "BASIN", "TREND", "SIGNIFICANCE") if getattr(p, name)]
        if alien:
            raise InputError(f"MAPS and {', '.join(alien)} are given: leave them out, they are for TTOP.")
        if len(p.MAPS) < 2:
            raise InputError(f"MAPS holds only '{p.MAPS[0].name}', and change needs two maps: add another one.")

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Compare the times, and test the trend where there are yearly values."""
        times, trends = _compare_maps(p, task) if p.MAPS else _compare_windows(p, task)
        names = [entry.name for entry in PERMAFROST_MAP]
        rows = [
            (times.labels[before], times.labels[after], names[i], names[j], float(matrix[i, j]), share)
            for (before, after), matrix in zip(times.pairs, times.areas_km2)
            for i in range(CLASSES)
            for j, share in enumerate(_percent_of(matrix[i]))
            if matrix[i, j] > 0
        ]
        fields = {
            "before": str,
            "after": str,
            "class_before": str,
            "class_after": str,
            "area_km2": float,
            "percent_of_class_before": float,
        }
        task.write_table("TABLE", fields, rows)
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, times, trends))
        whole = times.areas_km2[-1]
        first, last = (float(whole.sum(axis=axis)[0]) for axis in (1, 0))
        no_longer, newly = float(whole[0, 1]), float(whole[1, 0])
        task.info(
            f"Permafrost in equilibrium with the climate: {first:,.0f} km² in {times.labels[0]}, {last:,.0f} km² in "
            f"{times.labels[-1]}; no longer {no_longer:,.0f} km², newly {newly:,.0f} km²."
        )
        slope = warming = cooling = float("nan")
        if trends is not None and trends.tests:
            slope = float(trends.slopes[0]) / trends.tests
            warming, cooling = (trends.share(float(count)) for count in trends.slopes[1:])
        return {
            "COMPARED_KM2": float(whole.sum()),
            "PERMAFROST_FIRST_KM2": first,
            "PERMAFROST_LAST_KM2": last,
            "NO_LONGER_KM2": no_longer,
            "NEWLY_KM2": newly,
            "SLOPE_MEAN": slope,
            "WARMING_PERCENT": warming,
            "COOLING_PERCENT": cooling,
        }


def _percent_of(row: np.ndarray) -> list[float]:
    """Give the parts of a class in percent of it."""
    return (100 * row / row.sum()).tolist() if row.sum() else [float("nan")] * len(row)


def _pairs(count: int) -> list[tuple[int, int]]:
    """Give each time with the next, and the first with the last where there are times between."""
    following = [(index, index + 1) for index in range(count - 1)]
    return [*following, (0, count - 1)] if count > 2 else following


TRANSITION_LAYER = Layer(["Transition"], classes=classes.TRANSITIONS)


def _compare_maps(p: SimpleNamespace, task: Task) -> tuple[Times, None]:
    """Compare ready maps."""
    labels = [part.strip() for part in p.PERIODS.split(",")] if p.PERIODS else [source.name for source in p.MAPS]
    if len(labels) != len(p.MAPS):
        raise InputError(
            f"PERIODS '{p.PERIODS}' gives {len(labels)} labels to {len(p.MAPS)} maps: give one for each, or none."
        )
    grid = p.MAPS[0].grid()
    maps = {f"map_{index}": ClassSource.of(source) for index, source in enumerate(p.MAPS)}
    task.align(grid, *maps.values())
    pairs = _pairs(len(p.MAPS))

    def compute(area_km2: np.ndarray, **values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = np.stack([require_map_classes(values[name], maps[name].name, NO_CLASS) for name in maps])
        return transition(found[0], found[-1]), transition_areas(found, area_km2, pairs)

    areas_km2 = np.zeros((len(pairs), CLASSES, CLASSES))
    empty = "No cell has a class in all of MAPS: check that they show the same place, and their nodata values."
    with write_raster(p.OUTPUT, grid, TRANSITION_LAYER, task.provenance, task.running, empty) as output:
        for window, (transitions, areas) in map_windows(
            compute, {**maps, "area_km2": task.areas(p.MAPS[0])}, grid, task.running
        ):
            output.write(window, transitions)
            areas_km2 += areas
    return Times(labels, pairs, areas_km2), None


def _compare_windows(p: SimpleNamespace, task: Task) -> tuple[Times, Trends]:
    """Compare the mean TTOP of windows of years, and test the trend of each cell over all of them."""
    ttop = join_years(p.TTOP, p.START_YEAR or None)
    periods = read_periods(p.PERIODS or "", ttop.years)
    _tell(ttop, periods, p, task)
    pairs_of_years = len(ttop.years) * (len(ttop.years) - 1) // 2
    ttop = YearsSource(ttop.bands, ttop.years, max(1, PAIRS_OF_A_WINDOW // max(1, pairs_of_years)))
    grid = p.TTOP[0].grid()
    covers = {"glaciers": p.GLACIERS, "lakes": p.LAKES, "mask": p.BASIN}
    covers = {name: cover_source(layer) for name, layer in covers.items() if layer is not None}
    sources: dict[str, Source] = {"values": ttop, "area_km2": task.areas(p.TTOP[0]), **covers}
    task.align(grid, *p.TTOP)
    pairs = _pairs(len(periods))
    autocorrelated = p.AUTOCORRELATION == "hamed_rao"

    def compute(values: np.ndarray, area_km2: np.ndarray, **shares: np.ndarray) -> tuple:
        for year, source in zip(values, ttop.bands):
            require_celsius(year, source.name)
        values[:, ~_is_ground(values.shape[1:], **shares)] = np.nan
        means = window_means(values, ttop.years, periods)
        maps = np.stack([classify(mean, p.THRESHOLD, **shares) for mean in means])
        ground = common(maps) & np.isin(maps, [PERMAFROST.value, SEASONAL_FROST.value]).all(axis=0)
        known = ground & ~np.isnan(values)
        cold = known & (values <= p.THRESHOLD)
        curve = np.array([[(area_km2 * part).sum() for part in parts] for parts in (cold, known)])
        found = trend(values, ttop.years, p.MIN_YEARS, autocorrelated)
        slope, p_value = (10 * found.slope).astype(np.float32), found.p.astype(np.float32)
        return (
            transition(maps[0], maps[-1]),
            transition_areas(maps, area_km2, pairs),
            curve,
            slope,
            p_value,
            DiscoveryRate.of(p_value),
            ground.any(),
        )

    areas_km2, curve_km2 = np.zeros((len(pairs), CLASSES, CLASSES)), np.zeros((2, len(ttop.years)))
    rate = DiscoveryRate.of(np.empty(0))
    any_ground = False
    with ExitStack() as stack:

        def opened(path: Optional[str], layer: Layer) -> Any:
            return stack.enter_context(write_raster(path, grid, layer, task.provenance, task.running))

        output = opened(p.OUTPUT, TRANSITION_LAYER)
        slopes = opened(p.TREND, Layer(["Sen's slope"], "degC per decade"))
        significance = opened(p.SIGNIFICANCE, Layer(["Adjusted p-value"]))
        # What a p-value means shows when all of them are known: until then they wait on the disk, with their slopes.
        folder = stack.enter_context(TemporaryDirectory(prefix="permafrost-mapper-"))
        waiting = str(Path(folder) / "tests.tif")
        layer = Layer(["Slope", "p-value"])
        with write_raster(waiting, grid, layer, task.provenance, task.running) as tests:
            for window, (transitions, areas, curve, slope, p_value, counted, is_ground) in map_windows(
                compute, sources, grid, task.running.part(0.0, 0.95)
            ):
                output.write(window, transitions)
                slopes.write(window, slope)
                tests.write(window, slope, 1)
                tests.write(window, p_value, 2)
                areas_km2 += areas
                curve_km2 += curve
                rate += counted
                any_ground |= is_ground
        if not any_ground:
            raise InputError(
                "No cell has a TTOP in all windows of PERIODS: choose other windows, or check TTOP, the basin and the "
                "CRSs."
            )
        if rate.tests == 0 and (p.TREND or p.SIGNIFICANCE):
            raise InputError(
                f"No cell has {p.MIN_YEARS} years with a value, and {len(ttop.years)} years are given: lower "
                "MIN_YEARS, or leave TREND and SIGNIFICANCE out."
            )

        def judge(slope: np.ndarray, p_value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            adjusted = rate.adjusted(p_value)
            significant = adjusted <= p.ALPHA
            counts = [np.count_nonzero(significant & side) for side in (slope > 0, slope < 0)]
            return adjusted, np.array([exact_sum(slope), *counts])

        kept = {"slope": RasterSource(waiting, "trend", 1), "p_value": RasterSource(waiting, "trend", 2)}
        sums = np.zeros(3)
        for window, (adjusted, counted) in map_windows(judge, kept, grid, task.running.part(0.95, 0.05)):
            significance.write(window, adjusted)
            sums += counted
    labels = [period.label for period in periods]
    return Times(labels, pairs, areas_km2), Trends(ttop.years, periods, curve_km2, sums, rate.tests)


def _is_ground(
    shape: tuple[int, ...],
    glaciers: Optional[np.ndarray] = None,
    lakes: Optional[np.ndarray] = None,
    mask: Optional[np.ndarray] = None,
) -> np.ndarray:
    """Tell which cells are neither glacier nor lake, and inside the basin."""
    ground = np.ones(shape, bool)
    for cover in (glaciers, lakes):
        if cover is not None:
            ground &= cover < HALF
    if mask is not None:
        ground &= mask >= HALF
    return ground


def _tell(ttop: YearsSource, periods: Sequence[Period], p: SimpleNamespace, task: Task) -> None:
    """Say which years are compared, and what is thin about them."""
    years = ttop.years
    task.info(f"{len(years)} years, {years[0]} to {years[-1]}; windows {', '.join(w.label for w in periods)}.")
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        task.warn(f"Years without TTOP: {', '.join(map(str, missing))}.")
    for period in periods:
        count = int(period.holds(years).sum())
        if count < FEW_YEARS:
            task.warn(
                f"The window {period.label} has {count} of the years: so short a window shows weather, not climate."
            )
    if len(years) < p.MIN_YEARS:
        task.warn(f"{len(years)} years are fewer than MIN_YEARS {p.MIN_YEARS}: no trend is tested.")


def _report(report: Report, p: SimpleNamespace, times: Times, trends: Optional[Trends]) -> None:
    whole, first, last = times.areas_km2[-1], times.labels[0], times.labels[-1]
    areas = times.permafrost_km2()
    no_longer, newly = float(whole[0, 1]), float(whole[1, 0])
    of_first = f"{100 * no_longer / areas[0]:.1f} % of that of {first}" if areas[0] else ""
    figures = [
        (f"Permafrost {first}", f"{fixed(areas[0], 0)} km²", "in equilibrium with the climate"),
        (f"Permafrost {last}", f"{fixed(areas[-1], 0)} km²", "in equilibrium with the climate"),
        ("No longer in equilibrium", f"{fixed(no_longer, 0)} km²", of_first),
        ("Newly in equilibrium", f"{fixed(newly, 0)} km²", ""),
    ]
    if trends is not None and trends.tests:
        warming, cooling = (trends.share(float(count)) for count in trends.slopes[1:])
        slope = float(trends.slopes[0]) / trends.tests
        figures.append(("Mean trend", f"{fixed(slope, 2)} °C per decade", f"Sen's slope, {trends.tests} cells"))
        figures.append(
            (
                "Significant trend",
                f"{warming + cooling:.1f} %",
                f"of the cells, at a false discovery rate of {p.ALPHA:g}",
            )
        )
    report.key_figures(figures)
    report.notice(EQUILIBRIUM)
    if p.OUTPUT:
        found = [entry for entry in classes.TRANSITIONS if whole[entry.value // 10 - 1, entry.value % 10 - 1] > 0]
        report.figure(
            map_figure(RasterSource(p.OUTPUT, p.OUTPUT), found, "Transitions"), f"Transitions from {first} to {last}."
        )
    if trends is not None:
        _report_years(report, times, trends)
    report.section("Transitions")
    for (before, after), matrix in zip(times.pairs, times.areas_km2):
        _matrix(report, matrix, times.labels[before], times.labels[after])
    report.paragraph(
        "Areas are on the ellipsoid, of cells that have a class at all times: rows add up to the classes before, "
        "columns to those after. Cells near the threshold change class by a hundredth of a degree; an error of TTOP "
        "that all years share moves the margin of both maps alike."
    )
    trend_text = ""
    if trends is not None and trends.tests:
        trend_text = _report_trend(report, p, trends)
    what = "mean TTOP of windows of years was classified" if trends is not None else "permafrost maps were compared"
    report.methods(
        f"Change of permafrost was told between {', '.join(times.labels)}: {what}, and areas of transitions were "
        f"summed on the ellipsoid. Permafrost in equilibrium with the climate covers {fixed(areas[0], 0)} km² in "
        f"{first} and {fixed(areas[-1], 0)} km² in {last}; {fixed(no_longer, 0)} km² are no longer and "
        f"{fixed(newly, 0)} km² newly in equilibrium.{trend_text} TTOP is an equilibrium model: this is no observed "
        "loss of permafrost, whose extent may lag the climate by decades (Zhao et al. 2025)."
    )


def _matrix(report: Report, matrix: np.ndarray, before: str, after: str) -> None:
    """Add the areas of transitions as a table, with the sums of its rows and columns."""
    present = [i for i in range(CLASSES) if matrix[i].sum() + matrix[:, i].sum() > 0]
    names = [PERMAFROST_MAP[i].name for i in present]
    rows = [
        [name, *(fixed(matrix[i, j], 1) for j in present), fixed(matrix[i].sum(), 1)] for name, i in zip(names, present)
    ]
    rows.append(["Sum", *(fixed(matrix[:, j].sum(), 1) for j in present), fixed(matrix.sum(), 1)])
    report.table([f"{before}, then {after} [km²]", *names, "Sum"], rows, f"From {before} (rows) to {after} (columns).")


def _report_years(report: Report, times: Times, trends: Trends) -> None:
    """Add the windows, and the share of permafrost year by year."""
    areas, total = times.permafrost_km2(), float(times.areas_km2[-1].sum())
    report.section("Years and windows")
    years = np.array(trends.years)
    report.table(
        ["Window", "Years with TTOP", "Permafrost [km²]", "Share of all classes [%]"],
        [
            (period.label, int(period.holds(years).sum()), fixed(area, 1), fixed(100 * area / total, 2))
            for period, area in zip(trends.periods, areas)
        ],
        f"Classes are those of the mean TTOP of a window; a cell needs {100 * MIN_SHARE:.0f} % of its years.",
    )
    percent = np.array(trends.percent)
    windows = [
        charts.Series(
            f"mean of {period.label}",
            [period.first, period.last],
            [float(np.nanmean(percent[period.holds(years)]))] * 2,
        )
        for period in trends.periods
    ]
    yearly = charts.Series("single years", years.tolist(), trends.percent, points=True)
    report.figure(
        charts.lines([yearly, *windows], "Area curve", "Year", "TTOP at or below the threshold [% of area]"),
        "Share of the ground whose TTOP of a single year is at or below the threshold, with the windows. Single years "
        "are weather: read the windows. Glaciers and lakes are left out; each year counts where it has a value.",
    )


def _report_trend(report: Report, p: SimpleNamespace, trends: Trends) -> str:
    """Add the trend; give its sentences for the methods section."""
    warming, cooling = (trends.share(float(count)) for count in trends.slopes[1:])
    test = "the Mann-Kendall test, corrected for ties"
    if p.AUTOCORRELATION == "hamed_rao":
        test += " and, where it is positive, for autocorrelation after Hamed and Rao (1998)"
    report.section("Trend")
    report.paragraph(
        f"Of {trends.tests} cells with at least {p.MIN_YEARS} years, {warming:.1f} % warm and {cooling:.1f} % cool "
        f"significantly at a false discovery rate of {p.ALPHA:g}. Neighbouring cells share their weather, so that "
        "significant cells come in patches: their number is no count of independent findings."
    )
    if p.TREND and p.SIGNIFICANCE and warming + cooling > 0:
        slope, adjusted = (thinned(RasterSource(path, "trend")) for path in (p.TREND, p.SIGNIFICANCE))
        # The seven entries of the legend stand for whole tenths.
        limit = 0.3 * float(np.ceil(np.nanmax(np.abs(slope)) / 0.3))
        report.figure(
            field_figure(
                np.where(adjusted <= p.ALPHA, slope, np.nan), (-limit, limit), "°C per decade", "Significant trends"
            ),
            f"Sen's slope where it is significant at a false discovery rate of {p.ALPHA:g}; white elsewhere.",
        )
    return (
        f" The trend of yearly TTOP from {trends.years[0]} to {trends.years[-1]} was estimated by Sen's slope and "
        f"tested by {test}, with p-values adjusted to a false discovery rate (Benjamini and Hochberg 1995): "
        f"{warming:.1f} % of {trends.tests} cells warm and {cooling:.1f} % cool significantly at a rate of {p.ALPHA:g}."
    )
