"""What participants and the bureau hold: workshops, courses, pilots and more, and who comes."""
