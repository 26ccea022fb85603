"""The origin of a result, and what in it is simulated: metadata of every output."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Mapping

from ...core.about import NAME, VERSION

# The metadata item with the steps that made the inputs.
STEPS = "PERMAFROST_STEPS"

# The metadata item with the period that a map stands for, see `core.period`.
PERIOD = "PERMAFROST_PERIOD"

# The metadata item that marks simulated data through every step.
SIMULATED = "PERMAFROST_SIMULATED"


@dataclass(frozen=True)
class Provenance:
    """The origin of a result, written into its metadata.

    Attributes
    ----------
    algorithm : str
        Id of the algorithm.
    parameters : mapping
        Values as text; inputs by their paths.
    simulated : str
        What is simulated and not observed; empty if nothing is.
    before : str
        The steps that made the inputs, as `steps.steps_text` writes them.
    period : str
        The period of the inputs; empty where they do not state one.
    """

    algorithm: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    simulated: str = ""
    before: str = ""
    period: str = ""

    def items(self) -> dict[str, str]:
        """Return the metadata items of a file."""
        items = {
            "PERMAFROST_SOFTWARE": f"{NAME} {VERSION}",
            "PERMAFROST_ALGORITHM": self.algorithm,
            "PERMAFROST_PARAMETERS": json.dumps(dict(self.parameters), ensure_ascii=False),
        }
        more = {SIMULATED: self.simulated, STEPS: self.before, PERIOD: self.period}
        return {**items, **{name: text for name, text in more.items() if text}}
