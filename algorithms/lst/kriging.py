"""What the algorithms on gaps share: the parameters of trend, variogram and neighbourhood."""

from __future__ import annotations

from types import SimpleNamespace

from qgis.core import QgsProcessing

from ...core.dependencies import require
from ...core.errors import InputError
from ..parameters import Parameter, calendar_day, choice, elevation, number, raster, vector, whole_number

TRENDS = ("elevation", "elevation_reference", "fixed_lapse", "none")
MODELS = ("auto", "spherical", "exponential", "gaussian", "matern", "hole-effect", "linear", "power")
MODEL_HELP = (
    "Of the residuals. auto: two nested exponentials, a short and a long one, with an anisotropy. spherical, "
    "exponential, gaussian, matern (its smoothness is estimated) and hole-effect have one structure; linear and power "
    "have no sill, and are estimated by moments only."
)
NEED_ELEVATION = ("elevation", "elevation_reference", "fixed_lapse")

REFERENCES = (
    "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & Remote "
    "Sensing 62(1). doi:10.1080/15481603.2025.2596941",
    "Heaton, M. J. et al. (2019): A case study competition among methods for analyzing large spatial data. Journal of "
    "Agricultural, Biological and Environmental Statistics 24, 398-425. doi:10.1007/s13253-018-00348-w",
)


def stack_inputs() -> tuple[Parameter, ...]:
    """Declare the stack, the day of its first band, and the elevation."""
    return (
        raster(
            "INPUT",
            "LST stack",
            "One band a day, for example from 'Build LST stacks', or a single scene. Temperatures in °C or K; gaps are "
            "nodata.",
        ),
        calendar_day(
            "START_DATE",
            "Day of the first band",
            "For rasters that do not tell the dates of their bands, or tell other ones. The others follow daily, or "
            "with the steps that the file tells; the days of a time axis without leap days stay those of its calendar.",
        ),
        elevation("DEM", "Needed by all trends but none. Other cells are aligned to those of the stack."),
    )


def trend_parameters() -> tuple[Parameter, ...]:
    """Declare the trend."""
    return (
        choice(
            "TREND",
            "Trend",
            "What is taken off before kriging. elevation: a slope fitted to each scene. elevation_reference: a slope "
            "and what other dates show at the same place, the best where the stack has many scenes. fixed_lapse: "
            "LAPSE_RATE. none: the mean. A slope that cannot be fitted or is implausible falls back on the next one, "
            "and the report says so.",
            TRENDS,
            "elevation",
        ),
        number(
            "LAPSE_RATE",
            "Lapse rate [K/km]",
            "For fixed_lapse, and where no slope can be fitted.",
            -6.5,
            -15.0,
            10.0,
            advanced=True,
        ),
        whole_number(
            "REFERENCES",
            "Reference scenes",
            "For elevation_reference: the number of scenes, nearest in time, that predict another.",
            30,
            1,
            1000,
            advanced=True,
        ),
    )


def variogram_parameters() -> tuple[Parameter, ...]:
    """Declare how the variogram comes about."""
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
            "One variogram for each",
            "scene, or month (its shape estimated from the four scenes of the month that know most cells, its scale "
            "from each scene). auto: scene in stacks of up to 31 bands, month in longer ones.",
            ("auto", "scene", "month"),
            "auto",
            advanced=True,
        ),
        number(
            "NUGGET",
            "Nugget [K²]",
            "With SILL and RANGE: a given variogram. Where known cells are predicted with errors of more than three "
            "times its standard deviation, as by smooth models without nugget, it gets the likeliest nugget and scale, "
            "and the log says so.",
            None,
            0.0,
            optional=True,
            advanced=True,
        ),
        number(
            "SILL",
            "Partial sill [K²]",
            "What the structure adds to the nugget.",
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
            "With SILL and RANGE: the order of matern, 0.5 is exponential, or the exponent of power, below 2. Other "
            "models have none.",
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
        "Estimate of the variogram",
        "likelihood: Vecchia's approximate likelihood, which sees the short lags that decide the result. moments: "
        "PyKrige's fit to the empirical variogram of random cells.",
        ("likelihood", "moments"),
        "likelihood",
        advanced=True,
    )


def seed_parameter() -> Parameter:
    """Declare the seed."""
    return whole_number("SEED", "Seed", "Equal seeds give equal results.", 1, 0, 2**31 - 1, advanced=True)


def neighbourhood_parameters() -> tuple[Parameter, ...]:
    """Declare which known cells estimate a gap."""
    return (
        whole_number(
            "NEIGHBOURS",
            "Neighbours",
            "Known cells for each estimate; by octant a multiple of 8. More are slower and, up to about 64, better.",
            32,
            1,
            256,
        ),
        choice(
            "SEARCH",
            "Search",
            "octant: the nearest in each of eight directions. nearest: the nearest of all.",
            ("octant", "nearest"),
            "octant",
            advanced=True,
        ),
        vector(
            "BASIN",
            "Basin",
            "Polygons; gaps whose centre lies outside of them stay.",
            [QgsProcessing.SourceType.TypeVectorPolygon],
            optional=True,
        ),
        seed_parameter(),
    )


def check_elevation(p: SimpleNamespace) -> None:
    """Refuse a trend on an elevation that is not given, and a QGIS without SciPy."""
    require("scipy", "kriging")
    if p.TREND in NEED_ELEVATION and p.DEM is None:
        raise InputError(f"TREND is '{p.TREND}' and no elevation is given: choose a raster for DEM, or TREND none.")


def check_kriging(p: SimpleNamespace) -> None:
    """Refuse settings that do not go together."""
    check_elevation(p)
    if p.SEARCH == "octant" and p.NEIGHBOURS % 8:
        raise InputError(
            f"NEIGHBOURS is {p.NEIGHBOURS}, and the search by octant needs a multiple of 8: choose 32 or 64."
        )
    given = [name for name in ("NUGGET", "SILL", "RANGE") if getattr(p, name) is not None]
    if given and len(given) < 3:
        raise InputError(
            f"Of NUGGET, SILL and RANGE only {' and '.join(given)} {'is' if len(given) == 1 else 'are'} given: "
            "give all three or none."
        )
    if given and p.NUGGET + p.SILL == 0:
        raise InputError(
            "NUGGET and SILL are both 0, so every gap would be certain: give a positive SILL, or none of the three to "
            "have the variogram estimated."
        )
    if given and p.VARIOGRAM == "auto":
        raise InputError("NUGGET, SILL and RANGE are given and VARIOGRAM is 'auto': choose the model that they are of.")
