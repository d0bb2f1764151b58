"""Chairs and contact points of areas, building blocks, cells and hubs."""
