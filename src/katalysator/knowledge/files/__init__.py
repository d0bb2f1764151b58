"""Files that come with knowledge."""
