"""The side door: webhook and health, over HTTP."""
