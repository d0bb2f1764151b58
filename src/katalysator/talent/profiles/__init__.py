"""Skill profiles: each kept by the person whom it is about, who alone says who sees it."""
