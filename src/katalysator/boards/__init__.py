"""What people have beside the board of needs and offers: searches that are saved, feeds, and the board on other sites."""
