"""Focal: the messaging assistant of a network of cities."""
