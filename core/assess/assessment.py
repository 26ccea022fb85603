"""All measures of the accuracy of a permafrost map in one region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..confusion import Confusion
from .binary import LABELS
from .bootstrap import BlockBootstrap, block_bootstrap

# Names and labels of the measures, in the order of the table, the outputs and the report.
MEASURES = (
    ("N", "Cells compared"),
    ("TP", "Permafrost in both"),
    ("FP", "Permafrost in the map only"),
    ("FN", "Permafrost in the reference only"),
    ("TN", "Permafrost in neither"),
    ("PREVALENCE", "Share of permafrost in the reference"),
    ("OA", "Overall accuracy"),
    ("OA_SE", "Standard error of overall accuracy"),
    ("OA_BOOT_LOW", "Overall accuracy, block bootstrap, 2.5 %"),
    ("OA_BOOT_HIGH", "Overall accuracy, block bootstrap, 97.5 %"),
    ("KAPPA", "Cohen's kappa"),
    ("KAPPA_SE", "Standard error of kappa"),
    ("KAPPA_LOW", "Kappa, independent cells, 2.5 %"),
    ("KAPPA_HIGH", "Kappa, independent cells, 97.5 %"),
    ("KAPPA_BOOT_LOW", "Kappa, block bootstrap, 2.5 %"),
    ("KAPPA_BOOT_HIGH", "Kappa, block bootstrap, 97.5 %"),
    ("USERS_ACCURACY", "User's accuracy of permafrost"),
    ("PRODUCERS_ACCURACY", "Producer's accuracy of permafrost"),
    ("USERS_ACCURACY_OTHER", "User's accuracy of ground without permafrost"),
    ("PRODUCERS_ACCURACY_OTHER", "Producer's accuracy of ground without permafrost"),
    ("F1", "F1 of permafrost"),
    ("MCC", "Matthews correlation coefficient"),
    ("QUANTITY_DISAGREEMENT", "Quantity disagreement"),
    ("ALLOCATION_DISAGREEMENT", "Allocation disagreement"),
)
COUNTS = ("N", "TP", "FP", "FN", "TN")


@dataclass(frozen=True)
class Assessment:
    """The accuracy in one region, or in all of them pooled.

    Attributes
    ----------
    region : str
        Its name.
    confusion : Confusion
        Permafrost and no permafrost, rows = map.
    bootstrap : BlockBootstrap
        Intervals that allow for correlated errors.
    """

    region: str
    confusion: Confusion
    bootstrap: BlockBootstrap

    def measures(self) -> dict[str, float]:
        """Return the measures by the names of `MEASURES`."""
        c, b = self.confusion, self.bootstrap
        (tp, fp), (fn, tn) = c.matrix.tolist()
        return {
            "N": c.total,
            "TP": tp,
            "FP": fp,
            "FN": fn,
            "TN": tn,
            "PREVALENCE": c.prevalence,
            "OA": c.oa,
            "OA_SE": c.oa_se,
            "OA_BOOT_LOW": b.oa_interval[0],
            "OA_BOOT_HIGH": b.oa_interval[1],
            "KAPPA": c.kappa,
            "KAPPA_SE": c.kappa_se,
            "KAPPA_LOW": c.kappa_interval[0],
            "KAPPA_HIGH": c.kappa_interval[1],
            "KAPPA_BOOT_LOW": b.kappa_interval[0],
            "KAPPA_BOOT_HIGH": b.kappa_interval[1],
            "USERS_ACCURACY": float(c.users_accuracy[0]),
            "PRODUCERS_ACCURACY": float(c.producers_accuracy[0]),
            "USERS_ACCURACY_OTHER": float(c.users_accuracy[1]),
            "PRODUCERS_ACCURACY_OTHER": float(c.producers_accuracy[1]),
            "F1": float(c.f1[0]),
            "MCC": c.mcc,
            "QUANTITY_DISAGREEMENT": c.quantity_disagreement,
            "ALLOCATION_DISAGREEMENT": c.allocation_disagreement,
        }


def assess(region: str, matrices: np.ndarray, seed: int) -> Assessment:
    """Compute the confusion matrix of a region and its bootstrap intervals.

    Parameters
    ----------
    region : str
        Its name.
    matrices : ndarray, shape (n, 2, 2)
        Confusion matrices of the blocks of cells that the bootstrap draws; rows = map.
    seed : int
        Seed of the bootstrap.
    """
    return Assessment(region, Confusion(matrices.sum(axis=0), LABELS), block_bootstrap(matrices, seed=seed))
