"""The science on arrays: NumPy and SciPy; knows neither GDAL nor QGIS."""
