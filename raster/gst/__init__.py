"""Jobs: ground surface temperature at stations and its degree days."""
