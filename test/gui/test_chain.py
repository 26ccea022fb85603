"""From scenes to a map, each step from its dialog, and the model that runs all of them, twice."""

import re

import pytest
from permafrost_mapper.core import classes
from permafrost_mapper.core.simulate.sites import SiteSettings
from test_canvas import assert_landed

MODEL = "permafrost map from LST"
OVERPASSES = ("TERRA_DAY", "TERRA_NIGHT", "AQUA_DAY", "AQUA_NIGHT")
# 20 x 16 cells across the margin of permafrost, and every third day: quick, and enough for each month.
SMALL_PART = (78.8, 35.6, 79.8, 36.4)
EVERY = 3


@pytest.fixture(scope="module")
def basin(tmp_path_factory):
    """The sample basin with scenes of a small part, and its stacks."""
    import processing
    from osgeo import gdal
    from permafrost_mapper.raster.simulate import sample as samplebasin

    folder = tmp_path_factory.mktemp("chain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(samplebasin, "LST_PART", SMALL_PART)
        processing.run("permafrost:sampledata", {"LST": "part", "OUTPUT": str(folder / "basin")})
    scenes = {"INPUT": str(folder / "basin" / samplebasin.SCENES), "OUTPUT": str(folder / "stacks")}
    processing.run("permafrost:buildlststack", scenes)
    for path in (folder / "stacks").glob("*.tif"):
        whole = gdal.Open(str(path))
        days = sorted({*range(1, whole.RasterCount, EVERY), whole.RasterCount})
        gdal.Translate(str(path.with_suffix(".thin.tif")), whole, bandList=days)
    return folder


@pytest.fixture
def stacks(basin):
    return {name: basin / "stacks" / f"{name.lower()}_2019.thin.tif" for name in OVERPASSES}


def test_each_step_is_on_the_canvas(project, run_in_dialog, basin, stacks):
    sample = basin / "basin"
    dem = sample / "elevation.tif"

    def run(name, parameters, expected):
        results = []
        for times in (1, 2):
            done = run_in_dialog(name, parameters)
            assert_landed(project, done, expected, times)
            results.append(done.results)
        project.removeAllMapLayers()
        return results[-1]

    run(
        "filllstgaps",
        {"INPUT": stacks["TERRA_DAY"], "DEM": dem},
        {"Filled LST": classes.TEMPERATURE, "Kriging standard deviation [K]": classes.UNCERTAINTY},
    )
    stations = {"STATIONS": sample / "stations_simulated.geojson", "STATION_FIELD": "station"}
    observed = {"OBSERVATIONS": sample / "observations_simulated.csv"}
    lists = {name: [path] for name, path in stacks.items()}
    # Written to a file, since what lies on the canvas alone goes with it.
    table = basin / "samples.gpkg"
    run_in_dialog("samplelst", {**stations, **observed, **lists, "OUTPUT": table})
    assert [layer.name() for layer in project.mapLayers().values()] == ["Training table"]
    project.removeAllMapLayers()
    model = run("fitgstmodel", {"INPUT": table}, {})["OUTPUT"]
    run(
        "predictgst",
        {"GST_MODEL": model, **lists},
        {"GST stack [°C]": classes.TEMPERATURE},
    )
    run(
        "degreedays",
        {"GST_MODEL": model, **lists, "MIN_DAYS": 4},
        {
            "Mean DDT [°C d]": classes.DEGREE_DAYS,
            "Mean DDF [°C d]": classes.DEGREE_DAYS,
            "Mean MAGST [°C]": classes.TTOP,
        },
    )
    run(
        "boreholes",
        {
            "TTOP": sample / "truth_ttop_simulated.tif",
            "BOREHOLES": sample / "boreholes_simulated.geojson",
            "MAGT": "magt",
            "DEPTH": "depth_m",
        },
        {"Boreholes compared": SiteSettings().boreholes},
    )


def test_the_model_from_lst_is_on_the_canvas_each_time(project, run_in_dialog, basin, stacks):
    from processing.core.ProcessingResults import resultsList

    sample = basin / "basin"
    given = {
        **stacks,
        "DEM": sample / "elevation.tif",
        "STATIONS": sample / "stations_simulated.geojson",
        "OBSERVATIONS": sample / "observations_simulated.csv",
        "LANDCOVER": sample / "landcover_igbp.tif",
        "TABLE": "modis_igbp",
        "MIN_DAYS": 4,
        "MEMBERS": 20,
        "SURVEY": sample / "survey_simulated.tif",
        "BOREHOLES": sample / "boreholes_simulated.geojson",
        "MAGT_FIELD": "magt",
        "DEPTH_FIELD": "depth_m",
    }
    # In the order of the group.
    expected = {
        "Permafrost map": classes.PERMAFROST_MAP,
        "TTOP": classes.TTOP,
        "Permafrost zones": classes.PERMAFROST_ZONES,
        "Probability of permafrost": classes.PROBABILITY,
        "Agreement": classes.AGREEMENT,
        "Accuracy table": 1,
        "Boreholes compared": None,
        "Areas": None,
        **{f"Filled LST, {name.lower().replace('_', ' ')}": classes.TEMPERATURE for name in OVERPASSES},
        "Samples": None,
        "Mean DDT": classes.DEGREE_DAYS,
        "Mean DDF": classes.DEGREE_DAYS,
        "r_k": classes.R_K,
    }
    before = len(resultsList.getResults())
    for times in (1, 2):
        done = run_in_dialog(MODEL, given)
        assert_landed(project, done, expected, times)
        assert "Traceback" not in done.log
        # The log tells which of the four stacks a remark is on.
        named = re.findall(r"^'(\w+)\.?.*': \d+ scenes on", done.log, re.MULTILINE)
        assert set(named) == {f"{name.lower()}_2019" for name in stacks}
        groups = project.layerTreeRoot().children()
        assert [group.name() for group in groups] == [f"{MODEL} - run {number}" for number in range(times, 0, -1)]
        nodes = groups[0].findLayers()
        assert [node.name() for node in nodes] == list(expected)
        rasters = [node for node in nodes if expected[node.name()] not in (None, 1)]
        assert [node.name() for node in rasters if node.isVisible()] == ["Permafrost map"]
    listed = [result.name for result in resultsList.getResults()[before:]]
    assert listed == ["Combined report"] * 2
