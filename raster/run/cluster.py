"""Jobs sent to an existing Dask cluster; this is the only module that knows Dask.

The machines of the cluster need this package, GDAL, and the inputs under the same paths as here, but no
QGIS. Functions are pickled by the names of their modules, so the package has to be importable there under
the name that it has here: ``permafrost_mapper``, unless the folder of the plugin was renamed.
"""

from __future__ import annotations

import os
import platform
import time
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from threading import Thread
from types import ModuleType
from typing import Any, Callable, Iterable, Iterator
from urllib.parse import urlsplit

from ...core.about import VERSION
from ...core.dependencies import require
from ...core.errors import Cancelled, ClusterError, InputError, PermafrostError
from ...core.language import tr
from .blocks import Job, Pending, Running, result_of

PACKAGE = __name__.partition(".")[0]

# Environment variable with the addresses of the schedulers that the user trusts.
TRUSTED = "PERMAFROST_MAPPER_SCHEDULERS"

# Seconds to wait for a connection to the scheduler, and for its end.
PATIENCE = 5
MAX_CLOSING = 1

# Seconds that a run waits for a machine that stands still, and for new workers when all have died; and those between
# two looks.
MAX_SILENT = 60
MAX_ALONE = 600
LOOK_EVERY = 2


def require_address(address: str) -> None:
    """Raise an `InputError` unless a text is the address of a scheduler that may run code on this machine.

    What a scheduler answers is unpickled here, so whoever answers at the address can run any code as this user, and
    an address may come from a stranger's model or project. This machine's own schedulers are trusted, and those that
    the user has listed in the environment variable `TRUSTED`, separated by commas.
    """
    try:
        parts = urlsplit(address)
        complete = bool(parts.scheme and parts.hostname and parts.port)
    except ValueError:
        complete = False
    if not complete:
        raise InputError(
            tr("SCHEDULER is '{address}': give an address such as tcp://192.168.1.10:8786.", address=address)
        )
    trusted = {entry.strip().rstrip("/") for entry in os.environ.get(TRUSTED, "").split(",")}
    if not _is_this_machine(parts.hostname or "") and address.strip().rstrip("/") not in trusted:
        raise InputError(
            tr(
                "SCHEDULER '{address}' is not one of the schedulers that you trust, and a scheduler can run any "
                "code on this machine: if it is yours, set the environment variable {trusted} to its address.",
                address=address,
                trusted=TRUSTED,
            )
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True)
class Needs:
    """What a run requires of a machine.

    Attributes
    ----------
    version : str
        Of this package.
    files : tuple of (str, int)
        Paths of the inputs, and their sizes in bytes.
    """

    version: str
    files: tuple[tuple[str, int], ...]

    def check(self) -> None:
        """Raise a `ClusterError` unless this machine meets the requirements."""
        here = tr("Machine '{node}' of the cluster", node=platform.node())
        if self.version != VERSION:
            raise ClusterError(
                tr(
                    "{here} has {package} {version}, and the run needs {self_version}: install it there.",
                    here=here,
                    package=PACKAGE,
                    version=VERSION,
                    self_version=self.version,
                )
            )
        for path, size in self.files:
            if not os.path.exists(path) or os.path.getsize(path) != size:
                raise ClusterError(
                    tr(
                        "{here} cannot read the file '{path}' of {size} bytes: put it into a folder that all machines "
                        "share under the same path.",
                        here=here,
                        path=path,
                        size=size,
                    )
                )


def needs_of(paths: Iterable[str]) -> Needs:
    """Return what a run with these inputs needs; a path that is no file, such as a subdataset, is left to GDAL."""
    return Needs(VERSION, tuple((path, os.path.getsize(path)) for path in paths if os.path.exists(path)))


def _asked(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Future:
    """Call a function of Dask in a thread of its own, since Dask waits without end for a machine that stands still."""
    answer: Future = Future()
    Thread(target=_answer, args=(answer, partial(call, *args, **kwargs)), daemon=True).start()
    return answer


def _answer(answer: Future, call: Callable[[], Any]) -> None:
    try:
        answer.set_result(call())
    except Exception as error:
        answer.set_exception(error)
    finally:
        # The error holds this frame, and must not be held by it.
        del answer


@dataclass(frozen=True)
class ClusterJob:
    """A job of a cluster, a `blocks.Pending`, whose result stays there until it is asked for.

    Attributes
    ----------
    cluster : Cluster
    future : distributed.Future
    """

    cluster: Cluster
    future: Any

    def add_done_callback(self, call: Callable[[Any], Any]) -> None:
        """Call a function, in any thread, when the job has ended."""
        self.future.add_done_callback(call)

    def result(self) -> Any:
        """Fetch the result of the job, or raise its error."""
        return self.cluster.answer(self.future.result)

    def cancel(self) -> None:
        """Let the scheduler forget the job, without waiting for it."""
        self.future.release()


class Cluster:
    """A Dask cluster that computes jobs, a `blocks.Runner`; made by `connected`."""

    def __init__(self, distributed: ModuleType, client: Any, address: str, needs: Needs, running: Running) -> None:
        self._distributed = distributed
        self._client = client
        self._address = address
        self._needs = needs
        self._given = running
        self._threads: dict[str, int] = {}
        self._had_workers = False
        self._silent = self._alone = 0.0
        self._looked = self._asked_at = time.monotonic()
        self._question = _asked(client.nthreads)

    @property
    def _running(self) -> Running:
        """The settings of the run. Not stored: a reference cycle would leave QGIS objects to any thread."""
        return replace(self._given, runner=self)

    def describe(self) -> str:
        """Describe the cluster in a sentence."""
        threads = self._present().values()
        if not threads:
            return tr(
                "The cluster {address} has no worker yet: the run begins when there is one.", address=self._address
            )
        return tr(
            "The cluster {address} computes: {n_threads} workers with {sum} threads.",
            address=self._address,
            n_threads=len(threads),
            sum=sum(threads),
        )

    def jobs_at_once(self) -> int:
        """Return the number of threads of all present workers; 1 without any, since a cluster may grow on demand."""
        return max(1, sum(self._threads.values()))

    @contextmanager
    def working(self, work: Callable[[Job], Any]) -> Iterator[Callable[[Job], Pending]]:
        """Provide the function that submits a job.

        Raises
        ------
        ClusterError
            If a machine cannot do the work, workers die again and again or for good, or the scheduler does or
            stands still.
        """
        with self._explained():
            self._present()
            self._require(work)
            submit = partial(self._client.submit, pure=False)
            # Each worker fetches the work once; if the worker that holds it dies, the scheduler has it made again.
            there = submit(_itself, work)
            yield lambda job: ClusterJob(self, submit(_do, self._needs, there, job))

    def answer(self, call: Callable[..., Any], *args: Any) -> Any:
        """Return what a function of Dask returns, unless the run is cancelled or the scheduler fails."""
        with self._explained():
            return result_of(_asked(call, *args), self._running)

    def _present(self) -> dict[str, int]:
        """Ask for the present workers, and return the threads of each."""
        self._threads = self.answer(self._client.nthreads)
        return self._threads

    def look(self) -> None:
        """Raise a `ClusterError` if the scheduler stands still, or all workers have died and none comes for a time.

        It asks the scheduler for its workers now and then. A run that has not had any worker yet waits on: it may
        stand in the queue of a cluster.
        """
        now = time.monotonic()
        # If it was this process that stood still, the cluster did not.
        passed, self._looked = min(now - self._looked, LOOK_EVERY), now
        self._silent += passed
        if self._question.done():
            # Without an answer there is no connection at the moment.
            if self._question.exception() is None:
                self._silent, self._threads = 0.0, self._question.result()
            if now - self._asked_at >= LOOK_EVERY:
                self._question, self._asked_at = _asked(self._client.nthreads), now
        self._had_workers = self._had_workers or bool(self._threads)
        self._alone = self._alone + passed if self._had_workers and not self._threads else 0.0
        if self._silent > MAX_SILENT:
            raise self._no_answer()
        if self._alone > MAX_ALONE:
            raise ClusterError(
                tr(
                    "All workers of the cluster {address} are gone, and none has come for {minutes} minutes: "
                    "start workers, then the run again.",
                    address=self._address,
                    minutes=round(MAX_ALONE / 60),
                )
            )

    def _no_answer(self) -> ClusterError:
        return ClusterError(
            tr("The scheduler {address} no longer answers: restart it, then the run.", address=self._address)
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn errors of the cluster into sentences."""
        try:
            yield
        except self._distributed.scheduler.KilledWorker as error:
            raise ClusterError(
                tr(
                    "Workers of the cluster {address} died one after the other on the same job: give them more "
                    "memory or lower MEMORY, check their logs, and start the run again.",
                    address=self._address,
                )
            ) from error
        except Exception as error:
            # Errors of a connection have no number; those of files do, and are not about the scheduler.
            is_of_connection = isinstance(error, (CancelledError, OSError)) and not isinstance(error, PermafrostError)
            if not is_of_connection or getattr(error, "errno", None) is not None:
                raise
            raise self._no_answer() from error

    def _require(self, work: Callable[[Job], Any]) -> None:
        """Raise a `ClusterError` unless scheduler and present workers can load the work and have what it needs.

        A worker that cannot load what it is sent would die without a message.
        """
        answers = {"scheduler": self._on_scheduler(work), **self._on_workers(work)}
        for machine, answer in answers.items():
            if isinstance(answer, PermafrostError):
                raise answer
            # Workers that do not answer are left to the scheduler.
            if isinstance(answer, Exception) and not isinstance(answer, OSError):
                who = tr("The scheduler") if machine == "scheduler" else tr("Worker {machine}", machine=machine)
                raise ClusterError(
                    tr(
                        "{who} of the cluster {address} cannot load {package} {version} ({answer}): install GDAL, "
                        "SciPy and the package there, and check that 'import {package}' works.",
                        who=who,
                        address=self._address,
                        package=PACKAGE,
                        version=VERSION,
                        answer=answer,
                    )
                )

    def _on_scheduler(self, work: Callable[[Job], Any]) -> Any:
        """Check that the scheduler can load the work, since jobs pass through it; it need not see the files."""
        try:
            return self.answer(self._client.run_on_scheduler, _check, Needs(VERSION, ()), work)
        except Exception as error:
            return error

    def _on_workers(self, work: Callable[[Job], Any]) -> dict[str, Any]:
        """Check the present workers, unless one stands still: then each finds out when it does a job."""
        asked = _asked(self._client.run, _check, self._needs, work, on_error="return")
        try:
            return result_of(asked, self._running, MAX_SILENT)
        except TimeoutError:
            return {}


def _check(needs: Needs, _work: Callable[[Job], Any]) -> None:
    """Check that a machine has what the work needs; that this is called shows that it could load the work."""
    needs.check()


def _itself(work: Callable[[Job], Any]) -> Callable[[Job], Any]:
    return work


def _do(needs: Needs, work: Callable[[Job], Any], job: Job) -> Any:
    """Do a job, on a machine that may have joined during the run."""
    needs.check()
    return work(job)


@contextmanager
def connected(address: str, paths: Iterable[str], running: Running) -> Iterator[Cluster]:
    """Connect to a cluster for the duration of a run.

    Parameters
    ----------
    address : str
        Address of its scheduler, such as ``tcp://192.168.1.10:8786``.
    paths : iterable of str
        Files that the run reads.
    running : Running
        Whether the run is cancelled.

    Raises
    ------
    InputError
        If no scheduler answers.
    MissingPackageError
        If Dask is not installed here.
    """
    require_address(address)
    distributed = require("distributed", tr("a run on a cluster"))
    needs = needs_of(paths)
    opening = _asked(distributed.Client, address, timeout=PATIENCE, set_as_default=False)
    try:
        client = result_of(opening, running, PATIENCE + LOOK_EVERY)
    except Exception as error:
        opening.add_done_callback(_close_late)
        if isinstance(error, Cancelled):
            raise
        # Any error may result from connecting to something that is no scheduler.
        raise InputError(
            tr(
                "No Dask scheduler answers at SCHEDULER '{address}' ({error}): check that it is running and can "
                "be reached from this machine.",
                address=address,
                error=str(error) or type(error).__name__,
            )
        ) from error
    try:
        yield Cluster(distributed, client, address, needs, running)
    finally:
        wait([_asked(client.close, timeout=PATIENCE)], MAX_CLOSING)


def _close_late(opening: Future) -> None:
    """Close a connection that was given up before it was there."""
    if opening.exception() is None:
        opening.result().close(timeout=PATIENCE)
