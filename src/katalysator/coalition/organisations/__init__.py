"""What an organisation says of itself, how it takes part, and the pages for it."""
