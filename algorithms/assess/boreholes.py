"""A permafrost map against boreholes and other points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...core.assess.binary import listed_classes, listed_values
from ...core.assess.boreholes import (
    MEASURES,
    POINT_FIELDS,
    BoreholeComparison,
    Field,
    Observations,
    read_observations,
)
from ...core.errors import InputError
from ...core.language import tr
from ...core.reports.boreholes import report_boreholes
from ...core.reports.numbers import fixed
from ...raster.assess.boreholes import BoreholesJob, run_boreholes
from ...raster.read.classes import ClassSource
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import VectorTable, require_decoded
from ..parameters import (
    NumberOutput,
    Source,
    Values,
    either,
    field,
    number,
    points_output,
    raster,
    report_output,
    skip_parameter,
    text,
    vector,
)


class Boreholes(PermafrostAlgorithm):
    """Algorithm ``permafrost:boreholes``."""

    ID = "boreholes"
    TITLE = "Compare with boreholes"
    GROUP = Group.ASSESS
    TAGS = "validation, boreholes, MAGT, ground temperature, GTN-P, rock glaciers, points, RMSE, bias, presence"
    SUMMARY = "Compares TTOP and a permafrost map with boreholes, or with points of observed presence and absence."
    DESCRIPTION = """
        Presence and absence are compared first: a point has permafrost where its mean annual ground temperature (MAGT)
        is 0 °C or below, or where a field says so, as for rock glaciers and pits. Temperature comes second: TTOP minus
        MAGT.

        Several points in one cell of the map are one observation. Their temperatures are averaged; where a field gives
        presence and they disagree, the cell is left out. Points that lie off the map, have no observation, or lie where
        the map has no value are left out too; the layer and the report say which.

        MAGT is measured at some depth, while TTOP is the temperature at the top of permafrost. At the depth of zero
        annual amplitude, MAGT differs from TTOP by the geothermal gradient and by the memory of the climate of past
        decades. Boreholes are not drilled at random, so the figures hold for places like theirs.
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
        """Return the parameters and outputs."""
        return (
            either(
                raster(
                    "TTOP",
                    "TTOP [°C] (or a permafrost map, or both)",
                    "From 'TTOP', or any mean annual temperature. Without a map, permafrost is where it is at or below "
                    "the threshold.",
                    optional=True,
                    unit="degC",
                )
            ),
            either(
                raster(
                    "MAP",
                    "Permafrost map (or TTOP, or both)",
                    "A raster of classes, for example from 'Permafrost map'.",
                    optional=True,
                )
            ),
            vector("BOREHOLES", "Boreholes", "Points.", [Source.TypeVectorPoint]),
            either(
                field(
                    "MAGT",
                    "Mean annual ground temperature, MAGT [°C] (or permafrost observed)",
                    "Field of the points; empty where a point has no temperature.",
                    "BOREHOLES",
                )
            ),
            field("DEPTH", "Depth [m]", "Field with the depth at which MAGT was measured.", "BOREHOLES"),
            either(
                field(
                    "PRESENCE",
                    "Permafrost observed (or MAGT)",
                    "Field with the presence of permafrost, for points without MAGT such as rock glaciers. Where it is "
                    "given, presence is taken from it instead of from MAGT.",
                    "BOREHOLES",
                )
            ),
            text(
                "PRESENCE_PERMAFROST",
                "Permafrost in the presence field",
                "Values of that field that mean permafrost, as numbers or texts separated by commas.",
                "1",
            ),
            number(
                "THRESHOLD",
                "Threshold of TTOP [°C]",
                "Without a map, permafrost is where TTOP is at or below this threshold.",
                0.0,
                -10.0,
                10.0,
                advanced=True,
            ),
            text(
                "MAP_PERMAFROST",
                "Permafrost in the map",
                "Values of the map that mean permafrost, separated by commas.",
                "1",
                advanced=True,
            ),
            text(
                "MAP_EXCLUDED",
                "Excluded in the map",
                "Values of the map to leave out, by default glaciers and lakes; cells without a value always are.",
                "3,4",
                optional=True,
                advanced=True,
            ),
            skip_parameter("boreholes"),
            points_output(
                "OUTPUT",
                "Boreholes compared",
                "All points with their own fields and: cell (column and row), ttop, map_class, mapped and observed "
                "permafrost, error (TTOP minus the MAGT of the point, K), and status (used, or why not).",
            ),
            report_output(),
            *(NumberOutput(name, label) for name, label in MEASURES),
        )

    def check(self, p: Values) -> BoreholesJob:
        """Require something modelled and something observed; return the job."""
        if p.TTOP is None and p.MAP is None:
            raise InputError(tr("Neither TTOP nor MAP is given: choose a TTOP raster, a permafrost map, or both."))
        if not p.MAGT and not p.PRESENCE:
            fields = ", ".join(p.BOREHOLES.fields)
            raise InputError(
                tr(
                    "Neither MAGT nor PRESENCE is given: set one of them to a field of '{name}': {fields}.",
                    name=p.BOREHOLES.name,
                    fields=fields,
                )
            )
        # All fields of the points go into the output.
        require_decoded(p.BOREHOLES.fields, p.BOREHOLES.name, p.BOREHOLES.path)
        return BoreholesJob(
            points=p.BOREHOLES.features(),
            observations=_observations(p),
            ttop=p.TTOP,
            map=None if p.MAP is None else ClassSource.of(p.MAP),
            permafrost=listed_classes(p.MAP_PERMAFROST, "MAP_PERMAFROST"),
            excluded=listed_classes(p.MAP_EXCLUDED or "", "MAP_EXCLUDED"),
            threshold=p.THRESHOLD,
            magt_field=p.MAGT or "",
            presence_field=p.PRESENCE or "",
        )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compare points and cells, then write the points and the report."""
        job = task.checked
        task.note_alignment(job.grid(), job.map)
        result = run_boreholes(job, task.running)
        task.info(result.describe())
        fields, rows = _table(p.BOREHOLES, result)
        task.write_table("OUTPUT", fields, rows, job.points)
        measures = result.measures()
        if measures["N"]:
            task.info(
                tr(
                    "Overall accuracy {oa}, kappa {kappa}, {cells} cells.",
                    oa=fixed(measures["OA"]),
                    kappa=fixed(measures["KAPPA"]),
                    cells=measures["N"],
                )
            )
        if measures["N_MAGT"]:
            task.info(
                tr(
                    "ME {me} K, RMSE {rmse} K in {cells} cells.",
                    me=fixed(measures["ME"], 2),
                    rmse=fixed(measures["RMSE"], 2),
                    cells=measures["N_MAGT"],
                )
            )
        task.write_report(p.OUTPUT_HTML, lambda report: report_boreholes(report, result))
        return measures


def _observations(p: Values) -> Observations:
    """Return the observations in the fields of the points."""
    table: VectorTable = p.BOREHOLES
    magt, depth, presence = (
        Field(name, table.column(name, parameter)) if name else None
        for parameter, name in (("MAGT", p.MAGT), ("DEPTH", p.DEPTH), ("PRESENCE", p.PRESENCE))
    )
    permafrost = listed_values(p.PRESENCE_PERMAFROST, presence.values if presence else ())
    return read_observations(table.name, len(table.wkb), magt, depth, presence, permafrost, "PRESENCE_PERMAFROST")


def _table(table: VectorTable, result: BoreholeComparison) -> tuple[dict[str, type], Iterator[tuple]]:
    """Return the fields of the output, those of the points first, and its rows."""
    # A field of the points that has the name of one of ours would be the result of an earlier run.
    own = {name: values for name, values in table.fields.items() if name.lower() not in POINT_FIELDS}
    kinds = {name: _kind(values) for name, values in own.items()}
    columns = [[_as(value, kinds[name]) for value in values] for name, values in own.items()]
    of_points = zip(*columns) if columns else iter([()] * len(table.wkb))
    return {**kinds, **POINT_FIELDS}, ((*given, *found) for given, found in zip(of_points, result.rows()))


def _kind(values: tuple) -> type:
    """Return the type that holds all values of a field: int, float or str."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return int
    return float if kinds and kinds <= {int, float} else str


def _as(value: Any, kind: type) -> Any:
    return None if value is None else kind(value)
