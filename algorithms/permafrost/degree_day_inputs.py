"""Inputs shared by the algorithms on degree days: DDT, DDF and r_k."""

from __future__ import annotations

from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.ttop import R_K_RANGE
from ...raster.permafrost.degree_day_inputs import DegreeDayInputs, TtopInputs
from ..parameters import Parameter, Values, either, number, raster
from ..task import Task

R_K_HELP = "Ratio of thawed to frozen thermal conductivity, dimensionless."


def degree_day_parameters(one_band: bool = True) -> tuple[Parameter, Parameter]:
    """Declare DDT and DDF; `one_band` is False where all their bands are read."""
    return (
        raster(
            "DDT",
            "Thawing degree days [°C d]",
            "Sum of the positive daily mean temperatures of the ground surface over a year, 0 or more. The result has "
            "the grid of this raster.",
            one_band=one_band,
            unit="degC d",
        ),
        raster(
            "DDF",
            "Freezing degree days [°C d]",
            "Absolute value of the sum of the negative daily mean temperatures of the ground surface over a year, 0 or "
            "more.",
            one_band=one_band,
            unit="degC d",
        ),
    )


def r_k_parameters(result: str) -> tuple[Parameter, Parameter, Parameter]:
    """Declare r_k as a raster or a number, and the days of the period.

    Parameters
    ----------
    result : str
        What cells without r_k lack, to end a sentence of the help.
    """
    return (
        either(
            raster(
                "RK",
                "r_k raster (or a single r_k)",
                "Ratio of thawed to frozen thermal conductivity per cell, 0.25 to 2.25, for example from 'r_k factor'. "
                f"Cells without r_k (water, ice) get no {result}.",
                optional=True,
            )
        ),
        either(
            number(
                "RK_VALUE",
                "Single r_k for all cells (or an r_k raster)",
                "Takes precedence over an r_k raster.",
                None,
                *R_K_RANGE,
                optional=True,
            )
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


def ttop_inputs(p: Values, task: Task) -> TtopInputs:
    """Return the degree days with r_k, and show which r_k is not used and what is aligned."""
    r_k = p.RK if p.RK_VALUE is None else p.RK_VALUE
    if p.RK_VALUE is not None and p.RK is not None:
        task.warn(
            tr(
                "RK_VALUE {rk_value:g} is used in all cells; the raster '{name}' is not used.",
                rk_value=p.RK_VALUE,
                name=p.RK.name,
            )
        )
    task.note_alignment(p.DDT.grid(), p.DDF, p.RK if p.RK_VALUE is None else None)
    return TtopInputs(DegreeDayInputs(p.DDT, p.DDF), r_k, p.DAYS)


def require_one_r_k(p: Values) -> None:
    """Refuse a run without any r_k."""
    if p.RK is None and p.RK_VALUE is None:
        raise InputError(tr("No r_k is given: choose an r_k raster for RK or a number for RK_VALUE, such as 0.8."))


def refuse_swapped(p: Values) -> None:
    """Refuse layers whose names show that DDT and DDF were exchanged."""
    ddt_name, ddf_name = p.DDT.name.lower(), p.DDF.name.lower()
    if "ddf" in ddt_name and "ddt" in ddf_name:
        raise InputError(
            tr(
                "DDT is the layer '{name}' and DDF is the layer '{DDF_name}': they seem to be swapped, exchange them.",
                name=p.DDT.name,
                DDF_name=p.DDF.name,
            )
        )
