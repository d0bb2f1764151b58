"""The pages of concepts: what texts are read for, ours and those of the coalition."""
