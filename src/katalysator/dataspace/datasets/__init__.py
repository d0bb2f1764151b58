"""What organisations share: records, files with versions, and who may see them."""
