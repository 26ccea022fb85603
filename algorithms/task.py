"""A run under way: its messages, how it goes over blocks, and its reports and tables."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, Callable, Optional

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)

from ..core.errors import Cancelled
from ..core.files import write_text
from ..core.gst.modelfile import read_model
from ..core.language import Say, english, tr
from ..core.period import covering
from ..core.publish.steps import value_in_words
from ..core.reports.report import Report
from ..core.reports.wording import simulated_in_words
from ..raster.grid.grid import Grid, metres_note, require_metres
from ..raster.prepare.elevation import fill_in_elevations
from ..raster.publish.steps import steps_text
from ..raster.read.rasters import RasterSource, alignment_note, band_note
from ..raster.read.vectors import Features
from ..raster.run.blocks import Running
from ..raster.run.cluster import connected
from ..raster.write.provenance import PERIOD, SIMULATED, Provenance
from .layers import AttributeTable, VectorTable, known_to_qgis
from .origin import is_temporary, lasting
from .parameters import INDIFFERENT, Values
from .sinks import Target, write_table

# The program behind the wrapper qgis_process of Debian and Ubuntu. That of Debian 12 passes an option that it refuses.
UNWRAPPED = "/usr/bin/qgis_process.bin"

# Seconds between two messages about the time that is left.
TIME_LEFT_EVERY = 5.0

# Seconds without any message or progress after which a run says that it goes on.
MAX_SILENT = 5.0


class Task:
    """A run under way: its messages, its settings, and what is written into its results.

    Attributes
    ----------
    checked
        What the algorithm's `check` returned.
    """

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        values: Values,
        checked: Any,
        texts: dict[str, list[str]],
        parameters: dict,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._algorithm = algorithm
        self._values = values
        self.checked = checked
        self._parameters = parameters
        self._context = context
        self._feedback = feedback
        self._next_word = self._started = self._last_sign = time.monotonic()
        self.tables: dict[str, str] = {}
        self.parameters = {name: lasting(", ".join(value)) for name, value in texts.items()}
        self._known_to_qgis = _known_to_qgis(values)
        for name, said in _known_to_qgis(values, english):
            self.parameters[name] = f"settings of the layer in QGIS: {said}"
        rasters = [(value.path, value.metadata()) for value in _inputs(values) if isinstance(value, RasterSource)]
        self.simulated = _simulated(values, [metadata for _, metadata in rasters])
        deciding = {name: value for name, value in self.parameters.items() if name not in INDIFFERENT}
        period = covering(metadata.get(PERIOD, "") for _, metadata in rasters)
        self.provenance = Provenance(algorithm.id(), deciding, self.simulated, steps_text(rasters), period)

    def warn_of_inputs(self, one_band: Iterable[str]) -> None:
        """Warn of features that are left out or doubtful, and of bands that are not used.

        Parameters
        ----------
        one_band : iterable of str
            Names of the parameters of which one band is read.
        """
        for value in _inputs(self._values):
            self.warn(*(value.notes if isinstance(value, VectorTable) else ()))
        rasters = [value for value in _inputs(self._values, one_band) if isinstance(value, RasterSource)]
        self.warn(*dict.fromkeys(band_note(source) for source in rasters))

    @property
    def project(self) -> QgsProject:
        """The open project, which belongs to the main thread."""
        return self._context.project()

    @property
    def running(self) -> Running:
        """Settings of the run over blocks. Not stored: a reference cycle would leave QGIS objects to any thread."""
        return Running(
            threads=getattr(self._values, "THREADS", 0),
            memory_mb=getattr(self._values, "MEMORY", 1024),
            progress=self.progress,
            is_cancelled=self._is_cancelled,
        )

    def _is_cancelled(self) -> bool:
        """Return whether the user has stopped the run, and say now and then that it goes on.

        Whatever takes long asks often, but knows its share of the run only when it is done.
        """
        now = time.monotonic()
        if now > self._last_sign + MAX_SILENT:
            self.info(tr("At work for {seconds:.0f} s ...", seconds=now - self._started))
        return bool(self._feedback.isCanceled())

    def require_not_cancelled(self) -> None:
        """Raise `Cancelled` if the user has stopped a run that has written nothing so far; see `_is_cancelled`."""
        if self._is_cancelled():
            raise Cancelled(tr("The run was cancelled: nothing was written."))

    @property
    def is_elsewhere(self) -> bool:
        """Whether the run is computed on a cluster."""
        return getattr(self._values, "SCHEDULER", None) is not None

    @contextmanager
    def runner(self, paths: Iterable[str]) -> Iterator[Running]:
        """Provide the settings of the run, on the cluster if one is chosen; `paths` are the files that it reads."""
        scheduler = self._values.SCHEDULER
        if scheduler is None:
            yield self.running
            return
        with connected(scheduler, paths, self.running) as cluster:
            self.info(cluster.describe())
            yield replace(self.running, runner=cluster)

    def info(self, *texts: str) -> None:
        """Show messages, leaving out empty ones."""
        for text in filter(None, texts):
            self._last_sign = time.monotonic()
            self._feedback.pushInfo(text)

    def warn(self, *texts: str) -> None:
        """Show warnings, each of something that may spoil the result, leaving out empty ones."""
        for text in filter(None, texts):
            self._last_sign = time.monotonic()
            self._feedback.pushWarning(text)

    def show_command(self, texts: dict[str, list[str]], outputs: Container[str]) -> None:
        """Show the command that repeats the run, and say what it cannot express: what only QGIS knows of a layer.

        Parameters
        ----------
        texts : dict
            All parameters.
        outputs : container of str
            Names of those that are written; temporary ones become temporary again.
        """
        gone = {name for name, values in texts.items() if any(map(is_temporary, values))}
        again = {name: [QgsProcessing.TEMPORARY_OUTPUT] for name in gone if name in outputs}
        command = command_line(self._algorithm.name(), {**texts, **again})
        inputs = ", ".join(f"{name} {_layers_named(self._values, name)}" for name in texts if name in gone - set(again))
        self.info(
            tr(
                "To repeat this run, save to files what exists only in this session of QGIS ({inputs}), and write "
                "their paths into this line: {command}",
                inputs=inputs,
                command=command,
            )
            if inputs
            else tr("To repeat this run: ") + command
        )
        for name, said in self._known_to_qgis:
            self.info(
                tr(
                    "'{name}' was read with settings of its layer in QGIS that are not in its file ({said}): write "
                    "them into the file before you repeat the run with that command.",
                    name=name,
                    said=said,
                )
            )

    def progress(self, share: float) -> None:
        """Show progress, and now and then the remaining time."""
        self._feedback.setProgress(100 * share)
        now = self._last_sign = time.monotonic()
        if share > 0 and now > self._next_word + TIME_LEFT_EVERY:
            self._next_word = now
            left = (now - self._started) * (1 - share) / share
            text = tr("{percent:.0f} % done, about {left:.0f} s left", percent=100 * share, left=left)
            if QgsApplication.platform() == "qgis_process":
                # It does not print progress texts: a long step of a model would say nothing for an hour.
                self._feedback.pushInfo(text)
            else:
                self._feedback.setProgressText(text)

    def note_alignment(self, grid: Grid, *sources: Optional[RasterSource]) -> None:
        """Say which rasters are not on the grid, and how they are aligned."""
        for source in sources:
            if source is not None:
                self.info(alignment_note(source, grid))

    def check_elevations(self, source: Optional[RasterSource], grid: Grid) -> None:
        """Warn of impossible elevations, which are read as missing; refuse a raster in which they are the majority."""
        if source is not None:
            self.warn(fill_in_elevations(source, grid, self.running.part(0.0, 0.01)))

    def require_metres(self, source: RasterSource) -> None:
        """Refuse a raster with cells of unknown size, and say what is assumed of one without a CRS."""
        require_metres(source.grid(), source.name)
        self.warn_of_assumed_metres(source)

    def warn_of_assumed_metres(self, source: RasterSource) -> None:
        """Warn where the unit of the cells of a raster has to be assumed."""
        self.warn(metres_note(source.grid(), source.name))

    def simulated_note(self) -> str:
        """Return the sentence on simulated data; empty where there are none."""
        said = simulated_in_words(self.simulated)
        return tr("Simulated data, not observed: {simulated}.", simulated=said) if self.simulated else ""

    def write_report(
        self, path: Optional[str], fill: Callable[[Report], None], report: Optional[Report] = None
    ) -> None:
        """Write a report, if one is requested: what `fill` adds, parameters and references.

        Without `report` a new one is made, with the name of the algorithm as title.
        """
        if not path:
            return
        report = report or Report(self._algorithm.displayName())
        report.algorithm = self._algorithm.name()
        if self.simulated:
            report.notice(self.simulated_note())
        fill(report)
        # Not the temporary files of its own outputs.
        named = {name: value for name, value in self.parameters.items() if not value.startswith(f"temporary {name}.")}
        report.parameters({name: value_in_words(value) for name, value in named.items()})
        if self._algorithm.REFERENCES:
            report.references(self._algorithm.REFERENCES)
        write_text(path, report.html(datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")))

    def write_table(
        self, name: str, fields: dict[str, type], rows: Iterable[Sequence[Any]], points: Optional[Features] = None
    ) -> None:
        """Write a table, if one is requested, with or without a point for each row.

        Parameters
        ----------
        name : str
            Name of the output.
        fields : dict
            Names of the columns with their types: str, int or float.
        rows : iterable of sequences
            NaN becomes empty.
        points : Features, optional
            One per row.
        """
        if getattr(self._values, name) is not None:
            target = Target(self._algorithm, self._parameters, self._context, name, self.parameters[name])
            self.tables[name] = write_table(target, fields, rows, points)


def _inputs(values: Values, names: Optional[Iterable[str]] = None) -> list[Any]:
    """Return the values of some parameters, or of all, those of lists one by one."""
    inputs = []
    for value in vars(values).values() if names is None else (getattr(values, name) for name in names):
        inputs += value if isinstance(value, list) else [value]
    return inputs


def _layers_named(values: Values, parameter: str) -> str:
    """Return the names of the layers of a parameter, in quotes; a file by its own name."""
    names = (getattr(value, "name", None) or os.path.basename(str(value)) for value in _inputs(values, [parameter]))
    return ", ".join(f"'{name}'" for name in names)


def _known_to_qgis(values: Values, say: Say = tr) -> list[tuple[str, str]]:
    """Return the names of rasters whose layers have settings that their files lack, and these settings."""
    rasters = (value for value in _inputs(values) if isinstance(value, RasterSource))
    said = {source.name: known_to_qgis(source, say) for source in rasters}
    return [(name, text) for name, text in said.items() if text]


def _simulated(values: Values, of_rasters: list[dict[str, str]]) -> str:
    """Return which inputs are simulated according to their metadata, their name or a column of theirs."""
    said = [metadata.get(SIMULATED, "") for metadata in of_rasters]
    for source in _inputs(values):
        said += source.simulated() if isinstance(source, AttributeTable) else []
    model = getattr(values, "GST_MODEL", None)
    if model:
        said.append(read_model(model).simulated)
    # Each name once, in the order of the inputs.
    return ", ".join(dict.fromkeys(name for names in said for name in names.split(", ") if name))


def command_line(algorithm_id: str, texts: dict[str, list[str]]) -> str:
    """Return the qgis_process command that repeats a run, as it works on this machine."""
    program = UNWRAPPED if os.path.exists(UNWRAPPED) else "qgis_process"
    words = [program, "run", f"permafrost:{algorithm_id}", "--"]
    words += [f"{name}={text}" for name, values in texts.items() for text in values]
    # On a machine without a screen the variable may have been set for this one command.
    platform = os.environ.get("QT_QPA_PLATFORM") if QgsApplication.platform() == "qgis_process" else None
    screen = f"QT_QPA_PLATFORM={shlex.quote(platform)} " if platform else ""
    return screen + " ".join(shlex.quote(word) for word in words)
