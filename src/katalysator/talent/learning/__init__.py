"""The monitor of life-long learning: how many people pilots reached, who started, completed and found a place."""
