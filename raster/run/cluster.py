"""Jobs sent to an existing Dask cluster; this is the only module that knows Dask.

The machines of the cluster need this package, GDAL, and the inputs under the same paths as here, but no
QGIS. Functions are pickled by the names of their modules, so the package has to be importable there under
the name that it has here: ``permafrost_mapper``, unless the folder of the plugin was renamed.
"""

from __future__ import annotations

import os
import platform
import time
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from threading import Event, Thread
from types import ModuleType
from typing import Any, Callable, Iterable, Iterator
from urllib.parse import urlsplit

from ...core.about import VERSION
from ...core.dependencies import require
from ...core.errors import ClusterError, InputError, PermafrostError
from ...core.language import tr
from .blocks import Job, Pending

PACKAGE = __name__.partition(".")[0]

# Environment variable with the addresses of the schedulers that the user trusts.
TRUSTED = "PERMAFROST_MAPPER_SCHEDULERS"

# Seconds to wait for the scheduler.
PATIENCE = 5

# Seconds that a run waits for new workers when all have died, and those between two looks.
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


class Cluster:
    """A Dask cluster that computes jobs, a `blocks.Runner`; made by `connected`."""

    def __init__(self, distributed: ModuleType, client: Any, address: str, needs: Needs) -> None:
        self._distributed = distributed
        self._client = client
        self._address = address
        self._needs = needs
        self._is_deserted = False

    def describe(self) -> str:
        """Describe the cluster in a sentence."""
        threads = self._client.nthreads().values()
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
        return max(1, sum(self._client.nthreads().values()))

    @contextmanager
    def working(self, work: Callable[[Job], Any]) -> Iterator[Callable[[Job], Pending]]:
        """Provide the function that submits a job.

        Raises
        ------
        ClusterError
            If a machine cannot do the work, workers die again and again or for good, or the scheduler does.
        """
        with self._explained(), self._watched():
            self._require(work)
            submit = partial(self._client.submit, pure=False)
            # Each worker fetches the work once; if the worker that holds it dies, the scheduler has it made again.
            there = submit(_itself, work)
            yield partial(submit, _do, self._needs, there)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Close the connection when all workers have died and none has come for a time, whatever waits for them.

        A run that has not had any worker yet waits on: it may stand in the queue of a cluster.
        """
        ended = Event()
        arguments = (ended, bool(self._client.nthreads()))
        Thread(target=self._close_when_deserted, args=arguments, daemon=True).start()
        try:
            yield
        finally:
            ended.set()

    def _close_when_deserted(self, ended: Event, had_workers: bool) -> None:
        seen = time.monotonic()
        try:
            while not ended.wait(LOOK_EVERY):
                if self._client.nthreads():
                    had_workers, seen = True, time.monotonic()
                elif had_workers and time.monotonic() - seen > MAX_ALONE:
                    self._is_deserted = True
                    self._client.close(timeout=PATIENCE)
                    return
        except Exception:
            # The run is told itself that the scheduler does not answer.
            return

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
            if self._is_deserted:
                raise ClusterError(
                    tr(
                        "All workers of the cluster {address} are gone, and none has come for {minutes} minutes: "
                        "start workers, then the run again.",
                        address=self._address,
                        minutes=round(MAX_ALONE / 60),
                    )
                ) from error
            # Errors of a connection have no number; those of files do, and are not about the scheduler.
            is_of_connection = isinstance(error, (CancelledError, OSError)) and not isinstance(error, PermafrostError)
            if not is_of_connection or getattr(error, "errno", None) is not None:
                raise
            raise ClusterError(
                tr("The scheduler {address} no longer answers: restart it, then the run.", address=self._address)
            ) from error

    def _require(self, work: Callable[[Job], Any]) -> None:
        """Raise a `ClusterError` unless scheduler and present workers can load the work and have what it needs.

        A worker that cannot load what it is sent would die without a message.
        """
        answers = {"scheduler": self._on_scheduler(work)}
        answers.update(self._client.run(_check, self._needs, work, on_error="return"))
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
            return self._client.run_on_scheduler(_check, Needs(VERSION, ()), work)
        except Exception as error:
            return error


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
def connected(address: str, paths: Iterable[str]) -> Iterator[Cluster]:
    """Connect to a cluster for the duration of a run.

    Parameters
    ----------
    address : str
        Address of its scheduler, such as ``tcp://192.168.1.10:8786``.
    paths : iterable of str
        Files that the run reads.

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
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except Exception as error:
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
        yield Cluster(distributed, client, address, needs)
    finally:
        client.close(timeout=PATIENCE)
