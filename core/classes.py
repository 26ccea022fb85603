"""The one place that defines classes, colours and breaks.

Styles, legends, reports and attribute tables are made from here. The colours can be distinguished with the common forms
of colour blindness.
"""

from __future__ import annotations

from dataclasses import dataclass

from .language import tr


@dataclass(frozen=True)
class MapClass:
    """A class of a map: its value in the raster, its name and its colour as ``#rrggbb``."""

    value: int
    name: str
    colour: str

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue, 0 to 255."""
        red, green, blue = (int(self.colour[i : i + 2], 16) for i in (1, 3, 5))
        return red, green, blue


OUTSIDE = 0
PERMAFROST = MapClass(1, "Permafrost", "#5b8fd0")
SEASONAL_FROST = MapClass(2, "Seasonally frozen ground", "#f2dfa9")
GLACIER = MapClass(3, "Glacier", "#b4e4f2")
LAKE = MapClass(4, "Lake", "#1f4e8c")

PERMAFROST_MAP = (PERMAFROST, SEASONAL_FROST, GLACIER, LAKE)

# Zones by the probability of permafrost: at least 90 %, 50 %, 10 %, above 0, and 0.
CONTINUOUS = MapClass(1, "Continuous permafrost (90-100 %)", "#2a5a9c")
DISCONTINUOUS = MapClass(2, "Discontinuous permafrost (50-90 %)", "#5b8fd0")
SPORADIC = MapClass(3, "Sporadic permafrost (10-50 %)", "#a3c4e6")
ISOLATED = MapClass(4, "Isolated permafrost (above 0, below 10 %)", "#dde9f3")
NO_PERMAFROST = MapClass(5, "No permafrost (0 %)", "#f2dfa9")

PERMAFROST_ZONES = (CONTINUOUS, DISCONTINUOUS, SPORADIC, ISOLATED, NO_PERMAFROST)
# Transitions between classes of the permafrost map: ten times the class before plus the class after. TTOP is in
# equilibrium with the climate of its years, so a cell that leaves the class of permafrost has not necessarily thawed.
TRANSITIONS = (
    MapClass(11, "Permafrost at both times", "#5b8fd0"),
    MapClass(12, "Permafrost no longer in equilibrium with the climate", "#d7301f"),
    MapClass(13, "Permafrost, then glacier", "#9ecfe0"),
    MapClass(14, "Permafrost, then lake", "#3f6fa8"),
    MapClass(21, "Permafrost newly in equilibrium with the climate", "#7b3294"),
    MapClass(22, "Seasonally frozen ground at both times", "#f2dfa9"),
    MapClass(23, "Seasonally frozen ground, then glacier", "#8fc1ce"),
    MapClass(24, "Seasonally frozen ground, then lake", "#31598f"),
    MapClass(31, "Glacier, then permafrost", "#6a8f4e"),
    MapClass(32, "Glacier, then seasonally frozen ground", "#a6b86a"),
    MapClass(33, "Glacier at both times", "#b4e4f2"),
    MapClass(34, "Glacier, then lake", "#274f7c"),
    MapClass(41, "Lake, then permafrost", "#4f7a58"),
    MapClass(42, "Lake, then seasonally frozen ground", "#8a8f4e"),
    MapClass(43, "Lake, then glacier", "#7fb0bd"),
    MapClass(44, "Lake at both times", "#1f4e8c"),
)

# Agreement of a map with a reference, cell by cell.
AGREEMENT = (
    MapClass(1, "Permafrost in both", "#3b6fb6"),
    MapClass(2, "Permafrost in the map only", "#e08214"),
    MapClass(3, "Permafrost in the reference only", "#7b3294"),
    MapClass(4, "Permafrost in neither", "#e9e2d0"),
)


def agreeing_maps(count: int) -> tuple[MapClass, ...]:
    """Return a class per number of maps that agree with a reference, coloured from orange (none) to blue (all)."""
    none, half, every = ((224, 130, 20), (233, 226, 208), (59, 111, 182))

    def colour(share: float) -> str:
        low, high, within = (none, half, 2 * share) if share < 0.5 else (half, every, 2 * share - 1)
        return "#" + "".join(f"{round(a + (b - a) * within):02x}" for a, b in zip(low, high))

    return tuple(
        MapClass(n, tr("{n} of {count} maps agree", n=n, count=count), colour(n / count)) for n in range(count + 1)
    )


# Whether a model predicts within the range of the values that it was trained on.
EXTRAPOLATED = MapClass(2, "Outside the training range", "#e08214")
EXTRAPOLATION = (MapClass(1, "Within the training range", "#e9e2d0"), EXTRAPOLATED)


@dataclass(frozen=True)
class Ramp:
    """A colour ramp of a quantity: pairs of value and colour, and the unit of the values."""

    stops: tuple[tuple[float, str], ...]
    unit: str


@dataclass(frozen=True)
class Relief:
    """A hillshade of elevations in m, to lie under a map: where the light comes from, and how it is drawn.

    Attributes
    ----------
    azimuth, altitude : float
        Of the light, in degrees.
    exaggeration : float
        Factor of the elevations; large cells are flat without.
    brightness : int
        -255 to 255; what is bright leaves the colours of the map above as they are.
    """

    azimuth: float = 315.0
    altitude: float = 45.0
    exaggeration: float = 6.0
    brightness: int = 60


# Diverging and centred on 0 degC: blue is permafrost, whatever the range of the layer.
TTOP = Ramp(
    (
        (-10.0, "#08306b"),
        (-5.0, "#2a7ab9"),
        (-3.0, "#6fb0d7"),
        (-1.5, "#b5d4e9"),
        (0.0, "#f7f7f7"),
        (1.5, "#fbd5a5"),
        (3.0, "#f4a460"),
        (5.0, "#dd6b2b"),
        (10.0, "#8c2d04"),
        (20.0, "#4a1502"),
    ),
    "°C",
)
DEGREE_DAYS = Ramp(
    (
        (0.0, "#fff7ec"),
        (500.0, "#fee3b8"),
        (1000.0, "#fdc38d"),
        (2000.0, "#f98355"),
        (4000.0, "#d7301f"),
        (7000.0, "#7f0000"),
    ),
    "°C d",
)
R_K = Ramp(
    (
        (0.50, "#1b7837"),
        (0.65, "#7fbf7b"),
        (0.80, "#f7f7f7"),
        (0.90, "#d8b98a"),
        (1.00, "#8c510a"),
    ),
    "",
)
ACTIVE_LAYER = Ramp(
    (
        (0.0, "#ffffe5"),
        (1.0, "#d9f0a3"),
        (2.0, "#78c679"),
        (3.0, "#238443"),
        (5.0, "#004529"),
    ),
    "m",
)
# Centred on 0.5, where the surface frost number separates permafrost from seasonal frost.
FROST_NUMBER = Ramp(
    ((0.3, "#8c2d04"), (0.4, "#f4a460"), (0.5, "#f7f7f7"), (0.6, "#6fb0d7"), (0.7, "#08306b")),
    "",
)
# Ground and land surface temperature.
TEMPERATURE = Ramp(
    (
        (-40.0, "#2b2f77"),
        (-20.0, "#3f7fbf"),
        (-5.0, "#a9d3e6"),
        (0.0, "#f7f7f7"),
        (10.0, "#fde0a6"),
        (25.0, "#f08a4b"),
        (45.0, "#a11a2b"),
    ),
    "°C",
)
# The same for scenes as they are delivered.
TEMPERATURE_K = Ramp(tuple((value + 273.15, colour) for value, colour in TEMPERATURE.stops), "K")
# Trends of TTOP: cooling is blue, warming red.
TREND = Ramp(
    (
        (-1.0, "#053061"),
        (-0.5, "#4393c3"),
        (-0.1, "#d1e5f0"),
        (0.0, "#f7f7f7"),
        (0.1, "#fddbc7"),
        (0.5, "#d6604d"),
        (1.0, "#67001f"),
    ),
    "°C per decade",
)
SIGNIFICANCE = Ramp(
    ((0.0, "#00441b"), (0.05, "#41ab5d"), (0.1, "#c7e9c0"), (0.2, "#f7f7f7"), (1.0, "#d9d9d9")),
    "",
)
PERCENT = Ramp(((0.0, "#fcfbfd"), (10.0, "#fdd9b4"), (25.0, "#fdae6b"), (50.0, "#e6550d"), (100.0, "#7f2704")), "%")
# Diverging and centred on one half.
PROBABILITY = Ramp(
    ((0.0, "#d9b67c"), (10.0, "#ecd6ac"), (50.0, "#f7f7f2"), (90.0, "#5b8fd0"), (100.0, "#2a5a9c")),
    "%",
)
VALID_DAYS = Ramp(
    ((0.0, "#67001f"), (120.0, "#d6604d"), (240.0, "#fddbc7"), (300.0, "#d1e5f0"), (366.0, "#2166ac")), "d"
)
UNCERTAINTY = Ramp(((0.0, "#fcfbfd"), (0.5, "#dadaeb"), (1.0, "#bcbddc"), (2.0, "#807dba"), (4.0, "#3f007d")), "K")
# Sequential, for quantities without a ramp: stretched over the range of values that a figure shows.
SEQUENCE = ("#2b2f77", "#3f7fbf", "#a9d3e6", "#f7f0d0", "#f5b56b", "#dd5f3b", "#8f1328")

# Land cover of the IGBP scheme, as in MODIS MCD12.
IGBP = (
    MapClass(0, "Water bodies", "#1f4e8c"),
    MapClass(1, "Evergreen needleleaf forest", "#05450a"),
    MapClass(2, "Evergreen broadleaf forest", "#086a10"),
    MapClass(3, "Deciduous needleleaf forest", "#54a708"),
    MapClass(4, "Deciduous broadleaf forest", "#78d203"),
    MapClass(5, "Mixed forest", "#009900"),
    MapClass(6, "Closed shrubland", "#c6b044"),
    MapClass(7, "Open shrubland", "#dcd159"),
    MapClass(8, "Woody savanna", "#dade48"),
    MapClass(9, "Savanna", "#fbff13"),
    MapClass(10, "Grassland", "#b6ff05"),
    MapClass(11, "Permanent wetland", "#27ff87"),
    MapClass(12, "Cropland", "#c24f44"),
    MapClass(13, "Urban and built-up", "#a5a5a5"),
    MapClass(14, "Cropland and natural vegetation mosaic", "#ff6d4c"),
    MapClass(15, "Permanent snow and ice", "#69fff8"),
    MapClass(16, "Barren or sparsely vegetated", "#f9ffa4"),
)
