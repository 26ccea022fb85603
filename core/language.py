"""The language of all that a user reads.

The texts are written in English. `tr` passes them to a translator, which the storeys above install with `speak`; where
none is installed, as in a worker of a cluster, they stay in English. Translations are kept with Qt's tools, see
CONTRIBUTING.md.
"""

from __future__ import annotations

from typing import Callable

_translate: Callable[[str], str] = str


def speak(translate: Callable[[str], str]) -> None:
    """Install a translator.

    Parameters
    ----------
    translate : callable
        From an English text to that of the user's language, or to the same text where it has none.
    """
    global _translate
    _translate = translate


def tr(text: str, /, **values: object) -> str:
    """Return a text in the user's language.

    Parameters
    ----------
    text : str
        The English text, a literal, so that the tool that collects the texts finds it. With values it is a template of
        `str.format`.
    values : object
        What fills its fields. Values that are themselves texts have passed `tr` before.

    Returns
    -------
    str
        The text, filled in.
    """
    text = _translate(text)
    return text.format(**values) if values else text
