"""The report on the areas of a map."""

from __future__ import annotations

from ..assess.areastatistics import Areas
from ..classes import PERMAFROST_MAP
from ..language import tr
from . import charts
from .numbers import area, fixed
from .report import Report

# Of classes that a permafrost map does not have.
OTHER_COLOUR = "#777777"


def report_areastatistics(report: Report, result: Areas, map_figure: str = "") -> None:
    """Fill a report with the areas of the classes, in total and per district.

    Parameters
    ----------
    report : Report
        To be filled.
    result : Areas
        What was found.
    map_figure : str
        SVG of the map; empty where its classes have no colours.
    """
    whole = result.whole()
    report.key_figures(
        [(one.name, area(one.km2), tr("{percent} % of the map", percent=fixed(one.percent, 2))) for one in whole]
    )
    colours = {entry.value: entry.colour for entry in PERMAFROST_MAP}
    bars = [(one.name, one.km2, colours.get(one.value, OTHER_COLOUR)) for one in whole]
    report.figure(charts.bars(bars, "Areas", "km²"), tr("Areas of the classes on the ellipsoid."))
    if map_figure:
        report.figure(map_figure, tr("The map '{map_name}'.", map_name=result.map_name))
    report.section("Areas")
    report.table(
        ["District", "Class", "Area [km²]", "Share [%]"],
        ((one.district, one.name, fixed(one.km2, 1), fixed(one.percent, 2)) for one in result.all()),
        tr("Areas per class. Shares are percentages of the area of all classes in the district."),
        align="llrr",
    )
    parts = "; ".join(f"{one.name} {area(one.km2)} ({fixed(one.percent, 2)} %)" for one in whole)
    report.methods(
        tr(
            "The areas of the classes of the map '{map_name}' are the sums of the areas of their cells on "
            "the ellipsoid of its CRS: {parts}.",
            map_name=result.map_name,
            parts=parts,
        )
    )
