"""The parameters of trend, variogram and neighbourhood, which the algorithms on gaps share."""

from __future__ import annotations

from qgis.core import QgsProcessing

from ...core.about import METHOD
from ...core.dependencies import require
from ...core.errors import InputError
from ...core.language import tr
from ..parameters import (
    Parameter,
    Values,
    calendar_day,
    choice,
    elevation,
    number,
    raster,
    seed_parameter,
    usually_needed,
    vector,
    whole_number,
)

TRENDS = ("elevation", "elevation_reference", "fixed_lapse", "none")
MODELS = ("auto", "spherical", "exponential", "gaussian", "matern", "hole-effect", "linear", "power")
MODEL_HELP = (
    "Model of the residuals. auto: two nested exponentials, a short and a long one, with anisotropy. spherical, "
    "exponential, gaussian, matern (its smoothness is estimated) and hole-effect have one structure; linear and power "
    "have no sill and can be estimated by moments only."
)
NEED_ELEVATION = ("elevation", "elevation_reference", "fixed_lapse")

REFERENCES = (
    METHOD,
    "Heaton, M. J. et al. (2019): A case study competition among methods for analyzing large spatial data. Journal of "
    "Agricultural, Biological and Environmental Statistics 24, 398-425. doi:10.1007/s13253-018-00348-w",
)


def stack_inputs() -> tuple[Parameter, ...]:
    """Declare the stack, the day of its first band, and the elevation."""
    return (
        raster(
            "INPUT",
            "LST stack",
            "One band per day, for example from 'Build LST stacks', or a single scene. Temperatures in °C or K; gaps "
            "are nodata.",
            one_band=False,
            unit="degC",
        ),
        calendar_day(
            "START_DATE",
            "Day of the first band",
            "For rasters without dates of their bands, or with wrong ones. Further bands follow daily, or at the "
            "intervals stated in the file; a time axis without leap days keeps its calendar.",
        ),
        usually_needed(
            elevation("DEM", "Required by all trends except none. It is aligned to the grid of the stack."),
        ),
    )


def trend_parameters() -> tuple[Parameter, ...]:
    """Declare the trend."""
    return (
        choice(
            "TREND",
            "Trend",
            "What is subtracted before kriging. elevation: a slope with elevation fitted to each scene. "
            "elevation_reference: a slope and the pattern of other dates at the same place, the best choice for stacks "
            "with many scenes. fixed_lapse: a slope of LAPSE_RATE. none: the mean. Where a slope cannot be fitted or "
            "is implausible, the next simpler trend is used, and the report states it.",
            TRENDS,
            "elevation",
        ),
        number(
            "LAPSE_RATE",
            "Lapse rate [K/km]",
            "Used by fixed_lapse, and where no slope can be fitted.",
            -6.5,
            -15.0,
            10.0,
            advanced=True,
        ),
        whole_number(
            "REFERENCES",
            "Reference scenes",
            "For elevation_reference: the number of scenes, nearest in time, from which another is predicted.",
            30,
            1,
            1000,
            advanced=True,
        ),
    )


def variogram_parameters() -> tuple[Parameter, ...]:
    """Declare the model of the variogram, and how it is estimated or given."""
    return (
        choice(
            "VARIOGRAM",
            "Variogram",
            MODEL_HELP,
            MODELS,
            "auto",
        ),
        fit_parameter(),
        choice(
            "VARIOGRAM_PER",
            "One variogram per",
            "scene: each scene has its own variogram. month: its shape is estimated from the four scenes of the month "
            "with the most known cells, its scale from each scene. auto: scene for stacks of up to 31 bands, month for "
            "longer ones.",
            ("auto", "scene", "month"),
            "auto",
            advanced=True,
        ),
        number(
            "NUGGET",
            "Nugget [K²]",
            "Together with SILL and RANGE: use this variogram instead of estimating one. If known cells are predicted "
            "with errors of more than three times the standard deviation, as with smooth models without a nugget, it "
            "gets the most likely nugget and scale, and the log states it.",
            None,
            0.0,
            optional=True,
            advanced=True,
        ),
        number(
            "SILL",
            "Partial sill [K²]",
            "Sill of the structure without the nugget.",
            None,
            0.0,
            optional=True,
            advanced=True,
        ),
        number(
            "RANGE",
            "Range [m]",
            "The practical range: the exponential model reaches 95 % of its sill there.",
            None,
            0.0,
            optional=True,
            advanced=True,
        ),
        number(
            "SMOOTHNESS",
            "Smoothness",
            "Together with SILL and RANGE: the order of matern, where 0.5 is exponential, or the exponent of power, "
            "below 2. Other models ignore it.",
            0.5,
            0.001,
            100.0,
            advanced=True,
        ),
    )


def fit_parameter() -> Parameter:
    """Declare how a variogram is estimated."""
    return choice(
        "FIT",
        "Estimation of the variogram",
        "likelihood: Vecchia's approximate likelihood, which uses the short lags on which interpolation depends. "
        "moments: least squares on the empirical variogram of random cells, with the results of PyKrige.",
        ("likelihood", "moments"),
        "likelihood",
        advanced=True,
    )


def seed() -> Parameter:
    """Declare the seed."""
    return seed_parameter("The same seed reproduces the same result.")


def neighbourhood_parameters() -> tuple[Parameter, ...]:
    """Declare which known cells estimate a gap."""
    return (
        whole_number(
            "NEIGHBOURS",
            "Neighbours",
            "Known cells used for each estimate; a multiple of 8 for octant. More are slower and, up to about 64, "
            "better.",
            32,
            1,
            256,
        ),
        choice(
            "SEARCH",
            "Search",
            "octant: the nearest known cells in each of eight directions. nearest: the nearest in any direction.",
            ("octant", "nearest"),
            "octant",
            advanced=True,
        ),
        vector(
            "BASIN",
            "Basin",
            "Polygons. Cells whose centre lies outside remain gaps.",
            [QgsProcessing.SourceType.TypeVectorPolygon],
            optional=True,
        ),
        seed(),
    )


def check_elevation(p: Values) -> None:
    """Refuse a trend with elevation without a DEM, and a QGIS without SciPy."""
    require("scipy", tr("kriging"))
    if p.TREND in NEED_ELEVATION and p.DEM is None:
        raise InputError(
            tr("TREND is '{trend}' and DEM is not given: choose a raster for DEM, or TREND none.", trend=p.TREND)
        )


def check_kriging(p: Values) -> None:
    """Refuse settings that contradict each other."""
    check_elevation(p)
    if p.SEARCH == "octant" and p.NEIGHBOURS % 8:
        raise InputError(
            tr(
                "NEIGHBOURS is {neighbours} and has to be a multiple of 8 for SEARCH octant: choose 32 or 64.",
                neighbours=p.NEIGHBOURS,
            )
        )
    given = [name for name in ("NUGGET", "SILL", "RANGE") if getattr(p, name) is not None]
    if given and len(given) < 3:
        raise InputError(
            tr("Of NUGGET, SILL and RANGE only {given} is given: give all three or none.", given=given[0])
            if len(given) == 1
            else tr(
                "Of NUGGET, SILL and RANGE only {first} and {second} are given: give all three or none.",
                first=given[0],
                second=given[1],
            )
        )
    if given and p.NUGGET + p.SILL == 0:
        raise InputError(
            tr(
                "NUGGET and SILL are both 0, so every estimate would be certain: give a positive SILL, or none "
                "of the three to have the variogram estimated."
            )
        )
    if given and p.VARIOGRAM == "auto":
        raise InputError(tr("NUGGET, SILL and RANGE are given and VARIOGRAM is 'auto': choose their model."))
