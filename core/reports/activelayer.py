"""The report on the thickness of the active layer."""

from __future__ import annotations

from typing import Optional

from ..permafrost.activelayer import LATENT_HEAT, ActiveLayerResult, Soil
from .report import Report


def report_activelayer(report: Report, result: ActiveLayerResult, figure: str) -> None:
    """Fill in the report on the active layer; `figure` is the SVG of the map."""
    thickness, factor, soil = result.thickness, result.edaphic_factor, result.soil
    report.key_figures(
        [
            ("Mean thickness [m]", thickness.mean, "over cells with permafrost, weighted equally"),
            ("Minimum [m]", thickness.lowest, ""),
            ("Maximum [m]", thickness.highest, ""),
            ("Cells with permafrost", thickness.cells, ""),
            ("E [m (°C d)^-1/2]", f"{factor:.4f}", "specified" if soil is None else "computed from the soil"),
        ]
    )
    report.paragraph(
        "The same E is used for all cells. In reality E varies from soil to soil, so the thickness of a single cell "
        "can be far off even if the mean is right."
    )
    report.figure(figure, "Thickness of the active layer.")
    report.methods(
        "The thickness of the active layer was computed with Stefan's equation as E sqrt(DDT), with E = "
        f"{factor:.4f} m (°C d)^-1/2{_origin(soil)} and thawing degree days (DDT) of the ground surface, in cells "
        "where the temperature at the top of permafrost is 0 °C or below. It averages "
        f"{thickness.mean:.2f} m, and ranges from {thickness.lowest:.2f} to {thickness.highest:.2f} m, over "
        f"{thickness.cells} cells."
    )


def _origin(soil: Optional[Soil]) -> str:
    """Return where E comes from, to be inserted into a sentence; empty where it was specified."""
    if soil is None:
        return ""
    return (
        f" (computed from a thermal conductivity of thawed soil of {soil.conductivity:g} W/(m K), a dry density of "
        f"{soil.dry_density:g} kg/m³, a water content of {soil.water:g} kg/kg, of which {soil.unfrozen_water:g} kg/kg "
        f"remain unfrozen, and a latent heat of {LATENT_HEAT:g} J/kg)"
    )
