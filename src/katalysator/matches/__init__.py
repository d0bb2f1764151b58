"""Who fits whom: scores, gaps, allocation of a market, and the reasons in words."""
