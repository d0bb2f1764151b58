"""The board in a page of a member's own site: where it may stand, what it shows, and what is to be copied."""
