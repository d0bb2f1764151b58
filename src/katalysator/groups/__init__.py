"""Working groups with their members and papers, and who is chair or contact point of a part of the coalition."""
