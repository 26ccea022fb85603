"""What the algorithms on degree days share: DDT, DDF and r_k as inputs, and what is refused of them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from ...core.errors import InputError
from ...core.permafrost.ttop import R_K_RANGE, YearPair, pair_of_year
from ...raster.read.sources import RasterSource
from ..parameters import Parameter, number, raster
from ..task import Task

R_K_HELP = "Ratio of thawed to frozen thermal conductivity, dimensionless."


def degree_day_inputs() -> tuple[Parameter, Parameter]:
    """Declare DDT and DDF."""
    return (
        raster(
            "DDT",
            "Thawing degree days [°C d]",
            "Sum of the positive daily mean temperatures of the ground surface over a year, 0 or more. Its cells are "
            "the cells of the result.",
        ),
        raster(
            "DDF",
            "Freezing degree days [°C d]",
            "Sum of the negative daily mean temperatures of the ground surface over a year, as a magnitude: 0 or more.",
        ),
    )


def r_k_inputs(result: str) -> tuple[Parameter, Parameter, Parameter]:
    """Declare r_k as a raster or a number, and the days of the period.

    Parameters
    ----------
    result : str
        What cells without r_k do not get, to end a sentence of the help.
    """
    return (
        raster(
            "RK",
            "r_k raster",
            "Ratio of thawed to frozen thermal conductivity per cell, 0.25 to 2.25, for example from 'r_k factor'. "
            f"Cells without r_k (water, ice) get no {result}.",
            optional=True,
        ),
        number(
            "RK_VALUE",
            "One r_k for all cells",
            "Used in all cells where it is given, even beside an r_k raster.",
            None,
            *R_K_RANGE,
            optional=True,
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
    )


def degree_day_sources(p: SimpleNamespace, task: Task) -> dict[str, RasterSource]:
    """Give what is read, and tell which r_k is not used and what is aligned."""
    sources = {"ddt": p.DDT, "ddf": p.DDF}
    if p.RK_VALUE is None:
        sources["r_k"] = p.RK
    elif p.RK is not None:
        task.warn(f"RK_VALUE {p.RK_VALUE:g} is used in all cells; the raster '{p.RK.name}' is not used.")
    task.align(p.DDT.grid(), *sources.values())
    return sources


def require_one_r_k(p: SimpleNamespace) -> None:
    """Refuse a run without any r_k."""
    if p.RK is None and p.RK_VALUE is None:
        raise InputError("No r_k is given: choose an r_k raster for RK or a number for RK_VALUE, such as 0.8.")


def refuse_swapped(p: SimpleNamespace) -> None:
    """Refuse layers whose names say that one was taken for the other."""
    ddt_name, ddf_name = p.DDT.name.lower(), p.DDF.name.lower()
    if "ddf" in ddt_name and "ddt" in ddf_name:
        raise InputError(
            f"DDT is the layer '{p.DDT.name}' and DDF is the layer '{p.DDF.name}': they seem swapped, exchange them."
        )


def pair_of(ddt: np.ndarray, ddf: np.ndarray, p: SimpleNamespace) -> YearPair:
    """Take blocks of DDT and DDF together, and refuse those that cannot hold degree days."""
    return pair_of_year(ddt, ddf, p.DDT.name, p.DDF.name)


class LeftOut:
    """Cells that were left out since no year has their DDT and DDF, added up block by block."""

    def __init__(self) -> None:
        self._cells = 0
        self._example = (0.0, 0.0)

    def add(self, cells: int, example: tuple[float, float]) -> None:
        """Take in a block."""
        if cells and not self._cells:
            self._example = example
        self._cells += cells

    def tell(self, p: SimpleNamespace, task: Task) -> None:
        """Warn once, where there are such cells."""
        if self._cells:
            ddt, ddf = self._example
            task.warn(
                f"{self._cells} cells hold a pair of DDT and DDF that no year has, for example {ddt:.6g} and {ddf:.6g} "
                f"in '{p.DDT.name}' and '{p.DDF.name}', and are left out as missing: tag the fill value as nodata."
            )


def no_common_cell(p: SimpleNamespace) -> str:
    """Say that nothing could be computed."""
    return (
        f"Layers '{p.DDT.name}' and '{p.DDF.name}' have no cell in which both hold a value: check that they show the "
        "same place and that their nodata values are tagged rightly."
    )
