"""What this room holds of a person: each part says it for itself."""

from katalysator.dataspace.agreements import personal_data as of_agreements

__all__ = ("of_agreements",)
