"""What becomes of a question: who gets it, who answers it."""
