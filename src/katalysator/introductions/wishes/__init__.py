"""What an organisation says itself of whom it meets: not now, and with whom never. Its managers alone know."""
