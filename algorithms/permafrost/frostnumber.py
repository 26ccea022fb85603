"""Surface frost number."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.language import tr
from ...core.permafrost.ttop import equivalent_frost_number
from ...raster.permafrost.degree_day_inputs import DegreeDayInputs
from ...raster.permafrost.frostnumber import FrostNumberJob, run_frostnumber
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import Values, raster_output, running_parameters
from .degree_day_inputs import degree_day_parameters, refuse_swapped


class FrostNumber(PermafrostAlgorithm):
    """Algorithm ``permafrost:frostnumber``."""

    ID = "frostnumber"
    TITLE = "Surface frost number"
    GROUP = Group.PERMAFROST
    TAGS = "permafrost, frost number, FROSTNUM, Nelson, degree days, index"
    SUMMARY = "Computes the surface frost number from degree days; permafrost is expected at 0.5 and above."
    DESCRIPTION = """
        F = sqrt(DDF) / (sqrt(DDF) + sqrt(DDT)), from 0 (no frost) to 1 (no thaw). It requires no soil property. With
        a ratio of conductivities r_k, TTOP = 0 corresponds to F = 1 / (1 + 1 / sqrt(r_k)) instead of 0.5.
    """
    EXAMPLE = "DDT=ddt.tif DDF=ddf.tif OUTPUT=frost_number.tif"
    REFERENCES = (
        "Nelson, F. E. & Outcalt, S. I. (1987): A computational method for prediction and regionalization of "
        "permafrost. Arctic and Alpine Research 19(3), 279-288.",
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            *degree_day_parameters(),
            *running_parameters(),
            raster_output("OUTPUT", "Surface frost number", "0 to 1, dimensionless.", classes.FROST_NUMBER),
        )

    def check(self, p: Values) -> None:
        """Refuse swapped layers."""
        refuse_swapped(p)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compute the frost number."""
        task.note_alignment(p.DDT.grid(), p.DDF)
        job = FrostNumberJob(DegreeDayInputs(p.DDT, p.DDF))
        result = run_frostnumber(job, p.OUTPUT, task.provenance, task.running)
        task.warn(*result.warnings)
        task.info(
            tr(
                "The frost number equivalent to TTOP = 0 at r_k 0.8 is {equivalent_frost_number:.3f}, not 0.5.",
                equivalent_frost_number=equivalent_frost_number(0.8),
            )
        )
        return {}
