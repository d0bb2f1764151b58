"""Keeps a site running: its data folder, its database and tables, its processes, and what may be wrong with them."""
