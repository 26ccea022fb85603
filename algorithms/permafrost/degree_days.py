"""What the algorithms on degree days share: DDT, DDF and r_k as inputs, and what is refused of them."""

from __future__ import annotations

from types import SimpleNamespace

from ...core.errors import InputError
from ...core.permafrost.ttop import R_K_RANGE, require_degree_days
from ...raster.sources import RasterSource
from ..parameters import Parameter, number, raster
from ..task import Task


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


def check_arrays(ddt, ddf, p: SimpleNamespace) -> None:
    """Refuse blocks that cannot hold degree days."""
    require_degree_days(ddt, p.DDT.name)
    require_degree_days(ddf, p.DDF.name)


def no_common_cell(p: SimpleNamespace) -> str:
    """Say that nothing could be computed."""
    return (
        f"Layers '{p.DDT.name}' and '{p.DDF.name}' have no cell in which both hold a value: check that they show the "
        "same place and that their nodata values are tagged rightly."
    )
