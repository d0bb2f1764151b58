"""PostgreSQL as Django speaks to it, with less said on every page: the settings name this as the engine."""
