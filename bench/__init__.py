"""Benchmarks: accuracy and speed, side by side with peers in one run."""
