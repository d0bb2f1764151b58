"""How good the matches are: two graded test sets, the real pipeline, and what each part adds."""
