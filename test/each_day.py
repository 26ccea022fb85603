"""What is computed day by day, for series of days that tests hold whole."""

import numpy as np
from permafrost_mapper.core.gst import prediction


def predict(model, values, dates):
    """Predict the GST of all days, shape (days, ...); elevation has no days."""
    return np.stack([prediction.predict(model, day, date) for date, day in _days(values, dates)])


def outside_training(model, values, dates):
    """Tell where predictions of all days are extrapolations."""
    return np.stack([prediction.outside_training(model, day, date) for date, day in _days(values, dates)])


def _days(values, dates):
    for i, date in enumerate(dates):
        yield date, {name: array if name == "elevation" else array[i] for name, array in values.items()}
