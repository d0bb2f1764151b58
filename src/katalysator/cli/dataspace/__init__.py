"""`katalysator dataspace`: an organisation of this coalition shares data and gets it, without a browser."""
