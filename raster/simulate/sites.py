"""Writes simulated stations with their records, and boreholes, as GeoJSON and CSV."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from ...core.files import write_text
from ...core.simulate.climatology import MEAN_CLIMATE, Weather, day_of_year
from ...core.simulate.sites import drill, observe, station_cells

STATIONS = "stations_simulated.geojson"
OBSERVATIONS = "observations_simulated.csv"
BOREHOLES = "boreholes_simulated.geojson"


def write_stations(
    folder: Path,
    elevation_m: np.ndarray,
    r_k: np.ndarray,
    longitude: np.ndarray,
    latitude: np.ndarray,
    dates: np.ndarray,
    seed: int,
) -> None:
    """Simulate stations and the records of their loggers, and write them: points, and a row per station and day.

    Parameters
    ----------
    folder : Path
        Where to.
    elevation_m, r_k : ndarray, shape (rows, columns)
        Metres above sea level; r_k of the land cover, NaN where no station can stand.
    longitude, latitude : ndarray, shape (1, columns) and (rows, 1)
        Of the cell centres in degrees.
    dates : ndarray of datetime64, shape (n,)
        Days with records.
    seed : int
        Seed of everything drawn at random.
    """
    cells = station_cells(elevation_m, np.isfinite(r_k), seed)
    rows, columns = np.unravel_index(cells, elevation_m.shape)
    longitude, latitude, elevation_m = longitude[0, columns], latitude[rows, 0], elevation_m[rows, columns]
    names = [f"S{number:02d}" for number in range(1, cells.size + 1)]
    properties = [{"station": name, "elevation_m": round(z)} for name, z in zip(names, elevation_m.tolist())]
    _write_points(folder / STATIONS, longitude, latitude, properties)

    gst = MEAN_CLIMATE.gst(elevation_m, latitude, day_of_year(dates)[:, np.newaxis])
    observed = observe(gst + Weather(seed).at(longitude, latitude)(dates), seed)
    lines = [
        f"{name},{date},{value:.2f}"
        for name, series in zip(names, observed.T)
        for date, value in zip(dates, series)
        if np.isfinite(value)
    ]
    write_text(folder / OBSERVATIONS, "\n".join(["station,date,gst", *lines, ""]))


def write_boreholes(folder: Path, longitude: np.ndarray, latitude: np.ndarray, ttop: np.ndarray, seed: int) -> None:
    """Simulate boreholes on both sides of the permafrost boundary, and write them as points.

    Parameters
    ----------
    folder : Path
        Where to.
    longitude, latitude : ndarray, shape (1, columns) and (rows, 1)
        Of the cell centres in degrees.
    ttop : ndarray, shape (rows, columns)
        True temperature at the top of permafrost, degC.
    seed : int
        Seed of everything drawn at random.
    """
    boreholes = drill(ttop, seed)
    rows, columns = np.unravel_index(boreholes.cells, ttop.shape)
    properties = [
        {"borehole": f"B{number:02d}", "depth_m": depth_m, "magt": round(magt, 2)}
        for number, (depth_m, magt) in enumerate(zip(boreholes.depth_m.tolist(), boreholes.magt.tolist()), start=1)
    ]
    _write_points(folder / BOREHOLES, longitude[0, columns], latitude[rows, 0], properties)


def _write_points(
    path: Path, longitude: np.ndarray, latitude: np.ndarray, properties: Sequence[dict[str, Any]]
) -> None:
    """Write points in EPSG:4326, rounded to about 1 m, as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {**its, "origin": "simulated"},
            "geometry": {"type": "Point", "coordinates": [round(x, 5), round(y, 5)]},
        }
        for its, x, y in zip(properties, longitude.tolist(), latitude.tolist())
    ]
    write_text(path, json.dumps({"type": "FeatureCollection", "name": path.stem, "features": features}, indent=1))
