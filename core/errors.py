"""The errors that a user can mend.

Every one of them carries one sentence that names the layer, the value and the remedy.
The algorithms show that sentence and nothing else; any other exception is a bug of ours
and keeps its traceback.
"""

from __future__ import annotations


class PermafrostError(Exception):
    """Base of all errors whose text is meant for the user."""


class InputError(PermafrostError, ValueError):
    """An input cannot be used as it is."""


class OutputError(PermafrostError, OSError):
    """A result cannot be written."""


class MissingPackageError(PermafrostError, ImportError):
    """An optional Python package is needed and is not installed."""


class ClusterError(PermafrostError):
    """The machines that a run was sent to have failed it."""


class Cancelled(PermafrostError):
    """The user has cancelled the run."""
