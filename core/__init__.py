"""The science on arrays: NumPy, SciPy, scikit-learn, PyKrige; knows neither GDAL nor QGIS."""
