"""Ground surface temperature: stations, ridge model, degree days."""
