"""Agreement of a class map with a reference: the confusion matrix and the measures derived from it.

In every matrix here **rows are the map and columns the reference**, in the order of fixed labels; a class that does not
occur has a row and a column of zeros. Undefined measures are nan, without a warning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .errors import InputError
from .language import tr

Z95 = 1.959963984540054  # 97.5 % quantile of the standard normal distribution


def _ratio(numerator: ArrayLike, denominator: ArrayLike) -> np.ndarray:
    """Divide, with nan where the denominator is zero."""
    above, below = np.broadcast_arrays(np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float))
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)


def refuse_beyond(what: str, indices: np.ndarray, limit: int) -> None:
    """Raise an `InputError` if an index is not below `limit`, since it would be counted as another one."""
    if indices.size and indices.max() >= limit:
        raise InputError(
            tr(
                "A {what} has the index {max}, and only 0 to {limit} exist: reclassify it first.",
                what=what,
                max=indices.max(),
                limit=limit - 1,
            )
        )


def tally_zones(
    map_classes: ArrayLike, reference_classes: ArrayLike, zones: ArrayLike, n_classes: int, n_zones: int
) -> np.ndarray:
    """Count pairs of classes per zone, for example per region or spatial block.

    Parameters
    ----------
    map_classes, reference_classes, zones : array_like of int
        Class indices from 0 to `n_classes` - 1 and zone indices from 0 to `n_zones` - 1; the shapes are broadcast
        against each other. A cell that is negative in any of the three is not counted.
    n_classes, n_zones : int
        Numbers of classes and zones.

    Returns
    -------
    ndarray of int64, shape (n_zones, n_classes, n_classes)
        A confusion matrix per zone, rows = map, columns = reference.

    Raises
    ------
    InputError
        If the index of a class or of a zone is too large.
    """
    arrays = np.broadcast_arrays(map_classes, reference_classes, zones)
    counted = np.logical_and.reduce([array >= 0 for array in arrays])
    of_map, of_reference, of_zone = (array[counted].astype(np.int64) for array in arrays)
    refuse_beyond(tr("map class"), of_map, n_classes)
    refuse_beyond(tr("reference class"), of_reference, n_classes)
    refuse_beyond(tr("zone"), of_zone, n_zones)
    cells = (of_zone * n_classes + of_map) * n_classes + of_reference
    counts = np.bincount(cells, minlength=n_zones * n_classes**2)
    return counts.reshape(n_zones, n_classes, n_classes)


def tally(map_classes: ArrayLike, reference_classes: ArrayLike, n_classes: int) -> np.ndarray:
    """Return the confusion matrix of two arrays of class indices.

    Parameters and errors are as in `tally_zones`, with a single zone.

    Returns
    -------
    ndarray of int64, shape (n_classes, n_classes)
        Rows = map, columns = reference.
    """
    return tally_zones(map_classes, reference_classes, 0, n_classes, 1)[0]


def oa_and_kappa(matrices: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Compute overall accuracy and Cohen's kappa of one or many confusion matrices.

    Kappa is (OA - expected) / (1 - expected), with the agreement expected from the marginals
    (Cohen 1960, doi:10.1177/001316446002000104).

    Parameters
    ----------
    matrices : array_like, shape (..., k, k)
        Counts or shares.

    Returns
    -------
    oa, kappa : ndarray, shape (...)
        Both nan where a matrix is empty; kappa also where all counts are in one cell.
    """
    matrices = np.asarray(matrices, dtype=float)
    shares = _ratio(matrices, matrices.sum(axis=(-2, -1), keepdims=True))
    observed = np.trace(shares, axis1=-2, axis2=-1)
    expected = (shares.sum(axis=-1) * shares.sum(axis=-2)).sum(axis=-1)
    return observed, _ratio(observed - expected, 1.0 - expected)


@dataclass(frozen=True, eq=False)
class Confusion:
    """Confusion matrix of a map against a reference.

    Parameters
    ----------
    matrix : array_like, shape (k, k)
        Counts; rows = map, columns = reference.
    labels : sequence of str
        Names of the k classes; the prevalence is that of the first (permafrost).

    Raises
    ------
    InputError
        If the shape of the matrix does not match the labels, or counts are negative or not finite.

    Examples
    --------
    >>> accuracy = Confusion([[1650, 123], [181, 699]], ("permafrost", "other"))
    >>> print(f"OA {accuracy.oa:.4f}, kappa {accuracy.kappa:.4f}")
    OA 0.8854, kappa 0.7372
    """

    matrix: np.ndarray
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        matrix = np.array(self.matrix)
        labels = tuple(str(label) for label in self.labels)
        if matrix.shape != (len(labels), len(labels)):
            raise InputError(
                tr(
                    "A confusion matrix of shape {shape} does not match {n_labels} classes: provide {n_labels} x "
                    "{n_labels} counts.",
                    shape=matrix.shape,
                    n_labels=len(labels),
                )
            )
        if not np.isfinite(matrix).all() or (matrix < 0).any():
            raise InputError(tr("A confusion matrix has negative or missing counts: provide counts of 0 or more."))
        matrix.setflags(write=False)
        object.__setattr__(self, "matrix", matrix)
        object.__setattr__(self, "labels", labels)

    def __add__(self, other: Confusion) -> Confusion:
        if self.labels != other.labels:
            raise InputError(
                tr(
                    "Confusion matrices of the classes {own_classes} and {other_classes} cannot be pooled: use the "
                    "same classes in the same order.",
                    own_classes=", ".join(self.labels),
                    other_classes=", ".join(other.labels),
                )
            )
        return Confusion(self.matrix + other.matrix, self.labels)

    @property
    def total(self) -> int:
        """Number of cells or points compared."""
        return self.matrix.sum().item()

    @property
    def map_totals(self) -> np.ndarray:
        """Count of each class in the map (row sums), shape (k,)."""
        return self.matrix.sum(axis=1)

    @property
    def reference_totals(self) -> np.ndarray:
        """Count of each class in the reference (column sums), shape (k,)."""
        return self.matrix.sum(axis=0)

    @property
    def prevalence(self) -> float:
        """Share of the first class in the reference."""
        return float(_ratio(self.reference_totals[0], self.total))

    @property
    def oa(self) -> float:
        """Share of the cells where map and reference agree."""
        return float(oa_and_kappa(self.matrix)[0])

    @property
    def oa_se(self) -> float:
        """Standard error of the overall accuracy for independent cells (binomial)."""
        accuracy = self.oa
        return float(np.sqrt(_ratio(accuracy * (1.0 - accuracy), self.total)))

    @property
    def oa_interval(self) -> tuple[float, float]:
        """95 % confidence interval (Wald) of the overall accuracy for independent cells."""
        return _interval(self.oa, self.oa_se, 0.0, 1.0)

    @property
    def kappa(self) -> float:
        """Cohen's kappa."""
        return float(oa_and_kappa(self.matrix)[1])

    @property
    def kappa_se(self) -> float:
        """Standard error of kappa for independent cells, by the delta method.

        Bishop, Fienberg & Holland (1975), as in Congalton & Green (2019), *Assessing the Accuracy of
        Remotely Sensed Data*, doi:10.1201/9780429052729.
        """
        shares = _ratio(self.matrix, self.total)
        of_map, of_reference = shares.sum(axis=1), shares.sum(axis=0)
        t1 = np.trace(shares)
        t2 = np.sum(of_map * of_reference)
        t3 = np.sum(np.diag(shares) * (of_map + of_reference))
        t4 = np.sum(shares * (of_map[np.newaxis, :] + of_reference[:, np.newaxis]) ** 2)
        variance = (
            _ratio(t1 * (1 - t1), (1 - t2) ** 2)
            + _ratio(2 * (1 - t1) * (2 * t1 * t2 - t3), (1 - t2) ** 3)
            + _ratio((1 - t1) ** 2 * (t4 - 4 * t2**2), (1 - t2) ** 4)
        )
        # Rounding may leave a variance of zero slightly negative.
        return float(np.sqrt(np.maximum(_ratio(variance, self.total), 0.0)))

    @property
    def kappa_interval(self) -> tuple[float, float]:
        """95 % confidence interval (Wald) of kappa for independent cells."""
        return _interval(self.kappa, self.kappa_se, -1.0, 1.0)

    @property
    def users_accuracy(self) -> np.ndarray:
        """Share of each mapped class that the reference confirms (precision), shape (k,)."""
        return _ratio(np.diag(self.matrix), self.map_totals)

    @property
    def producers_accuracy(self) -> np.ndarray:
        """Share of each reference class that the map shows (recall), shape (k,)."""
        return _ratio(np.diag(self.matrix), self.reference_totals)

    @property
    def f1(self) -> np.ndarray:
        """Harmonic mean of user's and producer's accuracy of each class, shape (k,)."""
        return _ratio(2 * np.diag(self.matrix), self.map_totals + self.reference_totals)

    @property
    def mcc(self) -> float:
        """Matthews correlation coefficient; for more than two classes R_K of Gorodkin (2004).

        doi:10.1016/j.compbiolchem.2004.09.006. Undefined where map or reference has a single class.
        """
        total, of_map, of_reference = float(self.total), self.map_totals * 1.0, self.reference_totals * 1.0
        covariance = np.trace(self.matrix) * total - of_map @ of_reference
        spread_of_map = total**2 - of_map @ of_map
        spread_of_reference = total**2 - of_reference @ of_reference
        return float(_ratio(covariance, np.sqrt(spread_of_map) * np.sqrt(spread_of_reference)))

    @property
    def quantity_disagreement(self) -> float:
        """Share of the cells that disagree because the classes differ in quantity.

        Pontius & Millones (2011), doi:10.1080/01431161.2011.552923.
        """
        return float(_ratio(np.abs(self.map_totals - self.reference_totals).sum() / 2, self.total))

    @property
    def allocation_disagreement(self) -> float:
        """Share of the cells that disagree because the classes differ in place; with quantity it sums to 1 - OA.

        Pontius & Millones (2011), doi:10.1080/01431161.2011.552923.
        """
        agreed = np.diag(self.matrix)
        commission, omission = self.map_totals - agreed, self.reference_totals - agreed
        return float(_ratio(np.minimum(commission, omission).sum(), self.total))


def _interval(estimate: float, standard_error: float, lowest: float, highest: float) -> tuple[float, float]:
    """Return estimate ± 1.96 standard errors, clipped to the range of the measure."""
    low, high = np.clip([estimate - Z95 * standard_error, estimate + Z95 * standard_error], lowest, highest)
    return float(low), float(high)


@dataclass(frozen=True, eq=False)
class AreaAdjusted:
    """Accuracies and areas estimated from a stratified sample, each with its standard error.

    Attributes
    ----------
    oa, oa_se : float
        Overall accuracy.
    users_accuracy, users_accuracy_se, producers_accuracy, producers_accuracy_se : ndarray, shape (k,)
        Accuracies of each class.
    area, area_se : ndarray, shape (k,)
        Areas of the classes in the reference, in the unit of the mapped areas.
    """

    oa: float
    oa_se: float
    users_accuracy: np.ndarray
    users_accuracy_se: np.ndarray
    producers_accuracy: np.ndarray
    producers_accuracy_se: np.ndarray
    area: np.ndarray
    area_se: np.ndarray


def area_adjusted(matrix: ArrayLike, mapped_area: ArrayLike) -> AreaAdjusted:
    """Estimate accuracies and areas from a sample whose strata are the classes of the map.

    Olofsson et al. (2014), doi:10.1016/j.rse.2014.02.015, eqs 1-11. Valid only for a probability
    sample: random within each mapped class.

    Parameters
    ----------
    matrix : array_like, shape (k, k)
        Sample counts; rows = map, columns = reference.
    mapped_area : array_like, shape (k,)
        Area of each class on the map, in any unit.

    Returns
    -------
    AreaAdjusted
        Estimates are nan where a mapped class has no sample, and standard errors where it has only one.

    Raises
    ------
    InputError
        If the shapes of matrix and areas do not match, or the mapped area is zero.
    """
    matrix = np.asarray(matrix, dtype=float)
    mapped_area = np.asarray(mapped_area, dtype=float)
    if mapped_area.ndim != 1 or matrix.shape != (mapped_area.size, mapped_area.size):
        raise InputError(
            tr(
                "A sample of shape {shape} does not match {size} mapped areas: provide one per class.",
                shape=matrix.shape,
                size=mapped_area.size,
            )
        )
    if not mapped_area.sum() > 0:
        raise InputError(tr("The mapped areas sum to zero: provide the area of each class on the map."))

    # A class that is not on the map is not a stratum and needs no sample.
    mapped = mapped_area > 0
    weight = (mapped_area / mapped_area.sum())[mapped, np.newaxis]
    samples = matrix[mapped].sum(axis=1, keepdims=True)
    share = _ratio(matrix[mapped], samples)
    variance = _ratio(share * (1 - share), samples - 1)
    variance[(samples < 2).ravel()] = np.nan
    proportion = (weight * share).sum(axis=0)

    correct = np.eye(mapped_area.size, dtype=bool)[mapped]
    users, users_variance = np.full((2, mapped_area.size), np.nan)
    users[mapped], users_variance[mapped] = share[correct], variance[correct]

    agreed, agreed_variance = (weight * share * correct).sum(axis=0), weight**2 * variance
    producers = _ratio(agreed, proportion)
    producers_variance = _ratio(
        (agreed_variance * np.where(correct, (1 - producers) ** 2, producers**2)).sum(axis=0), proportion**2
    )
    return AreaAdjusted(
        oa=float(agreed.sum()),
        oa_se=float(np.sqrt(agreed_variance[correct].sum())),
        users_accuracy=users,
        users_accuracy_se=np.sqrt(users_variance),
        producers_accuracy=producers,
        producers_accuracy_se=np.sqrt(producers_variance),
        area=proportion * mapped_area.sum(),
        area_se=np.sqrt(agreed_variance.sum(axis=0)) * mapped_area.sum(),
    )
