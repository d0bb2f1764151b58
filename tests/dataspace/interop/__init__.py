"""Another connector, made by others, beside a site of ours: a catalogue, a negotiation and a transfer in both roles."""
