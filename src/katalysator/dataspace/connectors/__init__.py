"""Connectors of organisations: opened, with new keys, and the participants elsewhere that each speaks with."""
