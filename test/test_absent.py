"""What a model, a script or a layer that has gone hands to an algorithm: each required value absent is one sentence."""

import re
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")
from conftest import LABEL
from permafrost_mapper.algorithms.parameters import is_needed
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.provider import ALGORITHMS
from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)

LAYERS = (
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterVectorLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterFeatureSource,
)


class Recorder(QgsProcessingFeedback):
    def __init__(self):
        super().__init__(False)
        self.errors = []

    def reportError(self, error, fatalError=False):
        self.errors.append(error)


def is_layer(definition):
    """Files in a list, such as reports, are no layers."""
    return (
        isinstance(definition, LAYERS) and getattr(definition, "layerType", int)() != QgsProcessing.SourceType.TypeFile
    )


def declared(algorithm):
    """Its parameters that need a value, with one that passes until the run."""
    instance = algorithm()
    instance.initAlgorithm()
    return {p.name: p for p in instance._declared.values() if is_needed(p) or p.name == instance.PASSES_WITHOUT}


NEEDED = [
    pytest.param(algorithm, name, id=f"{algorithm.ID} {name}")
    for algorithm in ALGORITHMS
    for name in declared(algorithm)
]


@pytest.fixture
def values(make_raster, tmp_path):
    """Return the function that makes a value for a parameter."""
    raster = make_raster("raster", np.ones((4, 4), np.float32))
    points = tmp_path / "points.csv"
    points.write_text("station,date,gst\na,2019-01-01,1\n", encoding="utf-8")

    def value(parameter):
        definition = parameter.definition
        if definition.isDestination():
            return str(tmp_path / "out" / f"{parameter.name.lower()}.tif")
        if isinstance(definition, QgsProcessingParameterMultipleLayers):
            return [raster]
        if isinstance(definition, QgsProcessingParameterVectorLayer):
            return str(points)
        if isinstance(definition, LAYERS):
            return raster
        if isinstance(definition, QgsProcessingParameterFile):
            return str(tmp_path / f"file.{definition.extension()}") if definition.extension() else str(tmp_path)
        if isinstance(definition, QgsProcessingParameterNumber) or definition.defaultValue() not in (None, ""):
            return definition.defaultValue()
        return "text"

    return value


def prepared(algorithm, parameters):
    """Prepare as a model does, which checks nothing before."""
    from qgis.core import QgsApplication

    instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{algorithm.ID}")
    context, feedback = QgsProcessingContext(), Recorder()
    _, ok = instance.run(parameters, context, feedback)
    return ok, [LABEL.sub("", sentence) for sentence in feedback.errors]


def absences():
    """Return the ways in which each required value can be absent; QGIS puts a default where there is none at all."""
    return [
        pytest.param(*needed.values, absent, id=f"{needed.id}-{absent}")
        for needed in NEEDED
        for absent in ("no key", None, "", [], [None], ["", None])
        if absent not in ("no key", None)
        or declared(needed.values[0])[needed.values[1]].definition.defaultValue() in (None, "")
    ]


@pytest.mark.parametrize(("algorithm", "name", "absent"), absences())
def test_a_required_value_that_is_absent_is_one_sentence(provider, values, tmp_path, algorithm, name, absent):
    needed = declared(algorithm)
    given = {each: values(parameter) for each, parameter in needed.items()}
    if absent == "no key":
        del given[name]
    else:
        given[name] = absent
    ok, errors = prepared(algorithm, given)
    assert not ok
    (sentence,) = errors
    assert re.fullmatch(rf"{name} is not given: choose a value for '.+'\.", sentence), sentence
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("algorithm", "name"),
    [each for each in NEEDED if is_layer(declared(each.values[0])[each.values[1]].definition)],
)
def test_a_layer_that_has_gone_is_one_sentence(provider, values, tmp_path, algorithm, name):
    needed = declared(algorithm)
    given = {each: values(parameter) for each, parameter in needed.items()}
    gone = str(tmp_path / "gone.tif")
    is_list = isinstance(given[name], list)
    given[name] = [*given[name], gone] if is_list else gone
    ok, errors = prepared(algorithm, given)
    assert not ok
    (sentence,) = errors
    assert re.match(rf"{name} '{re.escape(gone)}'", sentence), sentence
    assert "Traceback" not in sentence
    assert not (tmp_path / "out").exists()


def test_an_input_that_goes_before_the_run_is_one_sentence(provider, values, make_raster, tmp_path):
    """Between what is read at first and the run: what tells that data are simulated is read from the file."""
    from qgis.core import QgsApplication

    given = {name: make_raster(name.lower(), np.full((4, 4), 9, np.float32)) for name in ("DDT", "DDF", "RK")}
    given["OUTPUT"] = str(tmp_path / "ttop.tif")
    instance = QgsApplication.processingRegistry().createAlgorithmById("permafrost:ttop")
    context, feedback = QgsProcessingContext(), Recorder()
    assert instance.prepare(given, context, feedback)
    Path(given["RK"]).unlink()
    with pytest.raises(Exception, match=r"'rk' cannot be opened|rk\.tif") as raised:
        instance.runPrepared(given, context, feedback)
    assert type(raised.value).__name__ == "QgsProcessingException"
    assert "\n" not in str(raised.value)


def test_a_failure_while_the_run_is_set_up_is_one_sentence(provider, values, make_raster, tmp_path, monkeypatch):
    from permafrost_mapper.algorithms import task

    def fail(*_):
        raise InputError("Metadata of 'x' cannot be read: give another file.")

    monkeypatch.setattr(task, "_simulated", fail)
    given = {name: make_raster(name.lower(), np.full((4, 4), 9, np.float32)) for name in ("DDT", "DDF", "RK")}
    from permafrost_mapper.algorithms.permafrost.ttop import Ttop

    ok, errors = prepared(Ttop, {**given, "OUTPUT": str(tmp_path / "out" / "ttop.tif")})
    assert not ok
    assert errors == ["Metadata of 'x' cannot be read: give another file."]
