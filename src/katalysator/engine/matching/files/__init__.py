"""Markets in files: tables of pairs and openings in, a table of placements out.

Parquet, Arrow (Feather) and CSV, read in batches so that the memory does not grow with the file but
with the market. polars reads and writes; the compiled kernels are loaded when a file is read.
"""
