"""Land surface temperature: gaps reconstructed."""
