"""Concepts: what texts are about, told alike in Dutch and in English."""
