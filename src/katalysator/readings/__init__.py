"""What the engine read in any text, by the text's digest and the model; the words of this coalition."""
