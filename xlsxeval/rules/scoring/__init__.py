"""Weights, scores and what they ask for."""
