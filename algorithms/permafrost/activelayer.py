"""Thickness of the active layer."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.activelayer import ActiveLayerResult, Soil
from ...core.reports.activelayer import report_activelayer
from ...raster.permafrost.activelayer import ActiveLayerJob, run_activelayer
from ...raster.publish.preview import Picture, field_figure
from ...raster.read.rasters import RasterSource
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, Values, choice, number, raster, raster_output, report_output, running_parameters
from .degree_day_inputs import degree_day_parameters

METHODS = ("stefan_e", "stefan")


class ActiveLayer(PermafrostAlgorithm):
    """Algorithm ``permafrost:activelayer``."""

    ID = "activelayer"
    TITLE = "Active layer thickness"
    GROUP = Group.PERMAFROST
    TAGS = "ALT, active layer, Stefan, thaw depth, edaphic factor, E factor, thawing degree days"
    SUMMARY = "Computes the thickness of the active layer over permafrost from thawing degree days, after Stefan."
    DESCRIPTION = """
        Thickness = E sqrt(DDT), with E specified, or computed from soil properties as
        sqrt(2 k_t 86400 / (L rho_d (w - w_u))) with the latent heat of fusion L = 3.34e5 J/kg. Only cells with TTOP at
        0 °C or below have an active layer.

        The same soil is assumed for all cells, although E varies from place to place more than the climate does. The
        defaults are starting values, not measurements: if you have a measured thickness Z in your area, set E to
        Z / sqrt(DDT) of that site.

        Stefan's equation neglects the heat that warms the soil, which makes the thickness somewhat too large.
    """
    EXAMPLE = "DDT=ddt.tif TTOP=ttop.tif METHOD=stefan_e E_FACTOR=0.05 OUTPUT=active_layer.tif"
    REFERENCES = (
        "Nelson, F. E. et al. (1997): Estimating active-layer thickness over a large region: Kuparuk River Basin, "
        "Alaska, U.S.A. Arctic and Alpine Research 29(4), 367-378. doi:10.1080/00040851.1997.12003258",
        "Kurylyk, B. L. & Hayashi, M. (2016): Improved Stefan equation correction factors to accommodate sensible heat "
        "storage during soil freezing or thawing. Permafrost and Periglacial Processes 27(2), 189-203. "
        "doi:10.1002/ppp.1865",
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            degree_day_parameters()[0],
            raster("TTOP", "TTOP [°C]", "From 'TTOP'. Permafrost is where it is 0 °C or below.", unit="degC"),
            choice(
                "METHOD",
                "Method",
                "stefan_e: E sqrt(DDT) with the E specified below. stefan: E is computed from the conductivity, "
                "density and water content of the soil.",
                METHODS,
                "stefan_e",
            ),
            number(
                "E_FACTOR",
                "E [m (°C d)^-1/2]",
                "For stefan_e: thickness divided by the square root of DDT. 0.05 yields 2 m at 1600 °C d.",
                0.05,
                0.001,
                0.5,
            ),
            number(
                "CONDUCTIVITY",
                "Thermal conductivity of thawed soil [W/(m K)]",
                "For stefan: k_t.",
                1.2,
                0.05,
                6.0,
                advanced=True,
            ),
            number(
                "DRY_DENSITY",
                "Dry density [kg/m³]",
                "For stefan: rho_d, mass of dry soil per volume.",
                1500.0,
                50.0,
                2700.0,
                advanced=True,
            ),
            number(
                "WATER",
                "Water content [kg/kg]",
                "For stefan: w, mass of water and ice per mass of dry soil; that of peat can exceed 1.",
                0.20,
                0.001,
                20.0,
                advanced=True,
            ),
            number(
                "UNFROZEN_WATER",
                "Unfrozen water content [kg/kg]",
                "For stefan: w_u, the part of the water that remains liquid in the frozen soil.",
                0.03,
                0.0,
                1.0,
                advanced=True,
            ),
            *running_parameters(),
            raster_output("OUTPUT", "Active layer thickness [m]", "Only over permafrost.", classes.ACTIVE_LAYER),
            report_output(),
            NumberOutput("MEAN", "Mean thickness [m]"),
        )

    def check(self, p: Values) -> None:
        """Refuse soil without water to freeze."""
        if p.METHOD == "stefan" and p.UNFROZEN_WATER >= p.WATER:
            raise InputError(
                tr(
                    "UNFROZEN_WATER is {unfrozen_water:g} and WATER is {water:g}, so there is no ice to melt: "
                    "UNFROZEN_WATER has to be the smaller one.",
                    unfrozen_water=p.UNFROZEN_WATER,
                    water=p.WATER,
                )
            )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compute the thickness."""
        job = _job(p)
        task.note_alignment(job.ddt.grid(), job.ttop)
        task.info(tr("E is {edaphic_factor:.4f} m (°C d)^-1/2.", edaphic_factor=job.edaphic_factor))
        result = run_activelayer(job, p.OUTPUT, task.provenance, task.running)
        task.warn(*result.warnings)
        task.write_report(p.OUTPUT_HTML, lambda report: report_activelayer(report, result, _figure(p.OUTPUT, result)))
        return {"MEAN": result.thickness.mean}


def _job(p: Values) -> ActiveLayerJob:
    if p.METHOD == "stefan_e":
        return ActiveLayerJob(p.DDT, p.TTOP, p.E_FACTOR)
    soil = Soil(p.CONDUCTIVITY, p.DRY_DENSITY, p.WATER, p.UNFROZEN_WATER)
    return ActiveLayerJob(p.DDT, p.TTOP, soil.edaphic_factor(), soil)


def _figure(path: str, result: ActiveLayerResult) -> str:
    """Draw the raster that was written."""
    picture = Picture.of(RasterSource(path, "active layer"))
    return field_figure(picture, (0.0, result.thickness.highest), "m", tr("Active layer thickness"))
