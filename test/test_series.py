"""Series of stacks: the same days however they are cut into files, windows and threads, and few files open."""

import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.degreedays import Summing, degree_days
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.gst.prediction import predict
from permafrost_mapper.core.gst.table import TrainingTable

pytest.importorskip("osgeo.gdal")

from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.read import rasters
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.series import SeriesSource, join_stacks
from permafrost_mapper.raster.read.stack import read_stack

OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")
FIRST = date(2004, 12, 25)
DAYS = 380
ROWS, COLUMNS = 9, 11


def stacks_of(make_stack, name, values, bounds, first=FIRST):
    """Write days as several stacks, and read them as one series."""
    paths = [make_stack(f"{name}_{a}_{b}", first + timedelta(a), values[a:b]) for a, b in zip(bounds, bounds[1:])]
    return join_stacks([read_stack(RasterSource(path, name)) for path in paths])


@pytest.fixture
def lst():
    """Four LSTs with gaps, in hundredths of a degree as they are stored."""
    random = np.random.default_rng(5)
    season = -3 - 15 * np.cos(2 * np.pi * (np.arange(DAYS) - 22) / 365.25)[:, None, None]
    values = {}
    for name, shift in zip(OVERPASSES, (11, -9, 13, -11)):
        values[name] = np.round(season + shift + random.normal(0, 4, (DAYS, ROWS, COLUMNS)), 2)
        values[name][random.random((DAYS, ROWS, COLUMNS)) < 0.15] = np.nan
    return values


@pytest.fixture
def one_file_each(make_stack, lst):
    return {name: stacks_of(make_stack, name, lst[name], (0, DAYS)) for name in OVERPASSES}


@pytest.fixture
def several_files(make_stack, lst):
    bounds = {name: (0, 90 + 60 * place, 91 + 60 * place, DAYS) for place, name in enumerate(OVERPASSES)}
    return {name: stacks_of(make_stack, name, lst[name], bounds[name]) for name in OVERPASSES}


@pytest.fixture(scope="module")
def model():
    random = np.random.default_rng(3)
    lst = random.normal(-4, 12, (400, 1)) + np.array([12, -9, 14, -11]) + random.normal(0, 3, (400, 4))
    dates = np.datetime64("2005-01-01") + np.tile(np.arange(100), 4)
    gst = lst @ [0.2, 0.3, 0.1, 0.3] + random.normal(0, 2, 400)
    table = TrainingTable.of(np.repeat(["a", "b", "c", "d"], 100), dates, gst, lst, OVERPASSES)
    return fit_gst_model(table, Fitting(folds=5)).model


def test_days_come_as_they_were_written(make_stack, lst):
    name = "terra_day"
    stacks = {name: stacks_of(make_stack, name, lst[name], (0, 100, 101, DAYS))}
    days = tuple(FIRST + timedelta(day) for day in (0, 3, 99, 100, 101, 102, 379, 380))
    grid = stacks[name][0].source.grid()
    read = list(SeriesSource(stacks, days).open(grid).read(Window(2, 1, 5, 7)))
    assert [day.tolist() for day, _ in read] == list(days)
    values = np.stack([of_day[name].values() for _, of_day in read])
    expected = lst[name][[0, 3, 99, 100, 101, 102, 379], 1:8, 2:7]
    np.testing.assert_allclose(values[:-1], expected, rtol=0, atol=1e-5)
    assert np.isnan(values[-1]).all()


def test_series_that_overlap_are_refused(make_stack, lst):
    with pytest.raises(InputError, match="each day once"):
        join_stacks(
            [
                *stacks_of(make_stack, "one", lst["terra_day"], (0, 20)),
                *stacks_of(make_stack, "other", lst["terra_day"], (0, 20), FIRST + timedelta(19)),
            ]
        )


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_bit_of_degree_days_depends_on_files_windows_or_threads(data, one_file_each, several_files, model):
    def cuts(length):
        return [0, *sorted(data.draw(st.sets(st.integers(1, length - 1), max_size=1))), length]

    days = tuple(FIRST + timedelta(day) for day in range(DAYS))
    grid = one_file_each["terra_day"][0].source.grid()
    years = [np.datetime64("2005-01-01")]

    def sums(reader, window):
        gst = ((day, predict(model, values, day)) for day, values in reader.read(window))
        (year,) = degree_days(gst, years, Summing(min_days=5))
        return np.stack([year.ddt, year.ddf, year.magst, year.valid_days])

    whole = sums(SeriesSource(one_file_each, days).open(grid), Window(0, 0, COLUMNS, ROWS))
    assert np.isfinite(whole).mean() > 0.9

    rows, columns = cuts(ROWS), cuts(COLUMNS)
    windows = [Window(x, y, x1 - x, y1 - y) for y, y1 in zip(rows, rows[1:]) for x, x1 in zip(columns, columns[1:])]
    threads = data.draw(st.integers(1, 3))
    parts = np.full_like(whole, -1.0)

    def work(share):
        reader = SeriesSource(several_files, days).open(grid)
        for window in share:
            down = slice(window.row, window.row + window.height)
            across = slice(window.column, window.column + window.width)
            parts[:, down, across] = sums(reader, window)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, [windows[first::threads] for first in range(threads)]))
    assert parts.tobytes() == whole.tobytes()


@pytest.fixture
def opened(monkeypatch):
    """The datasets that readers have opened, as weak references."""
    found = []

    def open_raster(path, name, plain=rasters.open_raster):
        dataset = plain(path, name)
        found.append(weakref.ref(dataset))
        return dataset

    monkeypatch.setattr(rasters, "open_raster", open_raster)
    return found


@pytest.mark.parametrize("bounds", [(0, 200), (0, 40, 80, 120, 160, 200)])
def test_one_file_of_each_series_is_open_whatever_its_length(make_stack, lst, opened, bounds):
    names = OVERPASSES[:2]
    stacks = {name: stacks_of(make_stack, name, lst[name], bounds) for name in names}
    source = SeriesSource(stacks, tuple(FIRST + timedelta(day) for day in range(200)))
    grid = stacks[names[0]][0].source.grid()
    opened.clear()
    reader = source.open(grid)
    for window in (Window(0, 0, COLUMNS, 4), Window(0, 4, COLUMNS, 5)):
        for _ in reader.read(window):
            assert sum(dataset() is not None for dataset in opened) == len(names)
    # A series of one file is opened once; of several, each file for each window.
    files = len(bounds) - 1
    assert len(opened) == len(names) * (1 if files == 1 else 2 * files)
