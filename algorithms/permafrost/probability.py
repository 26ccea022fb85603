"""Probability of permafrost and its zones."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core import classes
from ...core.errors import InputError
from ...core.gst.model import read_model
from ...core.permafrost.probability import count_permafrost, draw_ensemble, station_bias, zones
from ...core.permafrost.ttop import require_r_k
from ...raster.run.blocks import map_windows
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, input_file, number, raster_output, running_parameters, whole_number
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

# Members times cells of a window: done within a second, so that a cancelled run ends.
MOST_WORK = 25_000_000

# Of the areas of the members, which bound 90 % of them.
LOW, HIGH = 5, 95

ZONE_AREAS = tuple(
    (zone, f"{name}_KM2")
    for zone, name in zip(
        classes.PERMAFROST_ZONES, ("CONTINUOUS", "DISCONTINUOUS", "SPORADIC", "ISOLATED", "NO_PERMAFROST")
    )
)


class Probability(PermafrostAlgorithm):
    """Algorithm ``permafrost:probability``."""

    ID = "probability"
    TITLE = "Permafrost probability"
    GROUP = Group.PERMAFROST
    TAGS = "permafrost, probability, uncertainty, ensemble, Monte Carlo, zones, continuous, discontinuous, sporadic"
    SUMMARY = "Computes how probable permafrost is from the errors of ground surface temperature and r_k."
    DESCRIPTION = """
        An ensemble of maps is made. In each member the ground surface temperature has a bias, from a normal
        distribution with the standard deviation GST_ERROR, which holds for the whole year and the whole map; errors of
        single days average out over a year. In each member r_k departs from its value by a number from a normal
        distribution with the standard deviation RK_SD, truncated at three standard deviations and the same for all
        classes. The probability is the share of the members with TTOP at or below 0 °C.

        The members are spread evenly over both distributions and not drawn independently, so 200 of them tell the
        probability to about one percent.

        The bias changes the degree days as it would change those of the sinusoidal year that has the DDT and DDF of the
        cell. Draws belong to the members: equal seeds give equal maps, whatever the threads and the memory.

        Zones are continuous from 90 % on, discontinuous from 50 %, sporadic from 10 % and isolated above 0 %. They are
        those of the probability of a cell, not of the share of ground with permafrost that was mapped.

        The ensemble holds no other error: not those of the TTOP model itself, of land cover, or of ground that varies
        within a cell. The interval of the area holds a bias shared by all cells and is the widest that these two
        errors can give.
    """
    EXAMPLE = "DDT=ddt.tif DDF=ddf.tif RK=rk.tif GST_MODEL=model.json OUTPUT=probability.tif ZONES=zones.tif"
    REFERENCES = (
        "Smith, M. W. & Riseborough, D. W. (2002): Climate and the limits of permafrost: a zonal analysis. Permafrost "
        "and Periglacial Processes 13(1), 1-15. doi:10.1002/ppp.410",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            *degree_day_inputs(),
            *r_k_inputs("probability"),
            input_file(
                "GST_MODEL",
                "GST model",
                "A JSON file from 'Fit GST model'. Its error is the root mean square of the mean errors of the "
                "stations, each predicted without itself.",
                "json",
                optional=True,
            ),
            number(
                "GST_ERROR",
                "Error of the ground surface temperature [K]",
                "Standard deviation of the bias of a year at a place without a station. Used where it is given, even "
                "beside a GST model.",
                None,
                0.0,
                20.0,
                optional=True,
            ),
            number("RK_SD", "Error of r_k", "Standard deviation of r_k around its value in each cell.", 0.08, 0.0, 0.5),
            whole_number(
                "MEMBERS",
                "Members of the ensemble",
                "The probability is told to one part in so many; the time grows with it.",
                200,
                10,
                10_000,
            ),
            whole_number("SEED", "Seed", "Equal seeds give equal results.", 1, 0, 2**31 - 1, advanced=True),
            *running_parameters(),
            raster_output("OUTPUT", "Permafrost probability [%]", "0 to 100 %.", classes.PROBABILITY),
            raster_output(
                "ZONES",
                "Permafrost zones",
                "Bytes: 1 continuous, 2 discontinuous, 3 sporadic, 4 isolated, 5 none, 0 where nothing is known.",
                classes.PERMAFROST_ZONES,
                optional=True,
            ),
            NumberOutput("GST_ERROR_USED", "Error of the ground surface temperature that was used [K]"),
            NumberOutput("PERMAFROST_KM2", "Area of permafrost, mean of the members [km²]"),
            NumberOutput("PERMAFROST_KM2_LOW", "Area that 5 % of the members stay below [km²]"),
            NumberOutput("PERMAFROST_KM2_HIGH", "Area that 5 % of the members exceed [km²]"),
            *(NumberOutput(name, f"Area of the zone: {zone.name} [km²]") for zone, name in ZONE_AREAS),
        )

    def check(self, p: SimpleNamespace) -> None:
        """One of the two r_k and one of the two errors are needed."""
        require_one_r_k(p)
        if p.GST_MODEL is None and p.GST_ERROR is None:
            raise InputError(
                "No error of the ground surface temperature is given: choose a GST model for GST_MODEL, or a number in "
                "K for GST_ERROR."
            )
        p.gst_error = p.GST_ERROR
        if p.GST_ERROR is None:
            p.gst_error = station_bias(read_model(p.GST_MODEL).station.stations, p.GST_MODEL)
        refuse_swapped(p)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Count the members with permafrost block by block."""
        grid = p.DDT.grid()
        sources = degree_day_sources(p, task)
        if p.GST_MODEL is not None and p.GST_ERROR is not None:
            task.warn(f"GST_ERROR {p.GST_ERROR:g} K is used; the error of the GST model is not.")
        sources["area_km2"] = task.areas(p.DDT, MOST_WORK // p.MEMBERS)
        ensemble = draw_ensemble(p.gst_error, p.RK_SD, p.MEMBERS, p.SEED)
        task.info(
            f"{p.MEMBERS} members: bias of the ground surface temperature with a standard deviation of "
            f"{p.gst_error:.3f} K, r_k with one of {p.RK_SD:g}."
        )

        def compute(ddt: np.ndarray, ddf: np.ndarray, area_km2: np.ndarray, r_k: Any = p.RK_VALUE) -> tuple:
            pair = pair_of(ddt, ddf, p)
            if p.RK_VALUE is None:
                require_r_k(r_k, p.RK.name)
            r_k = np.broadcast_to(np.float32(r_k), ddt.shape)
            count, permafrost_km2 = count_permafrost(pair.ddt, pair.ddf, r_k, area_km2, ensemble, p.DAYS)
            percent = 100 * count / np.float32(p.MEMBERS)
            zone = zones(percent)
            zones_km2 = np.bincount(zone.ravel(), area_km2.ravel(), minlength=6)
            return percent, zone, permafrost_km2, zones_km2, pair.impossible, pair.example

        left_out = LeftOut()

        permafrost_km2, zone_km2 = np.zeros(p.MEMBERS), np.zeros(len(ZONE_AREAS) + 1)
        probability_layer = Layer(["Permafrost probability"], "%")
        zone_layer = Layer(["Permafrost zones"], classes=classes.PERMAFROST_ZONES)
        how = (task.provenance, task.running, no_common_cell(p))
        with (
            write_raster(p.OUTPUT, grid, probability_layer, *how) as output,
            write_raster(p.ZONES, grid, zone_layer, *how) as zone_output,
        ):
            for one in (output, zone_output):
                one.annotate({"PERMAFROST_GST_ERROR_K": f"{p.gst_error:.4g}"})
            for window, found in map_windows(compute, sources, grid, task.running):
                percent, zone, members_km2, zones_km2, *impossible = found
                left_out.add(*impossible)
                output.write(window, percent)
                zone_output.write(window, zone)
                permafrost_km2 += members_km2
                zone_km2 += zones_km2
        left_out.tell(p, task)
        mean, low, high = permafrost_km2.mean(), *np.percentile(permafrost_km2, [LOW, HIGH])
        task.info(
            f"Permafrost covers {mean:,.0f} km² in the mean of the members, and {low:,.0f} to {high:,.0f} km² in 90 % "
            "of them."
        )
        return {
            "GST_ERROR_USED": p.gst_error,
            "PERMAFROST_KM2": float(mean),
            "PERMAFROST_KM2_LOW": float(low),
            "PERMAFROST_KM2_HIGH": float(high),
            **{name: float(zone_km2[zone.value]) for zone, name in ZONE_AREAS},
        }
