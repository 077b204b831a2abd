"""Figures from people's workbooks: every fault said in its cell, and what is right added to the data."""
