"""Any job over any grid in bounded memory: a planner cuts blocks, workers read and compute, the caller writes.

A job is a pure function of arrays. Its sources say what is read; a worker opens them for itself,
since GDAL's datasets are not thread-safe. Results are returned in the order of the grid, to one
thread, which writes and sums them, so the outcome does not depend on the
number of workers or the size of the blocks. Workers are threads of this process, or those of
another runner, such as `cluster.Cluster`.
"""

from __future__ import annotations

import os
import queue
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event
from typing import (
    Any,
    Callable,
    ContextManager,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Optional,
    Protocol,
    Sequence,
    TypeVar,
    cast,
)

from ...core.errors import Cancelled
from ...core.language import tr
from ..grid.grid import Grid
from ..grid.stopping import stopped_by
from ..grid.window import TILE, Window
from ..read.protocols import Cost, Reader, Source
from .checkpoints import FinishedUnits

# Larger windows save no time, and a cancelled run has to end within a second.
MAX_CELLS = 4_000_000

# Memory of a job beside its inputs, in bytes per cell: a few float32 arrays.
WORKING_BYTES = 24

Job = TypeVar("Job")

# Seconds between two checks whether the user has cancelled.
PATIENCE = 0.2


def _no_progress(_share: float) -> None:
    pass


def _not_cancelled() -> bool:
    return False


class Pending(Protocol):
    """A job that was submitted; `concurrent.futures.Future` is one."""

    def add_done_callback(self, call: Callable[[Any], Any]) -> None:
        """Call a function, in any thread, when the job has ended."""

    def result(self) -> Any:
        """Return the result of the job, or raise its error."""

    def cancel(self) -> Any:
        """Cancel the job."""


class Runner(Protocol):
    """What computes jobs: threads of this process, or a cluster."""

    def jobs_at_once(self) -> int:
        """Return how many jobs run at a time; this may change during a run."""

    def look(self) -> None:
        """Raise the error for which jobs under way will never end."""

    def working(self, work: Callable[[Job], Any]) -> ContextManager[Callable[[Job], Pending]]:
        """Provide, for the duration of a block, the function that submits a job to `work`."""


@dataclass(frozen=True)
class Threads:
    """Runs jobs in threads of this process."""

    number: int

    def jobs_at_once(self) -> int:
        """Return the number of threads."""
        return self.number

    def look(self) -> None:
        """Raise nothing: threads always end their jobs."""

    @contextmanager
    def working(self, work: Callable[[Job], Any]) -> Iterator[Callable[[Job], Pending]]:
        """Provide the function that submits a job; at the end the threads finish the jobs under way."""
        with ThreadPoolExecutor(self.number, thread_name_prefix="permafrost") as pool:
            yield lambda job: pool.submit(work, job)


@dataclass(frozen=True)
class Running:
    """How a job is run: threads, memory, callbacks for progress and cancellation, and runner.

    Attributes
    ----------
    threads : int
        Number of threads of this process; 0 for one per processor.
    memory_mb : int
        Memory that the blocks under way may use together.
    progress : callable
        Called with the share that is done, 0 to 1.
    is_cancelled : callable
        Whether the run is to stop.
    runner : Runner, optional
        Computes the jobs in place of the threads.
    """

    threads: int = 0
    memory_mb: int = 1024
    progress: Callable[[float], None] = field(default=_no_progress)
    is_cancelled: Callable[[], bool] = field(default=_not_cancelled)
    runner: Optional[Runner] = None

    @property
    def workers(self) -> int:
        """Number of threads of this process."""
        return self.threads or os.cpu_count() or 1

    def part(self, begun: float, share: float) -> Running:
        """Return the settings for a part of the work, whose progress counts as a share of the whole."""
        return replace(self, progress=lambda within: self.progress(begun + share * within))

    @property
    def inside(self) -> Running:
        """The settings inside a job: those of the run, or one thread, without cancellation, on another runner."""
        return self if self.runner is None else Running(1, self.memory_mb)


def plan_windows(grid: Grid, costs: Sequence[Cost], running: Running) -> list[Window]:
    """Cut a grid into windows, row by row; see `each_window`."""
    return list(each_window(grid, costs, running))


def each_window(grid: Grid, costs: Sequence[Cost], running: Running) -> Iterator[Window]:
    """Yield the windows of a grid, row by row; a huge grid may have millions of them.

    Windows are as wide as the grid, and as high as a whole number of tiles and of file blocks, as long as all
    windows under way fit into memory; otherwise they are divided across, too.
    """
    rows_at_once = max((cost.rows_at_once for cost in costs), default=1)
    bytes_per_cell = WORKING_BYTES + sum(cost.bytes_per_cell for cost in costs)
    under_way = 2 * running.workers + 1
    max_cells = min([MAX_CELLS, *(cost.max_cells for cost in costs if cost.max_cells)])
    step = -(-rows_at_once // TILE) * TILE
    # Small grids, too, have work for all workers.
    rows_each = -(-grid.height // (running.workers * step)) * step
    memory = running.memory_mb * 2**20 // (under_way * bytes_per_cell)
    cells = min(max_cells, rows_each * grid.width, memory)
    if step * grid.width > cells:
        step = TILE
    height = max(step, cells // grid.width // step * step)
    width = grid.width if height * grid.width <= cells else max(TILE, cells // height // TILE * TILE)
    for row in range(0, grid.height, height):
        for column in range(0, grid.width, width):
            yield Window(column, row, min(width, grid.width - column), min(height, grid.height - row))


class WindowWork:
    """The work on a window: read its cells and call a function with them.

    Readers are opened for the first windows and reused for later ones, each by one thread at a time.
    They are not pickled: on another machine they are opened again.
    """

    def __init__(
        self, compute: Callable[..., Any], sources: Mapping[str, Source], grid: Grid, running: Running
    ) -> None:
        self._of = (compute, sources, grid, running)
        self._idle: queue.SimpleQueue[dict[str, Reader]] = queue.SimpleQueue()

    def __reduce__(self) -> tuple:
        """Return how to pickle it: without its open readers."""
        return WindowWork, self._of

    def __call__(self, window: Window) -> Any:
        """Read a window and compute."""
        compute, sources, grid, running = self._of
        try:
            readers = self._idle.get_nowait()
        except queue.Empty:
            readers = {name: source.open(grid) for name, source in sources.items()}
        with stopped_by(partial(stop_if_cancelled, running)):
            result = compute(**{name: _watched(reader.read(window), running) for name, reader in readers.items()})
        self._idle.put(readers)
        return result


def _watched(values: Any, running: Running) -> Any:
    """Return what was read unless the run is cancelled; an iterator stops with `Cancelled` when it is."""
    stop_if_cancelled(running)
    return _until_cancelled(values, running) if isinstance(values, Iterator) else values


def _until_cancelled(blocks: Iterator, running: Running) -> Iterator:
    for block in blocks:
        stop_if_cancelled(running)
        yield block


def stop_if_cancelled(running: Running) -> None:
    """Raise `Cancelled` if the user has stopped the run."""
    if running.is_cancelled():
        raise Cancelled(tr("The run was cancelled: nothing was written."))


def map_windows(
    compute: Callable[..., Any],
    sources: Mapping[str, Source],
    grid: Grid,
    running: Running,
    finished: Optional[FinishedUnits] = None,
) -> Generator[tuple[Window, Any], None, None]:
    """Run a function over all windows of a grid.

    Parameters
    ----------
    compute : callable
        Called with one array per source, by the names of `sources`. For a runner on other machines
        it has to be a function or an object of a module that they can import.
    sources : mapping
        What is read.
    grid : Grid
        The cells to work on.
    running : Running
        Threads, memory, callbacks, and runner.
    finished : FinishedUnits, optional
        As for `in_order`.

    Yields
    ------
    window, result
        In the order of the grid.

    Raises
    ------
    Cancelled
        If the user has stopped the run.
    InputError
        If an input cannot be read.
    """
    windows = each_window(grid, [source.cost(grid) for source in sources.values()], running)
    work = WindowWork(compute, sources, grid, running.inside)
    done = 0
    for window, result in in_order(work, windows, running, finished):
        yield window, result
        done += window.width * window.height
        running.progress(done / grid.cells)


def in_order(
    work: Callable[[Job], Any], jobs: Iterable[Job], running: Running, finished: Optional[FinishedUnits] = None
) -> Generator[tuple[Job, Any], None, None]:
    """Run a function over jobs, several at a time.

    Parameters
    ----------
    work : callable
        Called with one job, in any thread, or on another machine.
    jobs : iterable
        Taken one by one, in this thread, when a worker becomes free.
    running : Running
        Runner, threads, and whether the run is cancelled.
    finished : FinishedUnits, optional
        Keeps each result until the run is complete, and returns those of an earlier run that was stopped.

    Yields
    ------
    job, result
        In the order of the jobs.

    Raises
    ------
    Cancelled
        If the user has stopped the run.
    """
    compute = partial(_computed, work, running=running)
    # Jobs that are kept have a name, as units have.
    return compute(jobs) if finished is None else finished.resume(compute, cast(Any, jobs))


def _computed(
    work: Callable[[Job], Any], jobs: Iterable[Job], running: Running
) -> Generator[tuple[Job, Any], None, None]:
    runner = running.runner or Threads(running.workers)
    with runner.working(work) as submit:
        under_way: deque[tuple[Job, Pending]] = deque()
        waiting = iter(jobs)
        try:
            while True:
                most = 2 * runner.jobs_at_once()
                while len(under_way) < most and (job := next(waiting, None)) is not None:
                    under_way.append((job, submit(job)))
                if not under_way:
                    break
                job, pending = under_way.popleft()
                yield job, result_of(pending, running)
        finally:
            for _, pending in under_way:
                pending.cancel()


def result_of(pending: Pending, running: Running, seconds: float | None = None) -> Any:
    """Wait for a result, and check now and then whether the user has cancelled, or the runner has failed.

    Raises
    ------
    Cancelled
        If the user has stopped the run.
    TimeoutError
        If there is no result after some seconds.
    """
    ended = Event()
    pending.add_done_callback(lambda _: ended.set())
    begun = time.monotonic()
    while True:
        stop_if_cancelled(running)
        if running.runner is not None:
            running.runner.look()
        if ended.wait(PATIENCE):
            return pending.result()
        if seconds is not None and time.monotonic() - begun > seconds:
            raise TimeoutError
