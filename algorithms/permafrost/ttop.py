"""Temperature at the top of permafrost."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Sequence

import numpy as np

from ...core import classes
from ...core.errors import InputError
from ...core.permafrost.ttop import require_r_k, ttop
from ...raster.read.years import band_names, told_year
from ...raster.run.blocks import map_windows
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import number, raster_output, running_parameters
from .degree_days import (
    LeftOut,
    degree_day_inputs,
    degree_day_sources,
    no_common_cell,
    pair_of,
    r_k_inputs,
    refuse_swapped,
    require_one_r_k,
)


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

        Where DDT and DDF have a band per year, as from 'Degree days', TTOP has one too, with the same names.

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
            *r_k_inputs("TTOP"),
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
            *running_parameters(),
            raster_output(
                "OUTPUT",
                "TTOP [°C]",
                "Mean annual temperature at the top of permafrost, a band per band of DDT.",
                classes.TTOP,
            ),
        )

    def check(self, p: SimpleNamespace) -> None:
        """One of the two r_k is needed."""
        require_one_r_k(p)
        refuse_swapped(p)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Compute TTOP block by block."""
        grid = p.DDT.grid()
        sources = degree_day_sources(p, task)

        def compute(ddt: np.ndarray, ddf: np.ndarray, r_k: Any = p.RK_VALUE) -> tuple:
            pair = pair_of(ddt, ddf, p)
            if p.RK_VALUE is None:
                require_r_k(r_k, p.RK.name)
            return ttop(pair.ddt, pair.ddf, r_k, p.DAYS, p.NT, p.NF), pair.impossible, pair.example

        years = _bands(p)
        left_out = LeftOut()
        with write_raster(
            p.OUTPUT, grid, Layer(years, "degC"), task.provenance, task.running, no_common_cell(p)
        ) as output:
            # Band after band, so that memory does not depend on their number.
            for index in range(len(years)):
                sources.update(ddt=replace(p.DDT, band=index + 1), ddf=replace(p.DDF, band=index + 1))
                running = task.running.part(index / len(years), 1 / len(years))
                for window, (values, *impossible) in map_windows(compute, sources, grid, running):
                    output.write(window, values, index + 1)
                    left_out.add(*impossible)
        left_out.tell(p, task)
        return {}


def _bands(p: SimpleNamespace) -> Sequence[str]:
    """Give the names of the bands of TTOP: the years that both degree days have, or one band of no year."""
    ddt, ddf = band_names(p.DDT), band_names(p.DDF)
    if len(ddt) != len(ddf):
        raise InputError(
            f"'{p.DDT.name}' has {len(ddt)} bands and '{p.DDF.name}' has {len(ddf)}: give both for the same years, or "
            "both as means of one band."
        )
    if len(ddt) == 1:
        return ["TTOP"]
    for band, (first, second) in enumerate(zip(ddt, ddf), start=1):
        if told_year(first) != told_year(second):
            raise InputError(
                f"Band {band} is '{first}' in '{p.DDT.name}' and '{second}' in '{p.DDF.name}': give both for the "
                "same years in the same order."
            )
    return ddt
