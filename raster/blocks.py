"""Any job over any grid in bounded memory: a planner cuts blocks, threads read and compute, the caller writes.

A job is a pure function of arrays. Its sources say what is read; a worker opens them for itself,
since GDAL's handles do not stand two threads. Results come back in the order of the grid, to one
thread, which writes them and adds up what is to be added, so the outcome does not depend on the
number of threads or the size of the blocks.
"""

from __future__ import annotations

import os
import queue
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Iterable, Iterator, Mapping, Sequence, TypeVar

from ..core.errors import Cancelled
from .grid import Grid, Window
from .sources import Cost, Reader, Source

# Windows end where tiles of the output end, so that each tile is compressed once.
TILE = 256

# More cells in a window save nothing, and a cancelled run has to end within a second.
MOST_CELLS = 4_000_000

# What a job may hold beside its inputs, in bytes per cell: a few float32 arrays.
WORKING_BYTES = 24

Job = TypeVar("Job")

# Seconds between two looks at whether the user has cancelled.
PATIENCE = 0.2


def _no_progress(_share: float) -> None:
    pass


def _not_cancelled() -> bool:
    return False


@dataclass(frozen=True)
class Running:
    """How a job is run: on how many threads, in how much memory, and who is told.

    Attributes
    ----------
    threads : int
        Number of worker threads; 0 means one a processor.
    memory_mb : int
        What the blocks under way may take together.
    progress : callable
        Is given the share that is done, 0 to 1.
    is_cancelled : callable
        Whether the run is to stop.
    """

    threads: int = 0
    memory_mb: int = 1024
    progress: Callable[[float], None] = field(default=_no_progress)
    is_cancelled: Callable[[], bool] = field(default=_not_cancelled)

    @property
    def workers(self) -> int:
        """Number of worker threads."""
        return self.threads or os.cpu_count() or 1

    def part(self, begun: float, share: float) -> Running:
        """Give the running of a part of the work, whose progress counts as a share of the whole."""
        return replace(self, progress=lambda within: self.progress(begun + share * within))


def plan_windows(grid: Grid, costs: Sequence[Cost], running: Running) -> list[Window]:
    """Cut a grid into windows, row by row.

    Windows are as wide as the grid and a number of tiles and of file blocks high, as long as all
    windows under way fit the memory; else they are cut across too.
    """
    rows_at_once = max((cost.rows_at_once for cost in costs), default=1)
    bytes_per_cell = WORKING_BYTES + sum(cost.bytes_per_cell for cost in costs)
    under_way = 2 * running.workers + 1
    most_cells = min([MOST_CELLS, *(cost.most_cells for cost in costs if cost.most_cells)])
    cells = min(most_cells, running.memory_mb * 2**20 // (under_way * bytes_per_cell))
    step = -(-rows_at_once // TILE) * TILE
    if step * grid.width > cells:
        step = TILE
    height = max(step, cells // grid.width // step * step)
    width = grid.width if height * grid.width <= cells else max(TILE, cells // height // TILE * TILE)
    return [
        Window(column, row, min(width, grid.width - column), min(height, grid.height - row))
        for row in range(0, grid.height, height)
        for column in range(0, grid.width, width)
    ]


def map_windows(
    compute: Callable[..., Any], sources: Mapping[str, Source], grid: Grid, running: Running
) -> Iterator[tuple[Window, Any]]:
    """Run a function over all windows of a grid.

    Parameters
    ----------
    compute : callable
        Called with one array per source, under the names of `sources`.
    sources : mapping
        What is read.
    grid : Grid
        The cells to work on.
    running : Running
        Threads, memory and who is told.

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
    windows = plan_windows(grid, [source.cost(grid) for source in sources.values()], running)
    idle: queue.SimpleQueue[dict[str, Reader]] = queue.SimpleQueue()

    def work(window: Window) -> Any:
        try:
            readers = idle.get_nowait()
        except queue.Empty:
            readers = {name: source.open(grid) for name, source in sources.items()}
        result = compute(**{name: reader.read(window) for name, reader in readers.items()})
        idle.put(readers)
        return result

    done = 0
    for window, result in in_order(work, windows, running):
        yield window, result
        done += window.width * window.height
        running.progress(done / grid.cells)


def in_order(work: Callable[[Job], Any], jobs: Iterable[Job], running: Running) -> Iterator[tuple[Job, Any]]:
    """Run a function over jobs in threads.

    Parameters
    ----------
    work : callable
        Called with one job, in any thread.
    jobs : iterable
        Taken one by one, in this thread, when a thread becomes free.
    running : Running
        Threads, and who cancels.

    Yields
    ------
    job, result
        In the order of the jobs.

    Raises
    ------
    Cancelled
        If the user has stopped the run.
    """
    with ThreadPoolExecutor(running.workers, thread_name_prefix="permafrost") as pool:
        under_way: deque[tuple[Job, Future]] = deque()
        waiting = iter(jobs)
        try:
            while True:
                while len(under_way) < 2 * running.workers and (job := next(waiting, None)) is not None:
                    under_way.append((job, pool.submit(work, job)))
                if not under_way:
                    break
                job, future = under_way.popleft()
                yield job, _result(future, running)
        finally:
            for _, future in under_way:
                future.cancel()


def _result(future: Future, running: Running) -> Any:
    """Wait for a result, looking now and then whether the user has cancelled."""
    while True:
        if running.is_cancelled():
            raise Cancelled("The run was cancelled: nothing was written.")
        if wait([future], timeout=PATIENCE).done:
            return future.result()
