"""The report on the thickness of the active layer."""

from __future__ import annotations

from typing import Optional

from ..language import tr
from ..permafrost.activelayer import LATENT_HEAT, ActiveLayerResult, Soil
from .report import Report


def report_activelayer(report: Report, result: ActiveLayerResult, figure: str) -> None:
    """Fill in the report on the active layer; `figure` is the SVG of the map."""
    thickness, factor, soil = result.thickness, result.edaphic_factor, result.soil
    report.key_figures(
        [
            (tr("Mean thickness [m]"), thickness.mean, tr("over cells with permafrost, weighted equally")),
            (tr("Minimum [m]"), thickness.lowest, ""),
            (tr("Maximum [m]"), thickness.highest, ""),
            (tr("Cells with permafrost"), thickness.cells, ""),
            (
                tr("E [m (°C d)^-1/2]"),
                f"{factor:.4f}",
                tr("specified") if soil is None else tr("computed from the soil"),
            ),
        ]
    )
    report.paragraph(
        tr(
            "The same E is used for all cells. In reality E varies from soil to soil, so the thickness of a "
            "single cell can be far off even if the mean is right."
        )
    )
    report.figure(figure, tr("Thickness of the active layer."))
    report.methods(
        tr(
            "The thickness of the active layer was computed with Stefan's equation as E sqrt(DDT), with E = "
            "{factor:.4f} m (°C d)^-1/2{origin} and thawing degree days (DDT) of the ground surface, in "
            "cells where the temperature at the top of permafrost is 0 °C or below. It averages {mean:.2f} "
            "m, and ranges from {lowest:.2f} to {highest:.2f} m, over {cells} cells.",
            factor=factor,
            origin=_origin(soil),
            mean=thickness.mean,
            lowest=thickness.lowest,
            highest=thickness.highest,
            cells=thickness.cells,
        )
    )


def _origin(soil: Optional[Soil]) -> str:
    """Return where E comes from, to be inserted into a sentence; empty where it was specified."""
    if soil is None:
        return ""
    return tr(
        " (computed from a thermal conductivity of thawed soil of {conductivity:g} W/(m K), a dry "
        "density of {dry_density:g} kg/m³, a water content of {water:g} kg/kg, of which "
        "{unfrozen_water:g} kg/kg remain unfrozen, and a latent heat of {latent_heat:g} J/kg)",
        conductivity=soil.conductivity,
        dry_density=soil.dry_density,
        water=soil.water,
        unfrozen_water=soil.unfrozen_water,
        latent_heat=LATENT_HEAT,
    )
