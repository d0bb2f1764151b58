"""What a working group writes down: meetings with their minutes, decisions and tasks."""
