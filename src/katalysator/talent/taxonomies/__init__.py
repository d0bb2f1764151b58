"""Taxonomies of work: files of them read, versions kept side by side, and what is added here."""
