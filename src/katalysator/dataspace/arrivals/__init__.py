"""Data that arrives: fetched by a job into a file of our own, a block at a time, and given to who asked for it."""
