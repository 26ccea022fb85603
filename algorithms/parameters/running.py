"""Parameters that many algorithms share: how they run, and the settings of a bootstrap."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext

from ...raster.run.cluster import TRUSTED, require_address
from .declaration import Parameter
from .values import switch, text, whole_number

SKIP = "SKIP"


def running_parameters() -> tuple[Parameter, Parameter]:
    """Declare threads and memory, which every algorithm over blocks has."""
    return (
        whole_number(
            "THREADS",
            "Threads",
            "Number of threads that read and compute; 0 means one per processor. The result does not depend on it.",
            0,
            0,
            256,
            advanced=True,
        ),
        whole_number(
            "MEMORY",
            "Memory [MB]",
            "Memory for the blocks that are processed at a time. A smaller number makes smaller blocks; the result "
            "does not depend on it.",
            1024,
            64,
            1_000_000,
            advanced=True,
        ),
    )


def scheduler_parameter() -> Parameter:
    """Declare the cluster that algorithms with long runs may use."""
    declared = text(
        "SCHEDULER",
        "Dask scheduler",
        "Address of the scheduler of a Dask cluster that computes in place of this machine, such as "
        "tcp://192.168.1.10:8786. Its machines need the folder of this plugin, GDAL, and the inputs under the same "
        "paths, but no QGIS; docs/cluster.md explains how to start one. The result does not depend on it. A scheduler "
        "can run any code on this machine: one on another machine has to be listed in the environment variable "
        f"{TRUSTED}.",
        optional=True,
        advanced=True,
    )

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> str:
        address = declared.read(algorithm, parameters, context)
        require_address(address)
        return address

    return replace(declared, read=read)


def seed_parameter(help_text: str, default: int = 1, advanced: bool = True) -> Parameter:
    """Declare the seed of a random generator; the help says what the same seed reproduces."""
    return whole_number("SEED", "Seed", help_text, default, 0, 2**31 - 1, advanced)


def bootstrap_parameters() -> tuple[Parameter, Parameter]:
    """Declare the blocks and the seed of a block bootstrap, which every comparison with a reference map has."""
    return (
        whole_number(
            "BLOCK_SIZE",
            "Block of the bootstrap [cells]",
            "Side of the square blocks that the bootstrap draws; choose it larger than the distance over which errors "
            "are correlated. 0 disables the bootstrap.",
            10,
            0,
            10_000,
            advanced=True,
        ),
        seed_parameter("The same seed reproduces the same bootstrap intervals."),
    )


def skip_parameter(what: str) -> Parameter:
    """Declare the switch that lets a model skip an algorithm which names an input in ``PASSES_WITHOUT``.

    A model cannot leave out a step and still run the steps that use its outputs together with others: QGIS leaves
    out all that follows.
    """
    return switch(
        SKIP,
        f"Skip without {what}",
        f"For use in models: without {what}, do nothing and succeed instead of reporting an error.",
        False,
        advanced=True,
    )


# The parameters that do not change a result: neither fingerprints nor the provenance of outputs hold them.
INDIFFERENT = ("THREADS", "MEMORY", "SCHEDULER")
