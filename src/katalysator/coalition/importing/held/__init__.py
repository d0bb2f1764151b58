"""Sheets of what organisations hold or share, as drafts: of one organisation, or by the bureau of any. For the rooms above."""
