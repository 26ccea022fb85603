"""Thickness of the active layer by Stefan's solution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Latent heat of fusion of water, J/kg, and seconds in a day.
LATENT_HEAT = 3.34e5
DAY = 86_400.0


@dataclass(frozen=True)
class Soil:
    """Thawed soil, the same at all depths.

    Attributes
    ----------
    conductivity : float
        Thermal conductivity thawed k_t, W/(m K).
    dry_density : float
        Dry bulk density rho_d, kg/m3.
    water : float
        Water by mass of dry soil w, kg/kg.
    unfrozen_water : float
        Part of it that stays unfrozen in winter w_u, kg/kg.
    """

    conductivity: float
    dry_density: float
    water: float
    unfrozen_water: float

    def edaphic_factor(self) -> float:
        """Give E_s = sqrt(2 k_t 86400 / (L rho_d (w - w_u))), m (degC d)^-1/2."""
        latent = LATENT_HEAT * self.dry_density * (self.water - self.unfrozen_water)
        return float(np.sqrt(2 * self.conductivity * DAY / latent))


def active_layer(ddt: np.ndarray, ttop: np.ndarray, edaphic_factor: float) -> np.ndarray:
    """Give the depth of thaw at the end of summer, E_s sqrt(DDT), where there is permafrost.

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
        m; NaN where TTOP is above 0 degC or an input is NaN, and where both are 0: without thaw TTOP is that of the
        frost, so 0 in both is the background of rasters.

    Notes
    -----
    Stefan's solution of 1891: all heat that comes through the thawed soil melts ice at the front. What warms the soil
    is left out, so the depth comes out somewhat too large.

    Examples
    --------
    >>> soil = Soil(conductivity=1.2, dry_density=1500.0, water=0.15, unfrozen_water=0.02)
    >>> depth = active_layer(np.array([900.0, 900.0]), np.array([-1.5, 0.5]), soil.edaphic_factor())
    >>> print(depth.round(2))  # no permafrost in the second cell
    [1.69  nan]
    """
    has_layer = (ttop <= 0) & ((ttop != 0) | (ddt != 0))
    return np.where(has_layer, edaphic_factor * np.sqrt(ddt), np.float32(np.nan)).astype(ddt.dtype, copy=False)
