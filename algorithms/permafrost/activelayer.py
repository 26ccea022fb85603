"""Thickness of the active layer."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core import classes
from ...core.celsius import require_celsius
from ...core.errors import InputError
from ...core.permafrost.activelayer import LATENT_HEAT, Soil, active_layer
from ...core.permafrost.ttop import FILL_OF_EITHER, require_degree_days, without_fill
from ...core.reports.report import Report
from ...core.sums import exact_sum
from ...raster.publish.preview import field_figure, thinned
from ...raster.read.sources import RasterSource
from ...raster.run.blocks import map_windows
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, choice, number, raster, raster_output, report_output, running_parameters
from .degree_day_inputs import degree_day_parameters

METHODS = ("stefan_e", "stefan")


@dataclass
class Tally:
    """What a report says about the cells, added up block by block."""

    cells: int = 0
    total: float = 0.0
    lowest: float = np.inf
    highest: float = -np.inf

    def add(self, values: np.ndarray) -> None:
        """Take in the cells that have a value."""
        known = values[~np.isnan(values)]
        if known.size:
            self.cells += known.size
            self.total += exact_sum(known)
            self.lowest = min(self.lowest, float(known.min()))
            self.highest = max(self.highest, float(known.max()))

    @property
    def mean(self) -> float:
        """Mean over all cells."""
        return self.total / self.cells


class ActiveLayer(PermafrostAlgorithm):
    """Algorithm ``permafrost:activelayer``."""

    ID = "activelayer"
    TITLE = "Active layer thickness"
    GROUP = Group.PERMAFROST
    TAGS = "ALT, active layer, Stefan, thaw depth, edaphic factor, E factor, thawing degree days"
    SUMMARY = "Computes the thickness of the active layer over permafrost from thawing degree days, after Stefan."
    DESCRIPTION = """
        Thickness = E sqrt(DDT), with E given, or computed from the soil as sqrt(2 k_t 86400 / (L rho_d (w - w_u))) with
        the latent heat of fusion L = 3.34e5 J/kg. Only cells with TTOP at 0 °C or below have an active layer.

        One soil holds for all cells, and E differs from place to place by more than the climate does. The defaults are
        values to begin with, not measurements: with a measured thickness Z of your area, set E to Z / sqrt(DDT) there.

        Heat that warms the soil is left out of Stefan's solution, which makes it somewhat too deep.
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
        """Parameters and outputs."""
        return (
            degree_day_parameters()[0],
            raster("TTOP", "TTOP [°C]", "From 'TTOP'. Permafrost is where it is 0 °C or below."),
            choice(
                "METHOD",
                "Method",
                "stefan_e: E sqrt(DDT) with the E that is given. stefan: E is computed from conductivity, density and "
                "water of the soil.",
                METHODS,
                "stefan_e",
            ),
            number(
                "E_FACTOR",
                "E [m (°C d)^-1/2]",
                "For stefan_e: thickness over the root of DDT. 0.05 gives 2 m at 1600 °C d.",
                0.05,
                0.001,
                0.5,
            ),
            number(
                "CONDUCTIVITY",
                "Thermal conductivity, thawed [W/(m K)]",
                "For stefan: k_t of the thawed soil.",
                1.2,
                0.05,
                6.0,
                advanced=True,
            ),
            number(
                "DRY_DENSITY",
                "Dry density [kg/m³]",
                "For stefan: rho_d, mass of dry soil by volume.",
                1500.0,
                50.0,
                2700.0,
                advanced=True,
            ),
            number(
                "WATER",
                "Water [kg/kg]",
                "For stefan: w, mass of water and ice over that of dry soil; peat can hold more than 1.",
                0.20,
                0.001,
                20.0,
                advanced=True,
            ),
            number(
                "UNFROZEN_WATER",
                "Unfrozen water [kg/kg]",
                "For stefan: w_u, what of the water stays liquid in frozen soil.",
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

    def check(self, p: SimpleNamespace) -> None:
        """There is water to melt."""
        if p.METHOD == "stefan" and p.UNFROZEN_WATER >= p.WATER:
            raise InputError(
                f"UNFROZEN_WATER is {p.UNFROZEN_WATER:g} and WATER is {p.WATER:g}, so nothing melts: give less of "
                "the first."
            )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Compute the thickness block by block."""
        grid = p.DDT.grid()
        task.align(grid, p.TTOP)
        soil = Soil(p.CONDUCTIVITY, p.DRY_DENSITY, p.WATER, p.UNFROZEN_WATER)
        factor = p.E_FACTOR if p.METHOD == "stefan_e" else soil.edaphic_factor()
        task.info(f"E is {factor:.4f} m (degC d)^-1/2.")

        def compute(ddt: np.ndarray, ttop: np.ndarray) -> tuple[np.ndarray, int]:
            require_degree_days(ddt, p.DDT.name)
            require_celsius(ttop, p.TTOP.name)
            ddt, fill = without_fill(ddt)
            return active_layer(ddt, ttop, factor), fill

        nothing = (
            f"No cell of '{p.DDT.name}' and '{p.TTOP.name}' has both a value and a TTOP of 0 degC or below: check that "
            "they show the same place, one with permafrost."
        )
        tally, fill_cells = Tally(), 0
        layer = Layer(["Active layer thickness"], "m")
        with write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, nothing) as output:
            for window, (values, fill) in map_windows(compute, {"ddt": p.DDT, "ttop": p.TTOP}, grid, task.running):
                output.write(window, values)
                tally.add(values)
                fill_cells += fill
        if fill_cells:
            task.warn(
                f"{fill_cells} cells of '{p.DDT.name}' hold {FILL_OF_EITHER:g}, which is taken for a fill value: tag "
                "it as nodata."
            )
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, factor, tally))
        return {"MEAN": tally.mean}


def _report(report: Report, p: SimpleNamespace, factor: float, tally: Tally) -> None:
    report.key_figures(
        [
            ("Mean thickness [m]", tally.mean, "over cells with permafrost, each counted alike"),
            ("Smallest [m]", tally.lowest, ""),
            ("Largest [m]", tally.highest, ""),
            ("Cells with permafrost", tally.cells, ""),
            ("E [m (°C d)^-1/2]", f"{factor:.4f}", "given" if p.METHOD == "stefan_e" else "from the soil"),
        ]
    )
    report.paragraph(
        "One E holds for all cells. In nature it differs from soil to soil, so that single cells can be far off where "
        "the mean is right."
    )
    values = thinned(RasterSource(p.OUTPUT, "active layer"))
    report.figure(
        field_figure(values, (0.0, tally.highest), "m", "Active layer thickness"), "Thickness of the active layer."
    )
    soil = (
        f"k_t = {p.CONDUCTIVITY:g} W/(m K), dry density {p.DRY_DENSITY:g} kg/m³, water {p.WATER:g} kg/kg of which "
        f"{p.UNFROZEN_WATER:g} unfrozen, latent heat {LATENT_HEAT:g} J/kg"
    )
    where_from = f"E = {factor:.4f} m (°C d)^-1/2" + ("" if p.METHOD == "stefan_e" else f", from {soil}")
    report.methods(
        f"The thickness of the active layer was computed after Stefan as E sqrt(DDT) with {where_from}, from thawing "
        "degree days of the ground surface, in cells where the temperature at the top of permafrost is 0 °C or below. "
        f"It is {tally.mean:.2f} m on average ({tally.lowest:.2f} to {tally.highest:.2f} m, {tally.cells} cells)."
    )
