"""Areas of grid cells on the ellipsoid, and areas of classes per zone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..confusion import refuse_beyond


def _eccentricity(inverse_flattening: float) -> float:
    """Return the first eccentricity of the ellipsoid; 0 for a sphere, whose inverse flattening is 0 or infinite."""
    flattening = 1.0 / inverse_flattening if inverse_flattening else 0.0
    return float(np.sqrt(flattening * (2.0 - flattening)))


def zone_area_km2(
    lat_south: ArrayLike, lat_north: ArrayLike, dlon: ArrayLike, semi_major: float, inverse_flattening: float
) -> np.ndarray:
    """Return the area between two parallels and two meridians on the ellipsoid, in closed form.

    Snyder (1987), *Map Projections: A Working Manual*, eq. 3-12, doi:10.3133/pp1395: the area from the
    equator to a latitude is a^2 dlon q / 2.

    Parameters
    ----------
    lat_south, lat_north : array_like
        Geodetic latitudes of the edges, degrees.
    dlon : array_like
        Difference in longitude, degrees.
    semi_major : float
        Semi-major axis a, m.
    inverse_flattening : float
        1/f; 0 or infinite for a sphere.

    Returns
    -------
    ndarray
        Areas, km2; negative where the edges are given in the opposite order.
    """
    e = _eccentricity(inverse_flattening)

    def q(latitude: ArrayLike) -> np.ndarray:
        sine = np.sin(np.radians(latitude))
        return (1.0 - e**2) * (sine / (1.0 - (e * sine) ** 2) + (np.arctanh(e * sine) / e if e else sine))

    return semi_major**2 * np.radians(dlon) * (q(lat_north) - q(lat_south)) / 2.0 / 1e6


def position_m(lon: ArrayLike, lat: ArrayLike, semi_major: float, inverse_flattening: float) -> np.ndarray:
    """Return geocentric Cartesian coordinates of points on the ellipsoid.

    Snyder (1987), eq. 4-20 for the radius of curvature N in the prime vertical: x = N cos(lat) cos(lon),
    y = N cos(lat) sin(lon), z = N (1 - e^2) sin(lat).

    Parameters
    ----------
    lon, lat : array_like
        Geodetic longitudes and latitudes, degrees.
    semi_major : float
        Semi-major axis, m.
    inverse_flattening : float
        1/f; 0 or infinite for a sphere.

    Returns
    -------
    ndarray, shape (..., 3)
        x, y, z, m.
    """
    e2 = _eccentricity(inverse_flattening) ** 2
    lon, lat = np.radians(lon), np.radians(lat)
    n = semi_major / np.sqrt(1.0 - e2 * np.sin(lat) ** 2)
    return np.stack(
        [n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1.0 - e2) * np.sin(lat)], axis=-1
    )


def class_areas(
    classes: ArrayLike, cell_area_km2: ArrayLike, zones: ArrayLike, n_classes: int, n_zones: int
) -> np.ndarray:
    """Sum the areas of the cells per class and zone.

    Parameters
    ----------
    classes, zones : array_like of int
        Class indices from 0 to `n_classes` - 1 and zone indices from 0 to `n_zones` - 1. Cells that are negative in
        either are not counted.
    cell_area_km2 : array_like
        Areas of the cells, km2. The three arrays are broadcast against each other, so one column of areas is enough
        for a geographic grid, and zone 0 for a map without zones.
    n_classes, n_zones : int
        Numbers of classes and zones.

    Returns
    -------
    ndarray of float, shape (n_zones, n_classes)
        Areas, km2.

    Raises
    ------
    InputError
        If the index of a class or of a zone is too large.
    """
    classes, areas, zones = np.broadcast_arrays(classes, cell_area_km2, zones)
    counted = (classes >= 0) & (zones >= 0)
    classes, zones = classes[counted].astype(np.int64), zones[counted].astype(np.int64)
    refuse_beyond("class", classes, n_classes)
    refuse_beyond("zone", zones, n_zones)
    sums = np.bincount(zones * n_classes + classes, weights=areas[counted], minlength=n_zones * n_classes)
    return sums.reshape(n_zones, n_classes)
