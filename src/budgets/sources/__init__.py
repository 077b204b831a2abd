"""The outside world, read as it stands and never judged."""
