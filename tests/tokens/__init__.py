"""Tokens of people."""
