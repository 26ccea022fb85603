"""Where a result comes from, and what in it is simulated: metadata that every output carries."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Mapping

from ...core.about import NAME, VERSION
from ..read.rasters import RasterSource

# The metadata item that follows simulated data through every step.
SIMULATED = "PERMAFROST_SIMULATED"


@dataclass(frozen=True)
class Provenance:
    """Where a result comes from; written into its metadata.

    Attributes
    ----------
    algorithm : str
        Its id.
    parameters : mapping
        As texts; inputs by their paths.
    simulated : str
        What in it is simulated and not observed; empty where nothing is.
    """

    algorithm: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    simulated: str = ""

    def items(self) -> dict[str, str]:
        """Return the metadata items of a file."""
        items = {
            "PERMAFROST_SOFTWARE": f"{NAME} {VERSION}",
            "PERMAFROST_ALGORITHM": self.algorithm,
            "PERMAFROST_PARAMETERS": json.dumps(dict(self.parameters), ensure_ascii=False),
        }
        return {**items, SIMULATED: self.simulated} if self.simulated else items


def simulated(source: RasterSource) -> str:
    """Return what in a raster is simulated according to its metadata; empty where nothing is."""
    return source.dataset().GetMetadataItem(SIMULATED) or ""
