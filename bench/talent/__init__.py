"""Talent: what people are called and can do, and the roads to other work, beside simpler ways."""
