"""Exponential variograms as a few parameters in which predictions are smooth, and predictions with their derivatives.

The derivatives of a prediction need no derivative of its weights. With the semivariances G among all members
of a group, the weights w of the neighbours and -1 for the cell, the variance is ``-w' G w``; and since w
minimises it, the derivative is ``-w' dG w``. With u, the inverse covariances of the increments
times the increments of the values, the derivative of the error ``truth - estimate`` is ``-u' dG w``. Both are
sums over pairs of members.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .variogram import Variogram


@dataclass(frozen=True)
class Exponentials:
    """The semivariance ``nugget + sum of sills (1 - exp(-rates d))``, ``d^2 = m[0] e^2 + 2 m[1] e n + m[2] n^2``.

    Attributes
    ----------
    nugget : float
    sills, rates : ndarray, shape (structures,)
        In the square of the data's unit, and per metre of `d`.
    metric : ndarray, shape (3,)
        Of distances east (e) and north (n).
    """

    nugget: float
    sills: np.ndarray
    rates: np.ndarray
    metric: np.ndarray

    @classmethod
    def of(cls, variogram: Variogram) -> Exponentials | None:
        """Convert a variogram; None if it is not of exponentials alone."""
        structures = [variogram]
        while structures[-1].nested is not None:
            structures.append(structures[-1].nested)
        if any(part.model != "exponential" for part in structures):
            return None
        cosine, sine = np.cos(np.radians(variogram.angle)), np.sin(np.radians(variogram.angle))
        across = variogram.anisotropy**2
        return cls(
            float(sum(part.nugget for part in structures)),
            np.array([float(part.sill) for part in structures]),
            np.array([3.0 / part.range for part in structures]),
            np.array([cosine**2 + across * sine**2, (1.0 - across) * cosine * sine, sine**2 + across * cosine**2]),
        )

    @property
    def size(self) -> int:
        """Number of parameters: nugget, sills, rates, metric, in the order of the derivatives."""
        return 1 + self.sills.size + self.rates.size + self.metric.size


def predict(
    east: np.ndarray, north: np.ndarray, z: np.ndarray, model: Exponentials
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Predict the last member of groups from the others.

    Parameters
    ----------
    east, north : ndarray, shape (members, groups)
        Places (m).
    z : ndarray, shape (members, groups)
    model : Exponentials

    Returns
    -------
    error, variance : ndarray, shape (groups,)
    by_error, by_variance : ndarray, shape (model.size, groups)
        Their derivatives with respect to the parameters of the model.
    """
    members = len(east)
    first, second = np.tril_indices(members, -1)
    e, n = east[first] - east[second], north[first] - north[second]
    squares = e * e, 2.0 * e * n, n * n
    distance = np.sqrt(sum(m * square for m, square in zip(model.metric, squares)))
    left = np.exp(-model.rates[:, None, None] * distance)
    gamma = np.zeros((east.shape[1], members, members))
    gamma[:, first, second] = gamma[:, second, first] = (model.nugget + np.tensordot(model.sills, 1.0 - left, axes=1)).T
    # Increments from the first member, as in `kriging`.
    to_first, among = gamma[:, 1:-1, 0], gamma[:, 1:-1, 1:-1]
    covariance = to_first[:, :, None] + to_first[:, None] - among
    to_cell = to_first + gamma[:, -1, :1] - gamma[:, -1, 1:-1]
    increments = (z[1:-1] - z[0]).T
    weights, pull = np.moveaxis(np.linalg.solve(covariance, np.stack([to_cell, increments], axis=2)), 2, 0)
    error = z[-1] - z[0] - np.sum(weights * increments, axis=1)
    variance = 2.0 * gamma[:, -1, 0] - np.sum(weights * to_cell, axis=1)

    ones = np.ones((1, east.shape[1]))
    w = np.concatenate([ones - weights.sum(axis=1), weights.T, -ones])
    u = np.concatenate([-pull.sum(axis=1)[None], pull.T, 0.0 * ones])
    slope = 0.5 * np.tensordot(model.sills * model.rates, left, axes=1) / distance
    changes = np.concatenate(
        [
            np.ones((1, *distance.shape)),
            1.0 - left,
            model.sills[:, None, None] * left * distance,
            slope * np.stack(squares),
        ]
    )
    by_error = np.einsum("pg,kpg->kg", -(u[first] * w[second] + u[second] * w[first]), changes)
    by_variance = np.einsum("pg,kpg->kg", -2.0 * w[first] * w[second], changes)
    return error, variance, by_error, by_variance
