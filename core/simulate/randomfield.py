"""Correlated random fields that are functions of place and time.

A field is a sum of plane waves with random directions, wavelengths and phases (the spectral representation of
Shinozuka & Jan 1972, J. Sound Vib. 25:111). Since it is a function and not an array, its values do not depend on the
window, the grid or the order of days that it is evaluated for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class RandomField:
    """Field with mean 0 and standard deviation 1, correlated in space and optionally in time.

    The correlation at distance d and lag t is ``exp(-d**2 / (2 length_km**2)) * exp(-t**2 / (2 duration_days**2))``,
    over many seeds; the distribution is close to normal.

    Parameters
    ----------
    seed : sequence of int
        Seed of the waves, usually the seed of the user and a number for the purpose.
    length_km : float
        Correlation length, measured along straight lines through the sphere.
    duration_days : float
        Correlation time; infinite for a constant field.
    waves : int
        Number of plane waves.
    """

    seed: tuple[int, ...]
    length_km: float
    duration_days: float = np.inf
    waves: int = 64

    def at(self, longitude: np.ndarray, latitude: np.ndarray) -> FieldAtPlaces:
        """Return the field at some places.

        Parameters
        ----------
        longitude, latitude : array_like
            Degrees, of shapes that broadcast against each other.
        """
        generator = np.random.default_rng(self.seed)
        wavenumber = generator.normal(scale=1 / self.length_km, size=(3, self.waves))
        frequency = generator.normal(scale=1 / self.duration_days, size=self.waves)
        phase = generator.uniform(0, 2 * np.pi, self.waves)

        longitude, latitude = np.broadcast_arrays(np.radians(longitude), np.radians(latitude))
        on_sphere = (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
        angle = np.full((*longitude.shape, self.waves), phase)
        for position, component in zip(on_sphere, wavenumber):
            angle += EARTH_RADIUS_KM * position[..., np.newaxis] * component
        return FieldAtPlaces(np.cos(angle), np.sin(angle), frequency)


@dataclass(frozen=True)
class FieldAtPlaces:
    """A random field at fixed places: the waves are precomputed there, so that evaluating a day is cheap."""

    cosine: np.ndarray
    sine: np.ndarray
    frequency: np.ndarray

    def __call__(self, day: np.ndarray | float = 0.0) -> np.ndarray:
        """Return the field, shape ``day.shape + places.shape``.

        Parameters
        ----------
        day : float or ndarray
            Time in days from any fixed origin.
        """
        # cos(angle - frequency * day), expanded so that all days are one matrix product
        turn = np.multiply.outer(day, self.frequency)
        waves = np.tensordot(np.cos(turn), self.cosine, axes=(-1, -1))
        waves += np.tensordot(np.sin(turn), self.sine, axes=(-1, -1))
        return np.sqrt(2 / self.frequency.size) * waves
