"""Temperature at the top of permafrost."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.about import METHOD
from ...raster.permafrost.ttop import TtopJob, run_ttop
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import Values, number, raster_output, running_parameters
from .degree_day_inputs import degree_day_parameters, r_k_parameters, refuse_swapped, require_one_r_k, ttop_inputs


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

        DDT and DDF are degree days of the ground surface. For degree days of the air, specify the n-factors.

        If DDT and DDF have a band per year, as those from 'Degree days', so has TTOP, with the same band names.

        TTOP is in equilibrium with the climate of the period; it is not a measured ground temperature.
    """
    EXAMPLE = "DDT=ddt.tif DDF=ddf.tif RK=rk.tif OUTPUT=ttop.tif"
    REFERENCES = (
        "Smith, M. W. & Riseborough, D. W. (2002): Climate and the limits of permafrost: a zonal analysis. Permafrost "
        "and Periglacial Processes 13(1), 1-15. doi:10.1002/ppp.410",
        METHOD,
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            *degree_day_parameters(one_band=False),
            *r_k_parameters("TTOP"),
            number(
                "NT",
                "n-factor of thawing",
                "DDT is multiplied by it. Keep 1 for degree days of the ground surface.",
                1.0,
                0.0,
                5.0,
                advanced=True,
            ),
            number(
                "NF",
                "n-factor of freezing",
                "DDF is multiplied by it. Keep 1 for degree days of the ground surface.",
                1.0,
                0.0,
                5.0,
                advanced=True,
            ),
            *running_parameters(),
            raster_output(
                "OUTPUT",
                "TTOP [°C]",
                "Mean annual temperature at the top of permafrost, with a band for each band of DDT.",
                classes.TTOP,
            ),
        )

    def check(self, p: Values) -> None:
        """Refuse a run without r_k, and swapped layers."""
        require_one_r_k(p)
        refuse_swapped(p)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compute TTOP."""
        job = TtopJob(ttop_inputs(p, task), p.NT, p.NF)
        result = run_ttop(job, p.OUTPUT, task.provenance, task.running)
        task.warn(*result.warnings)
        return {}
