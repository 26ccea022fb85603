"""What the algorithms on degree days share: their two inputs, and the look whether they are swapped."""

from __future__ import annotations

from types import SimpleNamespace

from ...core.errors import InputError
from ...core.permafrost.ttop import require_degree_days
from ..parameters import Parameter, raster


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
