"""Talent: taxonomies, profiles, routes and what guards them."""
