"""The provider's algorithms: parameters, checks and messages; no mathematics."""
