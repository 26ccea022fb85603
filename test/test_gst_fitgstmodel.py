"""The algorithm fitgstmodel: from a CSV file to model and report."""

import csv
import gzip
import json
import re
from datetime import date

import numpy as np
import pytest
from osgeo import gdal

OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")


@pytest.fixture
def table(tmp_path):
    """Return the function that writes a table of simulated stations, with some of its cells replaced, and its path."""

    def table(replaced=None, stations=4, days=200):
        random = np.random.default_rng(1)
        rows = []
        for station in range(stations):
            for day in range(days):
                common = -3 - 15 * np.cos(2 * np.pi * day / 365) + random.normal(0, 4)
                lst = common + np.array([12, -9, 14, -11]) + random.normal(0, 2, 4)
                gst = 0.24 * lst.sum() + random.normal(0, 2)
                date = np.datetime64("2005-01-01") + day
                rows.append([f"S{station}", str(date), f"{gst:.2f}", *(f"{value:.2f}" for value in lst)])
        header = ["station", "date", "gst", *OVERPASSES]
        for (row, column), value in (replaced or {}).items():
            rows[row][header.index(column)] = value
        path = tmp_path / "stations.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    return table


def outputs(tmp_path):
    return {"OUTPUT": tmp_path / "model.json", "OUTPUT_HTML": tmp_path / "report.html"}


def test_from_a_table_to_model_and_report(run, table, tmp_path):
    replaced = {(0, "gst"): "3276.6", (1, "gst"): "frozen", (2, "date"): "2005-02-30", (3, "terra_day"): "-9999"}
    outcome = run("fitgstmodel", {"INPUT": table(replaced), "FOLDS": 5, **outputs(tmp_path)})
    assert outcome.ok, outcome.errors
    results = outcome.results
    assert results["RMSE"] == pytest.approx(2.0, rel=0.1)
    assert results["RMSE_STATION"] == pytest.approx(2.0, rel=0.1)
    assert results["R2"] > 0.9
    assert "797 of 800 rows are used" in outcome.log
    assert "'gst' is a text, for example 'frozen' in row 2" in outcome.log
    model = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    assert model["predictors"] == list(OVERPASSES)
    assert model["equations"]["all"][0]["alpha"] == results["ALPHA"]
    assert model["equations"]["all"][0]["rows"] == 796
    assert model["provenance"]["table"] == "stations"
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    for part in ("For the methods section", "stations left out", "single coefficient", "797 of 800", "<svg"):
        assert part in report


def test_seasons_have_no_single_penalty(run, table, tmp_path):
    parameters = {"INPUT": table(days=365), "FOLDS": 5, "SEASONAL": True, "HARMONICS": 1, **outputs(tmp_path)}
    outcome = run("fitgstmodel", parameters)
    assert outcome.ok, outcome.errors
    assert "ALPHA" not in outcome.results
    model = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    assert set(model["equations"]) == {"DJF", "MAM", "JJA", "SON"}


def test_alaska(run, real_data, tmp_path):
    """Real data with other names, in kelvin, with one predictor."""
    source = real_data("alaska_gtnp") / "gst_air_modisweekly_daily.csv.gz"
    path = tmp_path / "alaska.csv"
    path.write_bytes(gzip.decompress(source.read_bytes()))
    parameters = {"INPUT": path, "PREDICTORS": "lst_weekly_K", "STATION": "site", "UNIT": "kelvin"}
    outcome = run("fitgstmodel", {**parameters, **outputs(tmp_path)})
    assert outcome.ok, outcome.errors
    assert outcome.results["RMSE"] == pytest.approx(5.9, abs=0.2)
    assert outcome.results["RMSE_STATION"] == pytest.approx(6.7, abs=0.3)
    assert "1797 of 14111 rows are used" in outcome.log

    outcome = run("fitgstmodel", {**parameters, "UNIT": "degc", **outputs(tmp_path)})
    assert not outcome.ok
    assert "seems to be in kelvin" in outcome.errors[-1]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"TARGET": "soil"}, "Table 'stations' has no column 'soil': it has station, date, gst"),
        ({"ALPHA_MIN": 2.0, "ALPHA_MAX": 1.0}, "ALPHA_MIN is 2 and ALPHA_MAX is 1"),
        ({"STATION": "date"}, "repeat|several times"),
        ({"FOLDS": 900}, "800 rows cannot be divided into 900 random folds: choose a number from 2 to 800"),
        ({"PREDICTORS": "terra_day;station"}, "Column 'station' of table 'stations' holds no usable number"),
    ],
)
def test_what_cannot_be_fitted_is_one_sentence_and_no_file(run, table, tmp_path, parameters, said):
    outcome = run("fitgstmodel", {"INPUT": table(), **parameters, **outputs(tmp_path)})
    assert not outcome.ok
    assert len(outcome.errors) == 1
    assert re.search(said, outcome.errors[0])
    assert not (tmp_path / "model.json").exists()
    assert not (tmp_path / "report.html").exists()


def test_one_station_is_refused(run, table, tmp_path):
    outcome = run("fitgstmodel", {"INPUT": table(stations=1), **outputs(tmp_path)})
    assert not outcome.ok
    assert outcome.errors[0].startswith("Only station 'S0' has rows with all of terra_day")


def test_what_is_simulated_is_marked_in_the_model_its_report_and_what_is_predicted(run, table, make_stack, tmp_path):
    """The table lost the name of what it was made from, but has a column for it."""
    path = table(stations=4)
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = [f"{line},{'simulated' if row == 0 else 'LST of nowhere'}" for row, line in enumerate(lines)]
    path.write_text("\n".join(marked) + "\n", encoding="utf-8")
    assert run("fitgstmodel", {"INPUT": path, "FOLDS": 5, **outputs(tmp_path)}).ok
    model = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    assert model["provenance"]["simulated"] == "LST of nowhere"
    assert "Simulated data, not observed: LST of nowhere." in (tmp_path / "report.html").read_text(encoding="utf-8")
    values = np.full((3, 2, 2), 5.0)
    stacks = {name.upper(): [make_stack(name, date(2005, 1, 1), values)] for name in OVERPASSES}
    gst = tmp_path / "gst.tif"
    done = run("predictgst", {"GST_MODEL": tmp_path / "model.json", **stacks, "OUTPUT": gst})
    assert done.ok, done.errors
    assert gdal.Open(str(gst)).GetMetadataItem("PERMAFROST_SIMULATED") == "LST of nowhere"


@pytest.mark.parametrize("word", ["rows are used", "Fitting and cross-validating"])
def test_a_fit_that_is_cancelled_writes_nothing(provider, table, tmp_path, word):
    """A fit to millions of rows takes seconds; it came to its end, and wrote its model."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    class Cancelling(QgsProcessingFeedback):
        def __init__(self):
            super().__init__(False)
            self.errors = []

        def pushInfo(self, text):
            super().pushInfo(text)
            if word in text:
                self.cancel()

        def reportError(self, error, fatalError=False):
            self.errors.append(error)

    instance = QgsApplication.processingRegistry().createAlgorithmById("permafrost:fitgstmodel")
    files = {name: str(path) for name, path in outputs(tmp_path).items()}
    feedback = Cancelling()
    _, ok = instance.run({"INPUT": str(table()), "FOLDS": 5, **files}, QgsProcessingContext(), feedback)
    assert not ok
    assert feedback.errors == ["The run was cancelled: nothing was written."]
    assert [path.name for path in tmp_path.iterdir()] == ["stations.csv"]
