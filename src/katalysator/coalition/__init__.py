"""Who takes part: organisations, people and their roles, hubs, areas and blocks."""
