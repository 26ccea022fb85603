"""A permafrost map against boreholes and other points."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core.assess.binary import (
    NOT_COMPARED,
    OTHER,
    PERMAFROST,
    binary,
    binary_value,
    listed_classes,
    listed_values,
    require_found,
)
from ...core.assess.boreholes import (
    DEPTHS,
    Cells,
    Observations,
    cell_means,
    cell_presence,
    numbers,
    presence_by_temperature,
)
from ...core.celsius import require_celsius, require_same_unit
from ...core.errors import InputError
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...raster.grid.grid import Grid
from ...raster.read.points import locate, read_cells
from ...raster.read.sources import NO_CLASS, ClassSource
from ...raster.run.blocks import Running
from ...raster.run.values import values_of
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import VectorTable
from ..parameters import (
    NumberOutput,
    Source,
    field,
    number,
    points_output,
    raster,
    report_output,
    skip_parameter,
    text,
    vector,
)

# Rows of the report's table; the layer has all.
MOST_ROWS = 100

# What becomes of a point.
USED = "used"
OFF_THE_MAP = "off the map"
NOTHING_OBSERVED = "nothing observed"
NOTHING_MAPPED = "nothing to compare in the map"
DISAGREEING = "points of the cell disagree"

WORDS = {PERMAFROST: "yes", OTHER: "no", NOT_COMPARED: ""}

MEASURES = (
    ("N", "Cells with presence compared"),
    ("TP", "Permafrost in both"),
    ("FP", "Permafrost in the map only"),
    ("FN", "Permafrost observed only"),
    ("TN", "Permafrost in neither"),
    ("PREVALENCE", "Share of permafrost observed"),
    ("OA", "Overall accuracy"),
    ("KAPPA", "Cohen's kappa"),
    ("KAPPA_SE", "Standard error of kappa"),
    ("N_MAGT", "Cells with temperature compared"),
    ("ME", "Mean error [K]"),
    ("MAE", "Mean absolute error [K]"),
    ("RMSE", "Root mean squared error [K]"),
)


class Boreholes(PermafrostAlgorithm):
    """Algorithm ``permafrost:boreholes``."""

    ID = "boreholes"
    TITLE = "Compare with boreholes"
    GROUP = Group.ASSESS
    TAGS = "validation, boreholes, MAGT, ground temperature, GTN-P, rock glaciers, points, RMSE, bias, presence"
    SUMMARY = (
        "Compares TTOP and a permafrost map with boreholes, or with points that tell permafrost from other ground."
    )
    DESCRIPTION = """
        First presence and absence: a point has permafrost where its mean annual ground temperature (MAGT) is 0 °C or
        below, or where a field says so, as for rock glaciers and pits. Then temperature: TTOP minus MAGT.

        Several points in one cell of the map are one observation. Their temperatures are averaged; where a field tells
        presence and they disagree, the cell is left out. Points off the map, without an observation, or where the map
        has no value are left out too, and the layer and the report tell which.

        MAGT is measured at some depth, TTOP is the temperature at the top of permafrost: at the depth of zero annual
        amplitude, MAGT differs from TTOP by the geothermal gradient and by what the climate was decades ago. Boreholes
        are not drilled at random, so the figures hold for places like theirs.
    """
    EXAMPLE = "TTOP=ttop.tif MAP=map.tif BOREHOLES=boreholes.gpkg MAGT=magt DEPTH=depth OUTPUT=compared.gpkg"
    REFERENCES = (
        "Cohen, J. (1960): A coefficient of agreement for nominal scales. Educational and Psychological Measurement "
        "20(1), 37-46. doi:10.1177/001316446002000104",
        "Cao, B. et al. (2019): Brief communication: Evaluation and inter-comparisons of Qinghai-Tibet Plateau "
        "permafrost maps based on a new inventory of field evidence. The Cryosphere 13, 511-519. "
        "doi:10.5194/tc-13-511-2019",
    )

    PASSES_WITHOUT = "BOREHOLES"

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            raster(
                "TTOP",
                "TTOP [°C]",
                "From 'TTOP', or any mean annual temperature. Without a map, permafrost is where it is at the "
                "threshold or below.",
                optional=True,
            ),
            raster(
                "MAP",
                "Permafrost map",
                "A raster of classes, for example from 'Permafrost map'. TTOP or a map has to be given, or both.",
                optional=True,
            ),
            vector("BOREHOLES", "Boreholes", "Points.", [Source.TypeVectorPoint]),
            field(
                "MAGT",
                "Mean annual ground temperature [°C]",
                "Field of the points. Where it is empty the point has no temperature.",
                "BOREHOLES",
            ),
            field("DEPTH", "Depth [m]", "Field with the depth at which MAGT was measured.", "BOREHOLES"),
            field(
                "PRESENCE",
                "Permafrost observed",
                "Field that tells permafrost from other ground, for points without MAGT such as rock glaciers; where "
                "it is given, it and not MAGT tells presence.",
                "BOREHOLES",
            ),
            text(
                "PRESENCE_PERMAFROST",
                "Values that are permafrost",
                "Values of that field that are permafrost, separated by commas; texts are allowed.",
                "1",
            ),
            number(
                "THRESHOLD",
                "Threshold of TTOP [°C]",
                "Where there is no map, permafrost is at this TTOP and below.",
                0.0,
                -10.0,
                10.0,
                advanced=True,
            ),
            text(
                "MAP_PERMAFROST",
                "Permafrost in the map",
                "Values of the map that are permafrost, separated by commas.",
                "1",
                advanced=True,
            ),
            text(
                "MAP_EXCLUDED",
                "Not compared in the map",
                "Values of the map that are left out, by default glaciers and lakes; cells without a value always are.",
                "3,4",
                optional=True,
                advanced=True,
            ),
            skip_parameter("boreholes"),
            points_output(
                "OUTPUT",
                "Boreholes compared",
                "All points with their fields, and: cell (column and row), ttop, map_class, mapped and observed "
                "permafrost, error (TTOP minus MAGT of the point, K), and status (used, or why not).",
            ),
            report_output(),
            *(NumberOutput(name, label) for name, label in MEASURES),
        )

    def check(self, p: SimpleNamespace) -> None:
        """There is something modelled and something observed."""
        if p.TTOP is None and p.MAP is None:
            raise InputError("Neither TTOP nor MAP is given: choose a TTOP raster, a permafrost map, or both.")
        if not p.MAGT and not p.PRESENCE:
            fields = ", ".join(p.BOREHOLES.fields)
            raise InputError(
                f"Neither MAGT nor PRESENCE is given: set one of them to a field of '{p.BOREHOLES.name}': {fields}."
            )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Bring points to cells, compare, tell what was left out."""
        points = p.BOREHOLES.features()
        grid = (p.TTOP or p.MAP).grid()
        observations = _observations(p)
        x, y, inside = locate(points, grid)
        kept = inside & observations.known
        place = np.floor(y[kept]).astype(np.int64) * grid.width + np.floor(x[kept]).astype(np.int64)
        where, cell_of = np.unique(place, return_inverse=True)
        task.align(grid, None if p.MAP is None else ClassSource.of(p.MAP))
        cells = _cells(p, grid, observations, kept, where, cell_of, task.running)
        compared = cells.compared()
        if not compared.any():
            raise InputError(
                f"None of the {len(inside)} points of '{p.BOREHOLES.name}' lies in a cell with a value and says "
                "anything: check the CRS of the points, their fields, and the nodata values of the map."
            )
        status = np.where(inside, NOTHING_OBSERVED, OFF_THE_MAP).astype(object)
        status[kept] = np.where(compared, USED, np.where(cells.disagree, DISAGREEING, NOTHING_MAPPED))[cell_of]
        counts = Counter(status.tolist())
        task.info(_told(counts, cells, p.BOREHOLES.name))
        fields, rows = _rows(p.BOREHOLES, observations, kept, cell_of, cells, status)
        task.write_table("OUTPUT", fields, rows, points)
        confusion, temperature = cells.confusion(), cells.errors()
        if confusion.total:
            task.info(
                f"Overall accuracy {fixed(confusion.oa)}, kappa {fixed(confusion.kappa)}, {confusion.total} cells."
            )
        if temperature.n:
            task.info(f"ME {fixed(temperature.me, 2)} K, RMSE {fixed(temperature.rmse, 2)} K in {temperature.n} cells.")
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, cells, observations, counts))
        (tp, fp), (fn, tn) = confusion.matrix.tolist()
        return {
            "N": confusion.total,
            "TP": tp,
            "FP": fp,
            "FN": fn,
            "TN": tn,
            "PREVALENCE": confusion.prevalence,
            "OA": confusion.oa,
            "KAPPA": confusion.kappa,
            "KAPPA_SE": confusion.kappa_se,
            "N_MAGT": temperature.n,
            "ME": temperature.me,
            "MAE": temperature.mae,
            "RMSE": temperature.rmse,
        }


def _observations(p: SimpleNamespace) -> Observations:
    table: VectorTable = p.BOREHOLES
    nothing = np.full(len(table.wkb), np.nan)
    magt = numbers(table.column(p.MAGT, "MAGT"), p.MAGT) if p.MAGT else nothing
    require_celsius(magt, f"{table.name}, field {p.MAGT}")
    depth = numbers(table.column(p.DEPTH, "DEPTH"), p.DEPTH, DEPTHS) if p.DEPTH else nothing
    if not p.PRESENCE:
        return Observations(magt, depth, None)
    permafrost, column = listed_values(p.PRESENCE_PERMAFROST), table.column(p.PRESENCE, "PRESENCE")
    require_found(permafrost, column, "PRESENCE_PERMAFROST", f"field '{p.PRESENCE}' of '{table.name}'")
    presence = [binary_value(value, permafrost, ()) for value in column]
    return Observations(magt, depth, np.array(presence, np.int64))


def _cells(
    p: SimpleNamespace,
    grid: Grid,
    observations: Observations,
    kept: np.ndarray,
    where: np.ndarray,
    cell_of: np.ndarray,
    running: Running,
) -> Cells:
    """Read the rasters at the cells that hold points, and bring the points together."""
    columns, rows, n = where % grid.width, where // grid.width, len(where)
    magt = cell_means(observations.magt[kept], cell_of, n)
    ttop, classes = np.full(n, np.nan), np.full(n, NO_CLASS)
    if p.TTOP is not None:
        ttop = read_cells(p.TTOP, grid, columns, rows).astype(np.float64)
        require_celsius(ttop, p.TTOP.name)
        require_same_unit(magt, ttop[:, np.newaxis], f"Field '{p.MAGT}' of '{p.BOREHOLES.name}'")
        mapped = presence_by_temperature(ttop, p.THRESHOLD)
    if p.MAP is not None:
        classes = read_cells(ClassSource.of(p.MAP), grid, columns, rows)
        permafrost = listed_classes(p.MAP_PERMAFROST, "MAP_PERMAFROST")
        excluded = listed_classes(p.MAP_EXCLUDED or "", "MAP_EXCLUDED")
        mapped = binary(classes, permafrost, excluded, NO_CLASS)
        if not (mapped == PERMAFROST).any():
            found = values_of(ClassSource.of(p.MAP), running)
            require_found(permafrost, found, "MAP_PERMAFROST", f"'{p.MAP.name}'", excluded)
    if observations.presence is None:
        observed, disagree = presence_by_temperature(magt, 0.0), np.zeros(n, bool)
    else:
        observed, disagree = cell_presence(observations.presence[kept], cell_of, n)
    return Cells(
        columns=columns,
        rows=rows,
        points=np.bincount(cell_of, minlength=n),
        magt=magt,
        depth=cell_means(observations.depth[kept], cell_of, n),
        ttop=ttop,
        classes=classes,
        observed=observed,
        mapped=mapped,
        disagree=disagree,
    )


def _told(counts: Counter, cells: Cells, name: str) -> str:
    left_out = ", ".join(f"{why} ({number})" for why, number in counts.items() if why != USED)
    return (
        f"{counts[USED]} of {sum(counts.values())} points of '{name}' are used, in "
        f"{int(cells.compared().sum())} cells" + (f"; left out: {left_out}." if left_out else ".")
    )


def _rows(
    table: VectorTable,
    observations: Observations,
    kept: np.ndarray,
    cell_of: np.ndarray,
    cells: Cells,
    status: np.ndarray,
) -> tuple[dict[str, type], list[tuple]]:
    """Give the fields of the output and a row a point."""
    ours = {
        "cell": str,
        "ttop": float,
        "map_class": int,
        "mapped": str,
        "observed": str,
        "error": float,
        "status": str,
    }
    # A field of the points that bears one of our names would be the result of an earlier run.
    theirs = {name: values for name, values in table.fields.items() if name.lower() not in ours}
    fields = {name: _kind(values) for name, values in theirs.items()}
    place = np.full(len(kept), -1)
    place[kept] = cell_of
    rows = []
    for point, cell in enumerate(place.tolist()):
        given = [_as(values[point], fields[name]) for name, values in theirs.items()]
        found: tuple = ("", np.nan, None, "", "", np.nan)
        if cell >= 0:
            ttop, class_ = float(cells.ttop[cell]), int(cells.classes[cell])
            found = (
                f"{cells.columns[cell]} {cells.rows[cell]}",
                ttop,
                None if class_ == NO_CLASS else class_,
                WORDS[int(cells.mapped[cell])],
                WORDS[int(cells.observed[cell])],
                ttop - float(observations.magt[point]),
            )
        rows.append((*given, *found, status[point]))
    return {**fields, **ours}, rows


def _kind(values: tuple) -> type:
    """Give the type that holds all values of a field: int, float or str."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return int
    return float if kinds and kinds <= {int, float} else str


def _as(value: Any, kind: type) -> Any:
    return None if value is None else kind(value)


def _report(report: Report, p: SimpleNamespace, cells: Cells, observations: Observations, counts: Counter) -> None:
    c, t = cells.confusion(), cells.errors()
    depths = observations.depths()
    figures: list[tuple[str, object, str]] = []
    if c.total:
        kappa = f"95 % interval {fixed(c.kappa_interval[0])} to {fixed(c.kappa_interval[1])}"
        figures += [
            ("Overall accuracy", c.oa, f"{c.total} cells"),
            ("Cohen's kappa", c.kappa, kappa),
            ("Prevalence", c.prevalence, "share of permafrost in the observations"),
        ]
    if t.n:
        figures += [
            ("Mean error [K]", t.me, f"TTOP minus MAGT {depths}, {t.n} cells"),
            ("Mean absolute error [K]", t.mae, ""),
            ("RMSE [K]", t.rmse, ""),
        ]
    report.key_figures(figures)
    report.paragraph(
        f"{_told(counts, cells, p.BOREHOLES.name)} Several points in one cell are one observation: the mean of their "
        "temperatures, and their presence where they agree."
    )
    model = f"the map {p.MAP.name}" if p.MAP is not None else f"TTOP at {p.THRESHOLD:g} °C or below ({p.TTOP.name})"
    observed = (
        f"by the field {p.PRESENCE} of {p.BOREHOLES.name}"
        if p.PRESENCE
        else f"where MAGT of {p.BOREHOLES.name} is 0 °C or below, {depths}"
    )
    said = []
    if c.total:
        report.section("Presence and absence")
        report.figure(
            charts.matrix(c.matrix, c.labels, "Confusion matrix of boreholes"),
            f"Permafrost by {model} (rows) and as observed (columns), {observed}.",
        )
        said.append(
            f"Permafrost by {model} was compared with observations, {observed}, in {c.total} cells, of which "
            f"{100 * c.prevalence:.0f} % have permafrost. Overall accuracy is {fixed(c.oa, 2)} and Cohen's kappa "
            f"{fixed(c.kappa, 2)} (standard error {fixed(c.kappa_se, 2)}, observations taken as independent)."
        )
    if t.n:
        report.section("Temperature")
        report.figure(
            charts.scatter(cells.magt, cells.ttop, "TTOP against MAGT", "MAGT observed [°C]", "TTOP [°C]"),
            f"TTOP against MAGT {depths}, one mark a cell. A positive mean error says that the map is too warm.",
        )
        shown = np.flatnonzero(~np.isnan(cells.ttop - cells.magt))[:MOST_ROWS].tolist()
        report.table(
            ["Column, row", "Points", "Depth [m]", "MAGT [°C]", "TTOP [°C]", "TTOP − MAGT [K]", "Observed", "Mapped"],
            (
                [
                    f"{cells.columns[i]}, {cells.rows[i]}",
                    int(cells.points[i]),
                    *(
                        "" if np.isnan(value) else fixed(value, 2)
                        for value in (cells.depth[i], cells.magt[i], cells.ttop[i], cells.ttop[i] - cells.magt[i])
                    ),
                    WORDS[int(cells.observed[i])],
                    WORDS[int(cells.mapped[i])],
                ]
                for i in shown
            ),
            "Cells of the map with a temperature, the means of their points and permafrost observed and mapped"
            + ("." if len(shown) < MOST_ROWS else f"; the first {MOST_ROWS} of them."),
            align="lrrrrrll",
        )
        said.append(
            f"TTOP was compared with MAGT {depths} in {t.n} cells: mean error {fixed(t.me, 2)} K (positive where the "
            f"map is too warm), mean absolute error {fixed(t.mae, 2)} K, RMSE {fixed(t.rmse, 2)} K."
        )
    report.methods(" ".join(said) + " Several points in one cell of the map were taken as one observation.")
