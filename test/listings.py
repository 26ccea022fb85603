"""Listings by hand of what all algorithms do: one that is forgotten makes a test fail that says what to add."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def ids(parameter=""):
    """Return the ids of the algorithms of the provider, or of those that declare a parameter."""
    from permafrost_mapper.provider import ALGORITHMS

    declared = {algorithm.ID: {one.name for one in algorithm().declare()} for algorithm in ALGORITHMS}
    return {name for name, names in declared.items() if not parameter or parameter in names}


def require_all(listed, elsewhere, name, expected=None):
    """Fail unless a listing and its exceptions, which do not overlap, hold all ids that are expected.

    Parameters
    ----------
    listed, elsewhere : iterable of str
        Ids in the listing, and those that are left out of it on purpose; a mapping names their tests, see `is_test`.
    name : str
        Name of the listing, for the message.
    expected : set of str, optional
        All ids of the provider if not given.
    """
    expected = ids() if expected is None else expected
    listed, known = set(listed), set(listed) | set(elsewhere)
    assert expected <= known, f"add {sorted(expected - known)} to {name}, or to its exceptions with a reason"
    assert known <= expected, (
        f"take {sorted(known - expected)} out of {name} or its exceptions: it does not belong there"
    )
    assert not listed & set(elsewhere), f"{sorted(listed & set(elsewhere))} are in {name} and in its exceptions"
    if isinstance(elsewhere, dict):
        missing = [test for test in elsewhere.values() if not is_test(test)]
        assert not missing, f"the exceptions of {name} name tests that do not exist: {missing}"


def is_test(name):
    """Return whether there is a test of this name, ``file::test``."""
    file, _, test = name.rpartition("::")
    return bool(re.search(rf"^def {test}\(", (FOLDER / file).read_text(encoding="utf-8"), re.M))
