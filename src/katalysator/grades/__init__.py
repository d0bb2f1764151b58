"""Grades: what people say of pairs, how good the matching is by them, and weights learned from them."""
