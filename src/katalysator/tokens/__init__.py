"""Tokens, with which programs read and write as the person who made them."""
