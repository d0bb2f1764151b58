"""Talent: what people are called and can do, and the roads to other work, beside simpler ways."""

"""How well work is found by what people call it, beside other ways."""
