"""Files that people add to records: what they may be, where they are kept, and how they are given out."""
