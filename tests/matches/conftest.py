"""What the tests of matches share."""

from tests.listings.conftest import tide

__all__ = ["tide"]
