"""How sentences name parameters: by their name, which scripts use, and by the label that the dialog shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..core.language import tr

# What follows the label proper: a unit, or what else may be given.
REMARK = re.compile(r"(?<!\s)\s*[\[(\uff08].*")

# Before a term that is no parameter: "a CRS", "the GST model".
ARTICLE = re.compile(r"\b(?:an?|the|no|own)\s$", re.IGNORECASE)


def with_labels(sentence: str, labels: Mapping[str, str]) -> str:
    """Return a sentence in which the label follows the first mention of each parameter.

    Names of layers and values, which stand in quotes, are left alone.

    Parameters
    ----------
    sentence : str
        A message about parameters.
    labels : mapping of str to str
        Labels of the dialog by the names of the parameters.
    """
    if not labels:
        return sentence
    said: set[str] = set()
    names = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))

    def add_label(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None or name in said or ARTICLE.search(sentence, max(0, match.start() - 6), match.start()):
            return match.group(0)
        said.add(name)
        label = REMARK.sub("", labels[name])
        # A label that begins with the name is found by it: GST of "GST stacks", which is a term, too.
        is_plain = label.upper().startswith(name) or re.search(f"['“]{re.escape(label)}", sentence)
        return name if is_plain else tr("{name} ('{label}')", name=name, label=label)

    return re.sub(rf"'[^']*'|“[^”]*”|(?<![\w.=-])({names})(?![\w=])", add_label, sentence)
