"""Questions to the coalition: who may know the answer gets them, and what is answered in public others find."""
