"""The site with a hundred thousand listings: how long its pages take, and how much memory."""
