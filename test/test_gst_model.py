"""The GST model: fitted with honest validation, predicted from, and as a document."""

import csv
import gzip
import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from each_day import outside_training, predict
from hypothesis import given, settings
from hypothesis import strategies as st
from permafrost_mapper.core import dependencies
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst import degreedays, prediction
from permafrost_mapper.core.gst.degreedays import Summing, degree_days
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.gst.modelfile import from_json, read_model, to_json, write_model
from permafrost_mapper.core.gst.seasons import SEASONS, harmonics, season_of
from permafrost_mapper.core.gst.table import TrainingTable, clean_table
from permafrost_mapper.core.packed import Packed
from sklearn.linear_model import LinearRegression, RidgeCV

OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")
FIELDS = ("stations", "dates", "gst", "predictors")

TRUE_SLOPES = np.array([0.2, 0.3, 0.1, 0.35])


def simulated(stations=8, n_days=730, noise=2.5, station_bias=1.0, seed=0, elevation=False):
    """Four collinear LSTs a day at stations, and the GST of a known equation."""
    random = np.random.default_rng(seed)
    dates = np.tile(np.datetime64("2005-01-01") + np.arange(n_days), stations)
    station = np.repeat(np.arange(stations), n_days)
    angle = 2 * np.pi * (dates - dates.astype("datetime64[Y]")).astype(float) / 365.25
    common = -3 - 15 * np.cos(angle) + random.normal(0, 4, dates.size)
    predictors = common[:, None] + [12, -9, 14, -11] + random.normal(0, 2.5, (dates.size, 4))
    gst = 1.5 + predictors @ TRUE_SLOPES
    gst += random.normal(0, station_bias, stations)[station] + random.normal(0, noise, dates.size)
    names = np.array([f"station {k}" for k in range(stations)])[station]
    if elevation:
        metres = random.uniform(3000, 5000, stations)[station]
        return TrainingTable.of(
            names, dates, gst - 0.002 * metres, np.column_stack([predictors, metres]), (*OVERPASSES, "elevation")
        )
    return TrainingTable.of(names, dates, gst, predictors, OVERPASSES)


def arrays(table):
    """Return the columns of a table as arrays."""
    return SimpleNamespace(**{name: np.asarray(getattr(table, name)) for name in FIELDS}, names=table.names)


def changed_table(table, **columns):
    return TrainingTable.of(**{**vars(arrays(table)), **columns})


def with_gaps(table, share=0.3, seed=1):
    predictors = np.asarray(table.predictors)
    gaps = np.random.default_rng(seed).random(predictors.shape) < share
    gaps[:, 0] &= ~gaps.all(axis=1)
    return changed_table(table, predictors=np.where(gaps, np.nan, predictors))


@pytest.fixture(scope="module")
def fit():
    return fit_gst_model(simulated(), Fitting(folds=5), {"table": "simulated"})


@pytest.fixture(scope="module")
def seasonal_fit():
    return fit_gst_model(with_gaps(simulated(stations=5, elevation=True)), Fitting(folds=5, seasonal=True, harmonics=1))


def as_blocks(table, names=None):
    """Return the rows of a table as blocks of one day and one cell a row."""
    blocks = {
        name: values.astype(np.float32)[:, None] for name, values in zip(table.names, np.asarray(table.predictors).T)
    }
    return {name: blocks[name] for name in names or table.names}


def test_the_fit_predicts_what_scikit_learn_predicts(fit):
    table = arrays(fit.table)
    standardised = (table.predictors - table.predictors.mean(axis=0)) / table.predictors.std(axis=0)
    alpha = fit.model.equations["all"][0].alpha
    sklearn = RidgeCV(alphas=[alpha]).fit(standardised, table.gst)
    ours = predict(fit.model, as_blocks(table), table.dates)[:, 0]
    np.testing.assert_allclose(ours, sklearn.predict(standardised), atol=1e-4)
    assert ours.dtype == np.float32


def test_the_penalty_has_the_smallest_error_of_the_curve(fit):
    curve = fit.curves["all"]
    assert len(curve.alphas) == 57
    assert (curve.alphas[0], curve.alphas[-1]) == (pytest.approx(1e-3), pytest.approx(1e4))
    best = np.argmin(curve.random)
    assert fit.model.equations["all"][0].alpha == curve.alphas[best]
    assert fit.model.random.overall.rmse == pytest.approx(curve.random[best])
    assert fit.model.station.overall.rmse == pytest.approx(curve.station[best])


def test_scores_tell_the_noise_that_was_put_in(fit):
    """2.5 K of noise and 1 K between stations; random folds know the stations and look better."""
    model = fit.model
    assert model.random.overall.rmse == pytest.approx(np.hypot(2.5, 1.0), rel=0.1)
    assert model.random.overall.rmse < model.station.overall.rmse
    assert abs(model.random.overall.bias) < 0.05
    assert set(model.station.stations) == {f"station {k}" for k in range(8)}
    assert tuple(model.station.seasons) == SEASONS
    assert sum(scores.n for scores in model.station.seasons.values()) == model.station.overall.n == 8 * 730
    # The bias of a station that is left out is what the map will be wrong by.
    biases = [scores.bias for scores in model.station.stations.values()]
    assert 0.5 < np.std(biases) < 2.0


def test_ordinary_least_squares_for_comparison(fit):
    ols = fit_gst_model(fit.table, Fitting(method="ols", folds=5)).model
    assert ols.equations["all"][0].alpha == 0.0
    sklearn = LinearRegression().fit(fit.table.predictors[:], fit.table.gst[:])
    constant, factors = ols.equations["all"][0].slopes
    np.testing.assert_allclose(factors, sklearn.coef_, rtol=1e-8)
    assert constant == pytest.approx(sklearn.intercept_, rel=1e-8)


def test_seasons_elevation_and_waves_fit_what_is_in_them(seasonal_fit):
    model, table = seasonal_fit.model, arrays(seasonal_fit.table)
    assert model.seasonal
    assert tuple(model.equations) == SEASONS
    place = list(SEASONS).index("JJA")
    rows = season_of(table.dates) == place
    equation = model.equations["JJA"][0]
    features = np.column_stack([table.predictors[rows], harmonics(table.dates[rows], 1)])
    constant, factors = equation.slopes
    assert equation.rows == rows.sum()
    assert equation.predictors == (*OVERPASSES, "elevation", "sin 1", "cos 1")
    blocks = as_blocks(table)
    # One cell a station, whose elevation does not change from day to day.
    first = table.stations == table.stations[0]
    day_blocks = {name: values[first & rows] for name, values in blocks.items()}
    day_blocks["elevation"] = day_blocks["elevation"][0]
    predicted = predict(model, day_blocks, table.dates[first & rows])[:, 0]
    np.testing.assert_allclose(predicted, (constant + features @ factors)[first[rows]], atol=1e-3)


def test_a_wave_alone_explains_a_wave():
    table = simulated(stations=2, station_bias=0.0)
    waves = harmonics(table.dates[:], 2)
    table = changed_table(table, gst=5 + waves @ [1.0, -14.0, 0.5, 2.0])
    fitted = fit_gst_model(table, Fitting(method="ols", folds=5, harmonics=2))
    assert fitted.model.random.overall.rmse < 1e-9


def test_a_fall_back_serves_cells_that_miss_an_overpass():
    table = with_gaps(simulated())
    model = fit_gst_model(table, Fitting(folds=5)).model
    first, *fall_backs = model.equations["all"]
    assert len(fall_backs) == 10
    predicted = predict(model, as_blocks(table), table.dates)[:, 0]
    predictors = np.asarray(table.predictors)
    known = np.isfinite(predictors)
    np.testing.assert_array_equal(np.isfinite(predicted), known.sum(axis=1) >= 2)
    for i in np.random.default_rng(3).integers(0, len(predicted), 200):
        usable = [
            equation
            for equation in (first, *fall_backs)
            if all(known[i, table.names.index(name)] for name in equation.predictors)
        ]
        if usable:
            constant, factors = usable[0].slopes
            expected = constant + predictors[i, [table.names.index(name) for name in usable[0].predictors]] @ factors
            assert predicted[i] == pytest.approx(expected, abs=1e-4)
    # A fall-back knows less, but not nothing.
    assert model.random.overall.rmse < fall_backs[-1].rmse_random < 1.5 * model.random.overall.rmse


def test_fall_backs_are_ranked_on_rows_that_all_of_them_can_use():
    """The first LST says nothing, and is missing where GST is hard to predict: no fault of the others."""
    random = np.random.default_rng(4)
    table = arrays(simulated(n_days=300))
    is_hard = random.random(len(table.gst)) < 0.3
    predictors = table.predictors.copy()
    predictors[:, 0] = np.where(is_hard, np.nan, random.normal(0, 5, len(table.gst)))
    gst = table.gst + np.where(is_hard, random.normal(0, 20, len(table.gst)), 0)
    hard = TrainingTable.of(table.stations, table.dates, gst, predictors, table.names)
    fall_backs = fit_gst_model(hard, Fitting(folds=5)).model.equations["all"][1:]
    assert fall_backs[0].predictors == OVERPASSES[1:]
    assert fall_backs[0].rmse_station > fall_backs[-1].rmse_station


def test_without_fall_backs_a_gap_stays_a_gap(fit):
    model = replace(fit.model, equations={"all": fit.model.equations["all"][:1]})
    blocks = as_blocks(with_gaps(fit.table))
    predicted = predict(model, blocks, fit.table.dates)
    gap = np.isnan(np.stack(list(blocks.values()))).any(axis=0)
    np.testing.assert_array_equal(np.isnan(predicted), gap)


def test_no_bit_of_a_prediction_depends_on_the_block(seasonal_fit):
    model = seasonal_fit.model
    random = np.random.default_rng(7)
    dates = np.datetime64("2005-02-20") + np.arange(20)
    blocks = {name: random.normal(-5, 12, (20, 7, 9)).astype(np.float32) for name in OVERPASSES}
    for values in blocks.values():
        values[random.random(values.shape) < 0.2] = np.nan
    blocks["elevation"] = random.uniform(3000, 5000, (7, 9)).astype(np.float32)
    whole = predict(model, blocks, dates)
    assert np.isnan(whole).any()
    part = {name: values[..., 2:5, :4] for name, values in blocks.items()}
    np.testing.assert_array_equal(predict(model, part, dates), whole[:, 2:5, :4])
    later = {name: values if name == "elevation" else values[13:] for name, values in blocks.items()}
    np.testing.assert_array_equal(predict(model, later, dates[13:]), whole[13:])


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    scale=st.sampled_from([1.0, 0.01, 0.02]),
    offset=st.sampled_from([0.0, -273.15]),
    kind=st.sampled_from([np.int16, np.uint16, np.uint8, np.float32]),
)
def test_predictions_from_stored_numbers_are_those_from_their_values(seasonal_fit, seed, scale, offset, kind):
    """As far as float32 holds numbers of that size."""
    model = seasonal_fit.model
    random = np.random.default_rng(seed)
    stored = {name: random.integers(0, 250, (6, 9)).astype(kind) for name in model.predictors}
    packed = {name: Packed(array, scale, offset, kind(random.integers(0, 250))) for name, array in stored.items()}
    day = np.datetime64("2005-02-27") + random.integers(0, 10)
    values = {name: of_day.values() for name, of_day in packed.items()}
    for name, array in stored.items():
        expected = np.where(array == packed[name].missing, np.nan, scale * array.astype(float) + offset)
        np.testing.assert_allclose(values[name], expected, rtol=2e-7, atol=1e-4)
    ours, theirs = (prediction.predict(model, of_day, day) for of_day in (packed, values))
    assert ours.dtype == theirs.dtype == np.float32
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-3)


def test_compiled_predictions_and_sums_are_the_same_to_the_last_bit(fit, monkeypatch):
    pytest.importorskip("numba")
    model = fit_gst_model(with_gaps(fit.table), Fitting(folds=5)).model
    random = np.random.default_rng(11)
    dates = np.datetime64("2005-01-01") + np.arange(365)
    days = []
    for season in -3 - 15 * np.cos(2 * np.pi * np.arange(365) / 365):
        stored = {name: (100 * random.normal(season, 8, (70, 81))).astype(np.int16) for name in OVERPASSES}
        for array in stored.values():
            array[random.random(array.shape) < 0.2] = -32768
        days.append({name: Packed(array, 0.01, 0.25, np.int16(-32768)) for name, array in stored.items()})

    def summed():
        gst = [prediction.predict(model, day, date) for date, day in zip(dates, days)]
        (year,) = degree_days(zip(dates, gst), dates[:1], Summing(min_days=5))
        return np.stack(gst), year

    assert dependencies.compiled("gst.compiled") is not None
    ours, our_year = summed()
    for module in (prediction, degreedays):
        monkeypatch.setattr(module, "compiled", lambda _module: None)
    theirs, their_year = summed()
    assert 0.01 < np.isnan(ours).mean() < 0.05
    assert ours.tobytes() == theirs.tobytes()
    for name in ("ddt", "ddf", "magst", "valid_days"):
        assert getattr(our_year, name).tobytes() == getattr(their_year, name).tobytes()


def test_the_residual_variance_of_a_model_corrects_its_degree_days(fit):
    """At a place like the stations, whose own bias is 0: daily errors of 2.5 K, biases of 1 K at the stations."""
    model = fit.model
    assert model.daily_sd == pytest.approx(2.5, abs=0.05)
    assert model.station.overall.rmse > model.daily_sd + 0.05
    years = [arrays(simulated(stations=1, n_days=365, station_bias=0.0, seed=seed)) for seed in range(60)]
    dates = years[0].dates
    lst = {name: np.stack([year.predictors[:, k] for year in years], axis=1) for k, name in enumerate(OVERPASSES)}
    gst = [
        prediction.predict(model, {name: day[i].astype(np.float32) for name, day in lst.items()}, date)
        for i, date in enumerate(dates)
    ]
    truth = np.mean([year.gst.clip(0).sum() - (-year.gst).clip(0).sum() for year in years])
    turnover = np.mean([np.abs(year.gst).sum() for year in years])
    (plain,), (corrected,) = (
        degree_days(zip(dates, gst), dates[:1], Summing(daily_sd=sd)) for sd in (0.0, model.daily_sd)
    )
    # DDT + DDF, which the bias of the model as a whole hardly changes, and 365 times MAGST, which is all bias.
    assert 25 < turnover - np.mean(plain.ddt + plain.ddf) < 80
    assert turnover == pytest.approx(np.mean(corrected.ddt + corrected.ddf), abs=8)
    assert np.mean(plain.magst) == pytest.approx(truth / 365, abs=0.5)
    np.testing.assert_allclose(plain.magst, corrected.magst, atol=1e-5)


def test_without_numba_nothing_is_compiled(without_numba):
    assert dependencies.compiled("gst.compiled") is None


def test_extrapolation_is_flagged(fit):
    dates = fit.table.dates[:2]
    inside = {name: np.full((2, 3), -5.0, np.float32) for name in OVERPASSES}
    assert not outside_training(fit.model, inside, dates).any()
    inside["aqua_day"][0, 1] = 75.0
    inside["aqua_night"][1, 2] = -75.0
    inside["terra_day"][1, 0] = np.nan
    np.testing.assert_array_equal(
        outside_training(fit.model, inside, dates), [[False, True, False], [False, False, True]]
    )


def test_a_model_without_its_predictors_is_refused(fit):
    blocks = as_blocks(fit.table, OVERPASSES[:3])
    for use in (predict, outside_training):
        with pytest.raises(InputError, match="and aqua_night is not given"):
            use(fit.model, blocks, fit.table.dates)


@pytest.mark.parametrize(
    ("change", "fitting", "said"),
    [
        (
            lambda t: changed_table(t, stations=np.full(len(t.gst), "Mohe")),
            Fitting(),
            "Only station 'Mohe' has rows with all of .*: give at least two",
        ),
        (
            lambda t: changed_table(t, predictors=t.predictors[:] * [1, 1, np.nan, 1]),
            Fitting(),
            "No station has a row with all of",
        ),
        (lambda t: changed_table(t, gst=np.full(len(t.gst), 1.5)), Fitting(), "GST is 1.5 in every row"),
        (
            lambda t: changed_table(t, predictors=t.predictors[:] * [1, 1, 0, 1]),
            Fitting(),
            "aqua_day is 0 in every row",
        ),
        (lambda t: t, Fitting(folds=1), "1460 rows cannot be divided into 1 random folds"),
        (
            lambda t: t,
            Fitting(folds=10_000),
            "1460 rows cannot be divided into 10000 random folds: choose a number from 2 to 1460",
        ),
        (lambda t: t, Fitting(method="lasso"), "method of regression is 'lasso'"),
        (lambda t: t, Fitting(alpha_min=0.0), "Penalties from 0 to 10000 do not form a range"),
        (lambda t: t, Fitting(alpha_min=2.0, alpha_max=1.0), "Penalties from 2 to 1 do not form a range"),
        (lambda t: rows(t, slice(0, 20)), Fitting(), "Only station"),
        (lambda t: rows(t, slice(715, 735)), Fitting(), "The table has 20 rows of 2 stations"),
        (lambda t: rows(t, season_of(t.dates) != 2), Fitting(seasonal=True), "Season JJA has 0 rows"),
    ],
)
def test_tables_that_nothing_can_be_fitted_to(change, fitting, said):
    with pytest.raises(InputError, match=said):
        fit_gst_model(change(simulated(stations=2)), fitting)


def rows(table, chosen):
    table = arrays(table)
    return TrainingTable.of(
        table.stations[chosen], table.dates[chosen], table.gst[chosen], table.predictors[chosen], table.names
    )


def test_two_runs_are_one(fit):
    again = fit_gst_model(simulated(), Fitting(folds=5), {"table": "simulated"})
    assert to_json(again.model) == to_json(fit.model)


def test_the_document_holds_the_whole_model(fit, seasonal_fit, tmp_path):
    for model in (fit.model, seasonal_fit.model):
        write_model(model, tmp_path / "model.json")
        assert read_model(tmp_path / "model.json") == model
    assert json.loads(to_json(fit.model))["version"] == 1


def test_scores_that_are_undefined_survive_the_document(fit):
    station = replace(fit.model.station, overall=replace(fit.model.station.overall, r2=np.nan))
    text = to_json(replace(fit.model, station=station))
    assert json.loads(text)["station"]["overall"]["r2"] is None
    assert np.isnan(from_json(text, "m").station.overall.r2)


def paths(value, path=()):
    """Return the place of every entry of a document, one element of each list."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*path, key))


ABSENT = object()


def changed(document, path, change):
    """Return a copy of a document in which the entry at a place is changed, or taken out."""
    document = json.loads(json.dumps(document))
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    if change is ABSENT:
        del parent[path[-1]]
    else:
        parent[path[-1]] = change
    return json.dumps(document)


# Objects with any keys, or none.
FREE = {("provenance",), *((way, groups) for way in ("random", "station") for groups in ("stations", "seasons"))}


def test_every_broken_document_is_refused_with_one_sentence(seasonal_fit):
    document = json.loads(to_json(seasonal_fit.model))
    tried = 0
    for path in paths(document):
        if not path or path[:-1] == ("provenance",):
            continue
        changes = ["text", "10", True, [], [{}]]
        changes += [] if path in FREE else [{}]
        changes += [] if path[:-1] in FREE else [ABSENT]
        for change in changes:
            tried += 1
            with pytest.raises(InputError, match=r"'m\.json' .*\.$"):
                from_json(changed(document, path, change), "m.json")
    assert tried > 1000


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("version",), 2, "is of version 2, and this release reads version 1: fit the model again"),
        (("schema",), "GeoJSON", "is not a GST model: choose a file"),
        (("predictors",), ["elevation"], "not a list with an LST"),
        (("predictors",), ["terra_day", "terra_day"], "not a list of different names"),
        (("predictors",), ["terra_day", "sst"], "not some of terra_day, sst"),
        (("method",), "lasso", "not one of ridge, ols"),
        (("harmonics",), 1.5, "not a whole number"),
        (("harmonics",), 10**400, "not a whole number"),
        (("equations",), {"DJF": []}, "not an object with all, or with DJF, MAM, JJA, SON"),
        (("equations", "all"), [], "as equations.all, not a list of equations"),
        (("equations", "all", 0, "scales"), [1, 1, 0, 1], r"as equations.all\[0\].scales, not .* above 0"),
        (("equations", "all", 0, "means"), [1, 1, 1], "not a list of 4 numbers"),
        (("equations", "all", 0, "means"), [1, 1, 1, "2"], "not a list of 4 numbers"),
        (("equations", "all", 0, "intercept"), "5", 'has "5" as equations.all.0..intercept, not a number'),
        (("equations", "all", 0, "intercept"), None, "has null as"),
        (("equations", "all", 0, "intercept"), ABSENT, r"has no equations\.all.0..intercept: fit"),
        (("station", "overall", "n"), -1, "not a whole number"),
    ],
)
def test_what_is_wrong_with_a_document(fit, path, value, said):
    document = json.loads(to_json(fit.model))
    with pytest.raises(InputError, match=said):
        from_json(changed(document, path, value), "m.json")


def test_a_model_whose_first_equation_is_a_fall_back_is_refused(fit):
    model = replace(fit.model, equations={"all": fit.model.equations["all"][1:]})
    with pytest.raises(InputError, match="the first takes all predictors"):
        from_json(to_json(model), "m.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '"model"', "null", '{"schema": NaN}'])
def test_documents_that_are_none(text):
    with pytest.raises(InputError, match=r"'m\.json' is no"):
        from_json(text, "m.json")


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"'absent\.json' cannot be read"):
        read_model(tmp_path / "absent.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"'bytes\.json' is not in UTF-8 and seems to be in UTF-16"):
        read_model(tmp_path / "bytes.json")


def test_alaska(real_data):
    """Four boreholes, one weekly LST, snow between them: stations left out are far from known ones."""
    with gzip.open(real_data("alaska_gtnp") / "gst_air_modisweekly_daily.csv.gz", "rt", encoding="utf-8") as file:
        read = list(csv.DictReader(file))
    columns = {name: [row[name] for row in read] for name in read[0]}
    table, cleaning = clean_table(columns, "site", "date", "gst", ["lst_weekly_K"], "alaska.csv", kelvin=True)
    assert (cleaning.rows, cleaning.used) == (14111, 147 + 782 + 539 + 329)
    model = fit_gst_model(table, Fitting()).model
    # One weekly LST explains half of the variance between days of stations that are known, a third where none is.
    assert model.random.overall.rmse == pytest.approx(5.9, abs=0.2)
    assert model.random.overall.r2 == pytest.approx(0.48, abs=0.03)
    assert model.station.overall.rmse == pytest.approx(6.7, abs=0.3)
    assert model.station.overall.r2 == pytest.approx(0.34, abs=0.05)
    assert max(abs(scores.bias) for scores in model.station.stations.values()) > 5


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("harmonics",), 10**9, "has 1000000000 as harmonics, not a whole number from 0 to 4"),
        (("harmonics",), 5, "not a whole number from 0 to 4"),
        (("predictors",), [f"lst_{i}" for i in range(10**5)], "not a list of at most 8 names"),
        (("equations", "all"), [{}] * 10**5, "as equations.all, not a list of equations, at most 256"),
        (("equations", "all", 0, "intercept"), 1e6, "intercept, not a number between -95 and 85"),
        (("equations", "all", 0, "intercept"), -273.15, "intercept, not a number between -95 and 85"),
        (("equations", "all", 0, "coefficients"), [1, 1, 1e9, 1], "between -1000 and 1000 in place of 1e.09"),
        (("equations", "all", 0, "means"), [1, 1, 280, 1], "means, not .* between -95 and 85 in place of 280"),
        (("equations", "all", 0, "scales"), [1, 1, 1, 181], "scales, not .* between 0 and 180 in place of 181"),
        (("equations", "all", 0, "lowest"), [-300, 1, 1, 1], "lowest, not .* between -95 and 85 in place of -300"),
        (("equations", "all", 0, "highest"), [1, 1, 1, 1e6], "highest, not .* between -95 and 85 in place of 1e.06"),
        (("equations", "all", 0, "alpha"), -1, "alpha, not a number between 0"),
        (("equations", "all", 0, "rmse_station"), 1e6, "rmse_station, not a number between 0 and 180"),
        (("station", "overall", "rmse"), -1, "rmse, not a number between 0 and 180"),
        (("station", "overall", "r2"), 1.5, "r2, not a number between .* and 1"),
    ],
)
def test_what_no_fit_gives_is_refused(fit, path, value, said):
    document = json.loads(to_json(fit.model))
    with pytest.raises(InputError, match=said) as refusal:
        from_json(changed(document, path, value), "m.json")
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "nested more than 40 deep"),
        ("[" * 100_000 + "]" * 100_000, "nested more than 40 deep"),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, "nested more than 40 deep"),
        ("[" * 41 + "]" * 41, "nested more than 40 deep"),
        ("[" * 40 + "]" * 40, "is not a GST model"),
        ('{"version": ' + "9" * 2_000_000 + "}", "holds a number of 2000000 digits"),
    ],
)
def test_documents_that_would_take_no_end(text, said):
    with pytest.raises(InputError, match=rf"'m\.json' .*{said}|{said}"):
        from_json(text, "m.json")


def test_a_file_that_is_too_long_for_a_model(tmp_path):
    with open(tmp_path / "long.json", "wb") as file:
        file.truncate(10**10)
    with pytest.raises(InputError, match=r"'long\.json' is not a GST model \(10,000,000,000 bytes\)"):
        read_model(tmp_path / "long.json")
