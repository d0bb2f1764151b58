"""What can be read afterwards: each answer that terms gave, and each use under an agreement."""
