"""What the parties of an introduction say to each other, on its page and by mail."""
