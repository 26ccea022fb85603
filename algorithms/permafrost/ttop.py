"""Temperature at the top of permafrost."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core import classes
from ...core.errors import InputError
from ...core.permafrost.ttop import require_r_k, ttop
from ...raster.blocks import map_windows
from ...raster.writer import Layer
from ...raster.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import number, raster, raster_output, running_parameters
from .degree_days import check_arrays, degree_day_inputs, no_common_cell, refuse_swapped


class Ttop(PermafrostAlgorithm):
    """Algorithm ``permafrost:ttop``."""

    ID = "ttop"
    TITLE = "TTOP"
    GROUP = Group.PERMAFROST
    TAGS = "permafrost, temperature at the top of permafrost, degree days, MAGT, thermal offset, n-factor, DDT, DDF"
    SUMMARY = "Computes the mean annual temperature at the top of permafrost from degree days and r_k."
    DESCRIPTION = """
        TTOP = (r_k DDT - DDF) / P where DDF >= r_k DDT, and (DDT - DDF / r_k) / P elsewhere. Permafrost is expected
        where TTOP is 0 °C or below. r_k is the ratio of thawed to frozen thermal conductivity of the ground; with
        r_k = 1 the result is the mean annual ground surface temperature.

        Degree days are those of the ground surface. With degree days of the air, give the n-factors.

        TTOP is the temperature in equilibrium with the climate of the period, not a measured ground temperature.
    """
    EXAMPLE = "DDT=ddt.tif DDF=ddf.tif RK=rk.tif OUTPUT=ttop.tif"
    REFERENCES = (
        "Smith, M. W. & Riseborough, D. W. (2002): Climate and the limits of permafrost: a zonal analysis. Permafrost "
        "and Periglacial Processes 13(1), 1-15. doi:10.1002/ppp.410",
        "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & "
        "Remote Sensing 62(1). doi:10.1080/15481603.2025.2596941",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            *degree_day_inputs(),
            raster(
                "RK",
                "r_k raster",
                "Ratio of thawed to frozen thermal conductivity per cell, 0.25 to 2.25, for example from 'r_k factor'. "
                "Cells without r_k (water, ice) get no TTOP.",
                optional=True,
            ),
            number(
                "RK_VALUE",
                "One r_k for all cells",
                "Used in all cells where it is given, even beside an r_k raster.",
                None,
                0.25,
                2.25,
                optional=True,
            ),
            number(
                "NT",
                "n-factor of thawing",
                "Multiplies DDT. Keep 1 for degree days of the ground surface.",
                1.0,
                0.0,
                5.0,
                advanced=True,
            ),
            number(
                "NF",
                "n-factor of freezing",
                "Multiplies DDF. Keep 1 for degree days of the ground surface.",
                1.0,
                0.0,
                5.0,
                advanced=True,
            ),
            number(
                "DAYS",
                "Days in the period",
                "Number of days P over which the degree days were summed.",
                365.0,
                1.0,
                366.0,
                advanced=True,
            ),
            *running_parameters(),
            raster_output("OUTPUT", "TTOP [°C]", "Mean annual temperature at the top of permafrost.", classes.TTOP),
        )

    def check(self, p: SimpleNamespace) -> None:
        """One of the two r_k is needed."""
        if p.RK is None and p.RK_VALUE is None:
            raise InputError("No r_k is given: choose an r_k raster for RK or a number for RK_VALUE, such as 0.8.")
        refuse_swapped(p)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Compute TTOP block by block."""
        grid = p.DDT.grid()
        sources = {"ddt": p.DDT, "ddf": p.DDF}
        if p.RK_VALUE is None:
            sources["r_k"] = p.RK
        elif p.RK is not None:
            task.warn(f"RK_VALUE {p.RK_VALUE:g} is used in all cells; the raster '{p.RK.name}' is not used.")
        task.align(grid, *sources.values())

        def compute(ddt: np.ndarray, ddf: np.ndarray, r_k: Any = p.RK_VALUE) -> np.ndarray:
            check_arrays(ddt, ddf, p)
            if p.RK_VALUE is None:
                require_r_k(r_k, p.RK.name)
            return ttop(ddt, ddf, r_k, p.DAYS, p.NT, p.NF)

        layer = Layer(["TTOP"], "degC")
        with write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, no_common_cell(p)) as output:
            for window, values in map_windows(compute, sources, grid, task.running):
                output.write(window, values)
        return {}
