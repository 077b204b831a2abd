"""Parameterised notebooks, run in batches: editions (what), parameters (with which values), engine and render (how)."""
