"""Surface frost number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core import classes
from ...core.permafrost.ttop import equivalent_frost_number, frost_number
from ...raster.run.blocks import map_windows
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import raster_output, running_parameters
from .degree_days import LeftOut, degree_day_inputs, no_common_cell, pair_of, refuse_swapped


class FrostNumber(PermafrostAlgorithm):
    """Algorithm ``permafrost:frostnumber``."""

    ID = "frostnumber"
    TITLE = "Surface frost number"
    GROUP = Group.PERMAFROST
    TAGS = "permafrost, frost number, FROSTNUM, Nelson, degree days, index"
    SUMMARY = "Computes the surface frost number from degree days; permafrost is expected at 0.5 and above."
    DESCRIPTION = """
        F = sqrt(DDF) / (sqrt(DDF) + sqrt(DDT)), from 0 (no frost) to 1 (no thaw). It needs no soil property. TTOP
        with a ratio of conductivities r_k draws the limit at F = 1 / (1 + 1 / sqrt(r_k)) instead of 0.5.
    """
    EXAMPLE = "DDT=ddt.tif DDF=ddf.tif OUTPUT=frost_number.tif"
    REFERENCES = (
        "Nelson, F. E. & Outcalt, S. I. (1987): A computational method for prediction and regionalization of "
        "permafrost. Arctic and Alpine Research 19(3), 279-288.",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            *degree_day_inputs(),
            *running_parameters(),
            raster_output("OUTPUT", "Surface frost number", "0 to 1, without unit.", classes.FROST_NUMBER),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Refuse swapped layers."""
        refuse_swapped(p)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Compute the frost number block by block."""
        grid = p.DDT.grid()
        task.align(grid, p.DDF)

        def compute(ddt: np.ndarray, ddf: np.ndarray) -> tuple:
            pair = pair_of(ddt, ddf, p)
            return frost_number(pair.ddt, pair.ddf), pair.impossible, pair.example

        left_out = LeftOut()

        layer = Layer(["Surface frost number"])
        with write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, no_common_cell(p)) as output:
            sources = {"ddt": p.DDT, "ddf": p.DDF}
            for window, (values, *impossible) in map_windows(compute, sources, grid, task.running):
                output.write(window, values)
                left_out.add(*impossible)
        left_out.tell(p, task)
        task.info(f"The limit that agrees with TTOP at r_k 0.8 is {equivalent_frost_number(0.8):.3f}, not 0.5.")
        return {}
