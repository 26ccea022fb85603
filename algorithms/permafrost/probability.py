"""Probability of permafrost and its zones."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.errors import InputError
from ...core.gst.modelfile import read_model
from ...core.language import tr
from ...core.permafrost.probability import station_bias
from ...core.reports.numbers import area, area_number
from ...raster.permafrost.probability import ProbabilityJob, ProbabilityOutputs, run_probability
from ...raster.read.classes import ClassSource
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    Values,
    either,
    input_file,
    number,
    raster,
    raster_output,
    running_parameters,
    scheduler_parameter,
    seed_parameter,
    whole_number,
)
from .degree_day_inputs import degree_day_parameters, r_k_parameters, refuse_swapped, require_one_r_k, ttop_inputs

ZONE_AREAS = tuple(
    (zone, f"{name}_KM2")
    for zone, name in zip(
        classes.PERMAFROST_ZONES, ("CONTINUOUS", "DISCONTINUOUS", "SPORADIC", "ISOLATED", "NO_PERMAFROST")
    )
)


class Probability(PermafrostAlgorithm):
    """Algorithm ``permafrost:probability``."""

    ID = "probability"
    TITLE = "Probability of permafrost"
    GROUP = Group.PERMAFROST
    TAGS = "permafrost, probability, uncertainty, ensemble, Monte Carlo, zones, continuous, discontinuous, sporadic"
    SUMMARY = "Computes the probability of permafrost from the errors of ground surface temperature and r_k."
    DESCRIPTION = """
        The probability is computed with an ensemble of maps. In each member, the ground surface temperature has a bias
        drawn from a normal distribution with the standard deviation GST_ERROR, the same throughout the year and the
        map; errors of single days average out over a year. In each member, r_k departs from its value by a number
        drawn from a normal distribution with the standard deviation RK_SD, truncated at three standard deviations,
        the same for all classes. The probability is the share of members with TTOP at or below 0 °C.

        The members cover both distributions evenly instead of being drawn independently, so 200 of them determine the
        probability to about one percentage point.

        The effect of the bias on the degree days is that on a sinusoidal year with the DDT and DDF of the cell. The
        errors are drawn per member: the same seed gives the same map, regardless of threads and memory.

        Zones are continuous from 90 %, discontinuous from 50 %, sporadic from 10 % and isolated above 0 %. They
        classify the probability of a cell, not the share of the ground underlain by permafrost.

        Give the permafrost map as well, so that the interval is that of the area in the map. Glaciers and lakes have no
        probability then, and neither has what lies outside of the basin.

        The ensemble represents no other error: not those of the TTOP model itself, of land cover, or of ground that
        varies within a cell. The interval of the area assumes that all cells share the bias, and is the widest
        interval compatible with these two errors.
    """
    EXAMPLE = (
        "DDT=ddt.tif DDF=ddf.tif RK=rk.tif GST_MODEL=model.json MAP=map.tif OUTPUT=probability.tif ZONES=zones.tif"
    )
    REFERENCES = (
        "Smith, M. W. & Riseborough, D. W. (2002): Climate and the limits of permafrost: a zonal analysis. Permafrost "
        "and Periglacial Processes 13(1), 1-15. doi:10.1002/ppp.410",
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            *degree_day_parameters(),
            *r_k_parameters("probability"),
            either(
                input_file(
                    "GST_MODEL",
                    "GST model (or an error of the temperature)",
                    "A JSON file from 'Fit GST model'. Its error is the root mean square of the biases at the "
                    "stations, each predicted by a model fitted without it; a station with less than a year of days "
                    "counts less.",
                    "json",
                    optional=True,
                )
            ),
            either(
                number(
                    "GST_ERROR",
                    "Error of the ground surface temperature [K] (or a GST model)",
                    "Standard deviation of the bias of the annual mean at a place without a station. Takes precedence "
                    "over the error of a GST model.",
                    None,
                    0.0,
                    20.0,
                    optional=True,
                )
            ),
            number("RK_SD", "Error of r_k", "Standard deviation of r_k around its value in each cell.", 0.08, 0.0, 0.5),
            whole_number(
                "MEMBERS",
                "Ensemble members",
                "The resolution of the probability is one over this number; computing time grows in proportion.",
                200,
                10,
                10_000,
            ),
            seed_parameter("The same seed reproduces the same result."),
            raster(
                "MAP",
                "Permafrost map",
                "From 'Permafrost map'. Where it is given, probability, zones and areas refer to its permafrost and "
                "seasonally frozen ground alone: not to glaciers, lakes and what lies outside of the basin.",
                optional=True,
            ),
            *running_parameters(),
            scheduler_parameter(),
            raster_output(
                "OUTPUT",
                "Probability of permafrost [%]",
                "Share of members with permafrost.",
                classes.PROBABILITY,
            ),
            raster_output(
                "ZONES",
                "Permafrost zones",
                "1 continuous, 2 discontinuous, 3 sporadic, 4 isolated, 5 no permafrost; 0 is nodata.",
                classes.PERMAFROST_ZONES,
                optional=True,
            ),
            NumberOutput("GST_ERROR_USED", "Error of the ground surface temperature used [K]"),
            NumberOutput("PERMAFROST_KM2", "Area of permafrost, mean of the members [km²]"),
            NumberOutput("PERMAFROST_KM2_LOW", "Area of permafrost, 5th percentile of the members [km²]"),
            NumberOutput("PERMAFROST_KM2_HIGH", "Area of permafrost, 95th percentile of the members [km²]"),
            *(NumberOutput(name, f"Area of the zone: {zone.name} [km²]") for zone, name in ZONE_AREAS),
        )

    def check(self, p: Values) -> float:
        """Require one r_k and one error, refuse swapped layers, and return the error of the temperature, K."""
        require_one_r_k(p)
        if p.GST_MODEL is None and p.GST_ERROR is None:
            raise InputError(
                tr(
                    "No error of the ground surface temperature is given: choose a GST model for GST_MODEL, or a "
                    "number in K for GST_ERROR."
                )
            )
        refuse_swapped(p)
        if p.GST_ERROR is not None:
            return p.GST_ERROR
        return station_bias(read_model(p.GST_MODEL).station.stations, p.GST_MODEL)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compute the probability and the areas."""
        within = None if p.MAP is None else ClassSource.of(p.MAP)
        task.note_alignment(p.DDT.grid(), within)
        job = ProbabilityJob(ttop_inputs(p, task), task.checked, p.RK_SD, p.MEMBERS, p.SEED, within)
        if p.GST_MODEL is not None and p.GST_ERROR is not None:
            task.warn(
                tr("GST_ERROR {gst_error:g} K is used; the error of the GST model is not.", gst_error=p.GST_ERROR)
            )
        task.info(
            tr(
                "{members} members: standard deviations are {gst_error:.3f} K for the bias of the ground surface "
                "temperature and {r_k_sd:g} for r_k.",
                members=job.members,
                gst_error=job.gst_error,
                r_k_sd=job.r_k_sd,
            )
        )
        with task.runner(job.paths) as running:
            result = run_probability(job, ProbabilityOutputs(p.OUTPUT, p.ZONES), task.provenance, running)
        task.warn(*result.warnings)
        low, high = result.interval_km2
        task.info(
            tr(
                "Permafrost covers {mean} on average over the members, and {low} to {high} in 90 % of them.",
                mean=area(result.mean_km2),
                low=area_number(low),
                high=area(high),
            )
        )
        return {
            "GST_ERROR_USED": result.gst_error,
            "PERMAFROST_KM2": result.mean_km2,
            "PERMAFROST_KM2_LOW": low,
            "PERMAFROST_KM2_HIGH": high,
            **{name: result.zone_km2(zone) for zone, name in ZONE_AREAS},
        }
