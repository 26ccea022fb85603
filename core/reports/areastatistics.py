"""The report on the areas of a map."""

from __future__ import annotations

from ..assess.areastatistics import WHOLE, Areas, ClassArea
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
        [(_name(one), area(one.km2), tr("{percent} % of the map", percent=fixed(one.percent, 2))) for one in whole]
    )
    colours = {entry.value: entry.colour for entry in PERMAFROST_MAP}
    bars = [(_name(one), one.km2, colours.get(one.value, OTHER_COLOUR)) for one in whole]
    report.figure(charts.bars(bars, tr("Areas"), "km²"), tr("Areas of the classes on the ellipsoid."))
    if map_figure:
        report.figure(map_figure, tr("The map '{map_name}'.", map_name=result.map_name))
    report.section(tr("Areas"))
    report.table(
        [tr("District"), tr("Class"), tr("Area [km²]"), tr("Share [%]")],
        ((_district(one), _name(one), fixed(one.km2, 1), fixed(one.percent, 2)) for one in result.all()),
        tr("Areas per class. Shares are percentages of the area of all classes in the district."),
        align="llrr",
    )
    parts = "; ".join(f"{_name(one)} {area(one.km2)} ({fixed(one.percent, 2)} %)" for one in whole)
    report.methods(
        tr(
            "The areas of the classes of the map '{map_name}' are the sums of the areas of their cells on "
            "the ellipsoid of its CRS: {parts}.",
            map_name=result.map_name,
            parts=parts,
        )
    )


def _name(one: ClassArea) -> str:
    """Return the name of a class in the user's language."""
    return tr("class {value}", value=one.value) if one.name == f"class {one.value}" else tr(one.name)


def _district(one: ClassArea) -> str:
    return tr("whole map") if one.district == WHOLE else one.district
