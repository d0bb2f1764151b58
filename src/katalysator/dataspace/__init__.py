"""Building block data sharing: datasets, on which terms they are shared, and the Dataspace Protocol."""
