"""A second reading of the best pairs, by a model that grades them as a broker would."""
