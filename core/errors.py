"""The errors that a user can fix.

Each has one sentence that names the layer, the value and the remedy.
Algorithms show only that sentence; any other exception is a bug
and keeps its traceback.
"""

from __future__ import annotations

from .language import tr

# A sentence that quotes a longer value is cut in the middle: its beginning says what is wrong, its end the remedy.
MAX_SENTENCE = 1500


class PermafrostError(Exception):
    """Base class of errors whose text is meant for the user."""

    @property
    def sentence(self) -> str:
        """The text on one line, whatever value it quotes: without line breaks and what a terminal takes for commands.

        A text of more than `MAX_SENTENCE` characters is cut.
        """
        text = " ".join(str(self).split())
        text = "".join(character if character.isprintable() else "\ufffd" for character in text)
        half = MAX_SENTENCE // 2
        return text if len(text) <= MAX_SENTENCE else f"{text[:half]} … {text[-half:]}"


class InputError(PermafrostError, ValueError):
    """An input cannot be used as it is."""


class UnreadableError(InputError):
    """Part of a raster cannot be read.

    Parameters
    ----------
    name, reason : str
        Name known to the user, and what went wrong.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            tr(
                "Raster '{name}' {reason}: the file seems to be damaged or truncated, so get it again.",
                name=name,
                reason=reason,
            )
        )
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple:
        """Return how to pickle the error, as on its way from another machine."""
        return type(self), (self.name, self.reason)


class OutputError(PermafrostError, OSError):
    """A result cannot be written."""


class MissingPackageError(PermafrostError, ImportError):
    """An optional Python package is needed and is not installed."""


class ClusterError(PermafrostError):
    """The machines of a cluster cannot do the work of a run."""


class Cancelled(PermafrostError):
    """The user has cancelled the run."""
