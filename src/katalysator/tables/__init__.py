"""Tables as people keep them: read once for all, for the engine, the commands and the pages. No Django."""
