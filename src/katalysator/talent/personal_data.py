"""What this room holds of a person: each part says it for itself."""

from katalysator.talent.taxonomies import personal_data as of_taxonomies

__all__ = ("of_taxonomies",)
