"""The example coalition: fictional participants, and real facts about the landscape around them."""
