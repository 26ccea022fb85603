"""Thickness of the active layer by Stefan's solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..errors import InputError
from ..language import tr
from ..sums import exact_sum
from .ttop import MAX_SMALLER

# Latent heat of fusion of water, J/kg, and seconds in a day.
LATENT_HEAT = 3.34e5
DAY = 86_400.0

# Where permafrost thaws more than `MAX_SMALLER` in more than this share of it, degree days are of more than one year.
MAX_SHARE_TOO_LARGE = 0.1

# No mean temperature is higher, degC; and hardly any ground with permafrost thaws so little everywhere, unless all of
# it is colder than this, as in polar deserts, degC.
MAX_MEAN, POLAR_DESERT = 40.0, -10.0


@dataclass(frozen=True)
class Soil:
    """Soil with the same properties at all depths.

    Attributes
    ----------
    conductivity : float
        Thermal conductivity of the thawed soil, k_t, W/(m K).
    dry_density : float
        Dry bulk density, rho_d, kg/m3.
    water : float
        Mass of water and ice per mass of dry soil, w, kg/kg.
    unfrozen_water : float
        The part of it that remains liquid in the frozen soil, w_u, kg/kg.
    """

    conductivity: float
    dry_density: float
    water: float
    unfrozen_water: float

    def edaphic_factor(self) -> float:
        """Return E_s = sqrt(2 k_t 86400 / (L rho_d (w - w_u))), m (degC d)^-1/2."""
        latent = LATENT_HEAT * self.dry_density * (self.water - self.unfrozen_water)
        return float(np.sqrt(2 * self.conductivity * DAY / latent))


def active_layer(ddt: np.ndarray, ttop: np.ndarray, edaphic_factor: float) -> np.ndarray:
    """Return the thickness of the active layer, E_s sqrt(DDT), where there is permafrost.

    Parameters
    ----------
    ddt : array
        Thawing degree days of the ground surface, degC d.
    ttop : array
        Temperature at the top of permafrost, degC.
    edaphic_factor : float
        E_s, m (degC d)^-1/2.

    Returns
    -------
    array
        m; NaN where TTOP is above 0 degC or an input is NaN. It is also NaN where DDT and TTOP are both 0, which is
        the background of rasters: without thaw, TTOP is below 0.

    Notes
    -----
    Stefan's solution of 1891: all heat conducted through the thawed soil melts ice at the thaw front. The heat that
    warms the soil is neglected, which makes the thickness somewhat too large.

    Examples
    --------
    >>> soil = Soil(conductivity=1.2, dry_density=1500.0, water=0.15, unfrozen_water=0.02)
    >>> depth = active_layer(np.array([900.0, 900.0]), np.array([-1.5, 0.5]), soil.edaphic_factor())
    >>> print(depth.round(2))  # no permafrost in the second cell
    [1.69  nan]
    """
    has_layer = (ttop <= 0) & ((ttop != 0) | (ddt != 0))
    return np.where(has_layer, edaphic_factor * np.sqrt(ddt), np.float32(np.nan)).astype(ddt.dtype, copy=False)


@dataclass(frozen=True)
class Thickness:
    """Thickness of the active layer over the cells that have one; those of several windows can be added.

    Attributes
    ----------
    cells : int
        Number of cells with permafrost.
    total : float
        Sum over these cells, m.
    lowest, highest : float
        m.
    """

    cells: int = 0
    total: float = 0.0
    lowest: float = np.inf
    highest: float = -np.inf

    @classmethod
    def of(cls, values: np.ndarray) -> Thickness:
        """Summarise the thickness of a window, m, NaN where there is none."""
        known = values[~np.isnan(values)]
        if not known.size:
            return cls()
        return cls(known.size, exact_sum(known), float(known.min()), float(known.max()))

    def __add__(self, other: Thickness) -> Thickness:
        """Add the cells of another window."""
        return Thickness(
            self.cells + other.cells,
            self.total + other.total,
            min(self.lowest, other.lowest),
            max(self.highest, other.highest),
        )

    @property
    def mean(self) -> float:
        """Mean over the cells, m."""
        return self.total / self.cells


@dataclass(frozen=True)
class Thaw:
    """Thawing degree days over the cells with permafrost; those of several windows can be added.

    Attributes
    ----------
    cells : int
        Number of cells with permafrost.
    too_large : int
        Number of those that thaw more than permafrost does in a year.
    highest : float
        degC d.
    warmest : float
        The highest temperature at the top of permafrost, degC.
    """

    cells: int = 0
    too_large: int = 0
    highest: float = -np.inf
    warmest: float = -np.inf

    @classmethod
    def of(cls, ddt: np.ndarray, ttop: np.ndarray) -> Thaw:
        """Summarise degree days, degC d, and temperatures, degC, of cells with permafrost."""
        too_large = int(np.count_nonzero(ddt > MAX_SMALLER))
        return cls(ddt.size, too_large, float(ddt.max(initial=-np.inf)), float(ttop.max(initial=-np.inf)))

    def __add__(self, other: Thaw) -> Thaw:
        """Add the cells of another window."""
        return Thaw(
            self.cells + other.cells,
            self.too_large + other.too_large,
            max(self.highest, other.highest),
            max(self.warmest, other.warmest),
        )

    def require_one_year(self, name: str) -> None:
        """Raise an `InputError` if degree days of this layer are sums over several years."""
        if self.too_large > MAX_SHARE_TOO_LARGE * self.cells:
            raise InputError(
                tr(
                    "Layer '{name}' holds more than {most:g} °C d in {percent:.3g} % of the cells with permafrost, up "
                    "to {highest:.6g}, and permafrost does not thaw that much in a year: divide sums over several "
                    "years by their number.",
                    name=name,
                    most=MAX_SMALLER,
                    percent=100 * self.too_large / self.cells,
                    highest=self.highest,
                )
            )

    def warnings_in(self, name: str) -> tuple[str, ...]:
        """Return a sentence where they may be temperatures."""
        if not self.cells or not 0 < self.highest <= MAX_MEAN or self.warmest < POLAR_DESERT:
            return ()
        return (
            tr(
                "Layer '{name}' holds {highest:.3g} °C d at most where there is permafrost, as temperatures would: "
                "check that it holds degree days of a year.",
                name=name,
                highest=self.highest,
            ),
        )


@dataclass(frozen=True)
class ActiveLayerResult:
    """Thickness of the active layer of a map.

    Attributes
    ----------
    edaphic_factor : float
        E, m (degC d)^-1/2.
    soil : Soil, optional
        What E was computed from; None where E was specified.
    thickness : Thickness
    warnings : tuple of str
        What may be wrong with the inputs, a sentence each.
    """

    edaphic_factor: float
    soil: Optional[Soil]
    thickness: Thickness
    warnings: tuple[str, ...] = ()
