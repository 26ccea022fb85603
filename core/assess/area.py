"""Areas of grid cells on the ellipsoid, and areas of classes per zone."""

from __future__ import annotations

import numpy as np

from .confusion import refuse_beyond


def _eccentricity(inverse_flattening: float) -> float:
    """First eccentricity of the ellipsoid; 0 for a sphere, which is given by an inverse flattening of 0 or inf."""
    flattening = 1.0 / inverse_flattening if inverse_flattening else 0.0
    return float(np.sqrt(flattening * (2.0 - flattening)))


def zone_area_km2(lat_south, lat_north, dlon, semi_major: float, inverse_flattening: float) -> np.ndarray:
    """Compute the area between two parallels and two meridians on the ellipsoid, in closed form.

    Snyder (1987), *Map Projections: A Working Manual*, eq. 3-12, doi:10.3133/pp1395: the area from the
    equator to a latitude is a^2 dlon q / 2.

    Parameters
    ----------
    lat_south, lat_north : array_like
        Geodetic latitudes of the edges, degrees.
    dlon : array_like
        Difference of longitude, degrees.
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

    def q(latitude):
        sine = np.sin(np.radians(latitude))
        return (1.0 - e**2) * (sine / (1.0 - (e * sine) ** 2) + (np.arctanh(e * sine) / e if e else sine))

    return semi_major**2 * np.radians(dlon) * (q(lat_north) - q(lat_south)) / 2.0 / 1e6


def surface_element(lat, semi_major: float, inverse_flattening: float) -> np.ndarray:
    """Compute the area of the ellipsoid per square radian of latitude and longitude: M N cos(lat).

    M and N are the radii of curvature in the meridian and the prime vertical (Snyder 1987, eqs 4-18 and
    4-20). Multiplied by the Jacobian of (lon, lat) by (x, y) it gives the true area of a projected cell.

    Parameters
    ----------
    lat : array_like
        Geodetic latitudes, degrees.
    semi_major : float
        Semi-major axis, m.
    inverse_flattening : float
        1/f; 0 or infinite for a sphere.

    Returns
    -------
    ndarray
        Surface element, m2 / rad2.
    """
    e2 = _eccentricity(inverse_flattening) ** 2
    lat = np.radians(lat)
    return semi_major**2 * (1.0 - e2) * np.cos(lat) / (1.0 - e2 * np.sin(lat) ** 2) ** 2


def class_areas(classes, cell_area_km2, zones, n_classes: int, n_zones: int) -> np.ndarray:
    """Sum the areas of the cells of every class in every zone.

    Parameters
    ----------
    classes, zones : array_like of int
        Class indices from 0 to `n_classes` - 1 and zone indices from 0 to `n_zones` - 1. A cell that is
        negative in either is not counted.
    cell_area_km2 : array_like
        Areas of the cells, km2. The three broadcast against each other, so that one column of areas
        serves a geographic grid, and zone 0 a map without zones.
    n_classes, n_zones : int
        Numbers of classes and zones.

    Returns
    -------
    ndarray of float, shape (n_zones, n_classes)
        Areas, km2.

    Raises
    ------
    InputError
        If a class or a zone is beyond the numbers given.
    """
    classes, areas, zones = np.broadcast_arrays(classes, cell_area_km2, zones)
    counted = (classes >= 0) & (zones >= 0)
    classes, zones = classes[counted].astype(np.int64), zones[counted].astype(np.int64)
    refuse_beyond("class", classes, n_classes)
    refuse_beyond("zone", zones, n_zones)
    sums = np.bincount(zones * n_classes + classes, weights=areas[counted], minlength=n_zones * n_classes)
    return sums.reshape(n_zones, n_classes)
