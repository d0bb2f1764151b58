"""People say in which order they would like activities; the engine divides the places."""
