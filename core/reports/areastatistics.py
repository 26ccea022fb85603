"""The report on the areas of a map."""

from __future__ import annotations

from ..assess.areastatistics import WHOLE, Areas, ClassArea
from ..classes import PERMAFROST_MAP
from ..language import tr
from . import charts
from .numbers import area, area_number, percentage
from .report import Report
from .wording import clauses, layer_in_words

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
    whole, cell = result.whole(), result.cell_km2
    report.key_figures(
        [
            (_name(one), area(one.km2, cell), tr("{percent} % of the mapped area", percent=percentage(one.percent)))
            for one in whole
        ]
    )
    if map_figure:
        report.figure(map_figure, tr("The map."))
    colours = {entry.value: entry.colour for entry in PERMAFROST_MAP}
    bars = [(_name(one), one.km2, colours.get(one.value, OTHER_COLOUR)) for one in whole]
    report.figure(
        charts.bars(bars, tr("Areas"), "km²", digits=0 if whole and max(one.km2 for one in whole) >= 100 else 1),
        tr("Areas of the classes on the ellipsoid."),
    )
    report.section(tr("Areas"))
    report.table(
        [tr("District"), tr("Class"), tr("Area [km²]"), tr("Share [%]")],
        ((_district(one), _name(one), area_number(one.km2, cell), percentage(one.percent)) for one in result.all()),
        tr("Areas per class. Shares are percentages of the area of all classes in the district."),
        align="llrr",
    )
    parts = clauses(
        tr("{name} {area} ({percent} %)", name=_name(one), area=area(one.km2, cell), percent=percentage(one.percent))
        for one in whole
    )
    report.methods(
        tr(
            "The areas of the classes of the permafrost map are the sums of the areas of their cells on the ellipsoid "
            "of its CRS: {parts}.",
            parts=parts,
        )
        if result.is_permafrost_map
        else tr(
            "The areas of the classes of {name} are the sums of the areas of their cells on the ellipsoid of its CRS: "
            "{parts}.",
            name=layer_in_words(result.map_name, tr("the map")),
            parts=parts,
        )
    )


def _name(one: ClassArea) -> str:
    """Return the name of a class in the user's language."""
    return tr("class {value}", value=one.value) if one.name == f"class {one.value}" else tr(one.name)


def _district(one: ClassArea) -> str:
    return tr("whole map") if one.district == WHOLE else one.district
