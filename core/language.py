"""The language of all that a user reads.

The texts are written in English. `tr` passes them to a translator, which the storeys above install with `speak`; where
none is installed, as in a worker of a cluster, they stay in English. Translations are kept with Qt's tools, see
CONTRIBUTING.md.
"""

from __future__ import annotations

from typing import Callable

# Of `tr` and `english`.
Say = Callable[..., str]

_translate: Callable[[str], str] = str
_code = "en"


def speak(translate: Callable[[str], str], code: str = "en") -> None:
    """Install a translator; with `str` all texts are English.

    Parameters
    ----------
    translate : callable
        From an English text to that of the user's language, or to the same text where it has none.
    code : str
        That language, as in the attribute ``lang`` of HTML.
    """
    global _translate, _code
    _translate, _code = translate, code


def language() -> str:
    """Return the language of the texts, as in the attribute ``lang`` of HTML."""
    return _code


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


def later(text: str) -> str:
    """Mark a literal that passes `tr` where it is used, for the tool that collects the texts."""
    return text


def english(text: str, /, **values: object) -> str:
    """Return a text in English, filled in: what is written into files as data does not depend on the user.

    A function whose text is both shown and written takes `tr` or `english` as its argument ``say``.
    """
    return text.format(**values) if values else text
