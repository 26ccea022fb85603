"""GST models as JSON files: written, read and validated."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any, Union

from ..celsius import TEMPERATURES
from ..errors import InputError
from ..files import write_text
from ..jsontext import parse_json
from ..language import tr
from ..prepare.elevation import ELEVATIONS
from ..textfile import read_text
from .document import MAX_NUMBER, Document, is_number, quoted
from .model import ELEVATION, METHODS, POOLED, Equation, GstModel, Validation
from .ridge import Scores
from .seasons import MAX_PAIRS, SEASONS, harmonic_names

SCHEMA = "permafrost_mapper GST model"
VERSION = 1

# A model takes some kB. Equations are looked up by all sets of predictors, of which there are two to the power of
# their number: four overpasses and the elevation make 32.
MAX_BYTES = 10_000_000
MAX_PREDICTORS = 8

# K per standard deviation of a predictor: collinear predictors may balance each other, but only so far.
MAX_COEFFICIENT = 1000.0
# K: no error exceeds the range of all temperatures.
MAX_ERROR = TEMPERATURES[1] - TEMPERATURES[0]


def to_json(model: GstModel) -> str:
    """Return a model as JSON text; undefined numbers become null."""
    document = {"schema": SCHEMA, "version": VERSION, **asdict(model)}
    return json.dumps(_without_nan(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_model(model: GstModel, path: Union[str, Path]) -> None:
    """Write a model to a file, whole or not at all."""
    write_text(path, to_json(model))


def read_model(path: Union[str, Path]) -> GstModel:
    """Read a model from a file.

    Raises
    ------
    InputError
        If the file cannot be read, or is not a model of this version.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                tr("'{name}' is not a GST model ({size:,} bytes): choose another file.", name=path.name, size=size)
            )
        text = read_text(path, tr("GST model '{name}'", name=path.name))
    except OSError as error:
        raise InputError(
            tr("GST model '{name}' cannot be read ({error}): choose another file.", name=path.name, error=error)
        ) from error
    return from_json(text, path.name)


def from_json(text: str, name: str) -> GstModel:
    """Read a model from JSON text and validate it.

    Parameters
    ----------
    text : str
    name : str
        Name of the file, for messages.

    Raises
    ------
    InputError
        If it is not a model, is of another version, or an entry is absent or of the wrong kind.
    """
    try:
        document = parse_json(text)
    except ValueError as error:
        raise InputError(
            tr("GST model '{name}' is not a JSON document ({error}): fit the model again.", name=name, error=error)
        ) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputError(tr("'{name}' is not a GST model: choose a file written by 'Fit GST model'.", name=name))
    if not is_number(document.get("version")) or document["version"] != VERSION:
        raise InputError(
            tr(
                "GST model '{name}' is of version {quoted}, and this release reads version {version}: fit the "
                "model again.",
                name=name,
                quoted=quoted(document.get("version")),
                version=VERSION,
            )
        )
    return _model(Document(document, tr("GST model '{name}'", name=name)))


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _model(document: Document) -> GstModel:
    """Read a document as a model."""
    predictors = document.names("predictors")
    pairs = document.count("harmonics", MAX_PAIRS)
    if len(predictors) > MAX_PREDICTORS:
        raise document.wrong(
            "predictors", tr("a list of at most {max_predictors} names", max_predictors=MAX_PREDICTORS)
        )
    if set(predictors) <= {ELEVATION}:
        raise document.wrong("predictors", tr("a list with an LST"))
    equations = _equations(document.inner("equations"), predictors, pairs)
    provenance = document.inner("provenance")
    return GstModel(
        method=document.token("method", METHODS),
        predictors=predictors,
        harmonics=pairs,
        equations=equations,
        random=_validation(document.inner("random")),
        station=_validation(document.inner("station")),
        provenance={key: str(value) for key, value in provenance.value.items()},
    )


def _equations(by_season: Document, predictors: tuple[str, ...], pairs: int) -> dict[str, tuple[Equation, ...]]:
    """Read the equations of each season."""
    if set(by_season.value) not in ({POOLED}, set(SEASONS)):
        raise by_season.wrong(
            "", tr("an object with {pooled}, or with {seasons}", pooled=POOLED, seasons=", ".join(SEASONS))
        )
    equations = {}
    for season, listed in by_season.value.items():
        if not isinstance(listed, list) or not 0 < len(listed) <= 2**MAX_PREDICTORS:
            raise by_season.wrong(
                season, tr("a list of equations, at most {max_predictors}", max_predictors=2**MAX_PREDICTORS)
            )
        equations[season] = tuple(
            _equation(Document(value, by_season.name, f"{by_season.place}.{season}[{i}]"), predictors, pairs)
            for i, value in enumerate(listed)
        )
        if equations[season][0].predictors != predictors + harmonic_names(pairs):
            raise by_season.wrong(season, tr("equations of which the first takes all predictors"))
    return equations


def _equation(document: Document, predictors: tuple[str, ...], pairs: int) -> Equation:
    """Read a document as an equation of a model with these predictors."""
    names = document.names("predictors")
    spatial = tuple(name for name in predictors if name in names)
    if names != spatial + harmonic_names(pairs) or set(spatial) <= {ELEVATION}:
        raise document.wrong(
            "predictors",
            tr(
                "some of {predictors}, then {pairs} harmonics of the year",
                predictors=", ".join(predictors),
                pairs=2 * pairs,
            ),
        )
    limits = [_limits(predictor) for predictor in names]
    scales = document.numbers("scales", [(0.0, high - low) for low, high in limits])
    if min(scales) == 0:
        raise document.wrong("scales", tr("a list of numbers above 0"))
    return Equation(
        predictors=names,
        alpha=document.number("alpha", 0.0),
        # The mean of the temperatures that it was fitted to.
        intercept=document.number("intercept", *TEMPERATURES),
        coefficients=document.numbers("coefficients", [(-MAX_COEFFICIENT, MAX_COEFFICIENT)] * len(names)),
        means=document.numbers("means", limits),
        scales=scales,
        lowest=document.numbers("lowest", limits),
        highest=document.numbers("highest", limits),
        rows=document.count("rows"),
        stations=document.count("stations"),
        rmse_random=document.number("rmse_random", 0.0, MAX_ERROR),
        rmse_station=document.number("rmse_station", 0.0, MAX_ERROR),
    )


def _validation(document: Document) -> Validation:
    """Read a document as the scores of a validation."""
    return Validation(
        overall=_scores(document.inner("overall")),
        stations={station: _scores(scores) for station, scores in document.each("stations")},
        seasons={season: _scores(scores) for season, scores in document.each("seasons")},
    )


def _scores(document: Document) -> Scores:
    """Read a document as the scores of one group."""
    limits = {
        "r2": (-MAX_NUMBER, 1.0),
        "rmse": (0.0, MAX_ERROR),
        "mae": (0.0, MAX_ERROR),
        "bias": (-MAX_ERROR, MAX_ERROR),
    }
    return Scores(document.count("n"), *(document.number(key, *limits[key], undefined=True) for key in limits))


def _limits(predictor: str) -> tuple[float, float]:
    """Return the range that holds all values of a predictor."""
    if predictor in harmonic_names(MAX_PAIRS):
        return (-1.0, 1.0)
    return ELEVATIONS if predictor == ELEVATION else TEMPERATURES
