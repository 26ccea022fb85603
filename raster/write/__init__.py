"""What is written: rasters that appear only when whole."""
