"""From match to result: who is asked to meet whom, what both say, the talk, and what came of it."""
