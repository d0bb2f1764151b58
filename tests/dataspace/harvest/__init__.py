"""Tests of catalogues elsewhere that are read."""
